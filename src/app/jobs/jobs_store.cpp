#include "app/jobs/jobs_store.h"

#include "app/jobs/job_list.h"
#include "app/jobs/job_order.h"

namespace tanfang::app::jobs {
namespace {

Job read_job(const db::Row& row) {
  auto instant = [&](int column) {
    return row.is_null(column) ? std::optional<Instant>() : std::optional<Instant>(row.instant(column));
  };
  Job job;
  job.kind = row.string(0);
  job.subject = row.string(1);
  job.due_at = row.instant(2);
  job.attempts = row.integer(3);
  if (!row.is_null(4)) job.run = row.id(4);
  job.holder = row.string(5);
  job.lease_until = row.instant(6);
  job.started_at = instant(7);
  job.ended_at = instant(8);
  job.outcome = row.string(9);
  job.note = row.string(10);
  return job;
}

}  // namespace

std::vector<Job> list_jobs(db::Session& session) {
  return session.all(
      "select kind, subject, due_at, attempts, run, holder, lease_until, started_at, ended_at, outcome, note from jobs"
      " order by kind, subject",
      {}, read_job);
}

std::vector<Job> list_jobs(db::Session& session, const std::string& area, const std::string& after_kind,
                           const std::string& after_subject, int limit) {
  return session.all(
      "select kind, subject, due_at, attempts, run, holder, lease_until, started_at, ended_at, outcome, note from jobs"
      " where (subject = '' or substr(subject, 1, length($1)) = $1) and (kind, subject) > ($2, $3)"
      " order by kind, subject limit $4",
      {area, after_kind, after_subject, limit}, read_job);
}

namespace store {

void insert_job(db::Session& session, const std::string& kind, const std::string& subject, Instant due_at) {
  session.execute(
      "insert into jobs (kind, subject, due_at, attempts, run, holder, lease_until, outcome, note)"
      " values ($1, $2, $3, 0, null, '', 0, '', '') on conflict (kind, subject) do nothing",
      {kind, subject, due_at});
}

std::vector<Job> due_jobs(db::Session& session, Instant now) {
  return session.all(
      "select kind, subject, due_at, attempts, run, holder, lease_until, started_at, ended_at, outcome, note from jobs"
      " where due_at <= $1 and (run is null or lease_until <= $1) order by due_at, kind, subject",
      {now}, read_job);
}

bool claim(db::Session& session, const Job& job, Id run, const std::string& holder, Instant now, Instant lease_until,
           bool anytime) {
  Neighbours neighbours = neighbours_of(job.kind);
  return session.execute(
             "update jobs set run = $3, holder = $4, lease_until = $6, started_at = $5, attempts = attempts + 1"
             " where kind = $1 and subject = $2 and (run is null or lease_until <= $5)"
             " and (due_at <= $5 or $7 = 1) and ($8 = '' or not exists (select 1 from jobs other where"
             " other.subject = $2 and ((other.run is not null and other.lease_until > $5"
             " and replace($8, ' ' || other.kind || ' ', '') <> $8)"
             " or ($7 = 0 and other.due_at <= $5 and replace($9, ' ' || other.kind || ' ', '') <> $9))))",
             {job.kind, job.subject, run, holder, now, lease_until, anytime, neighbours.beside, neighbours.before}) ==
         1;
}

bool renew(db::Session& session, const Job& job, Id run, Instant lease_until) {
  return session.execute("update jobs set lease_until = $4 where kind = $1 and subject = $2 and run = $3",
                         {job.kind, job.subject, run, lease_until}) == 1;
}

bool finish(db::Session& session, const Job& job, Id run, const std::string& outcome, const std::string& note,
            Instant ended_at, Instant due_at) {
  return session.execute(
             "update jobs set run = null, holder = '', lease_until = 0, ended_at = $6, outcome = $4, note = $5,"
             " due_at = case when due_at = $8 then $7 else due_at end, attempts = case when cast($4 as text) = 'done' "
             "then 0 else attempts end"
             " where kind = $1 and subject = $2 and run = $3",
             {job.kind, job.subject, run, outcome, note, ended_at, due_at, job.due_at}) == 1;
}

bool release(db::Session& session, const Job& job, Id run) {
  return session.execute(
             "update jobs set run = null, holder = '', lease_until = 0, attempts = attempts - 1"
             " where kind = $1 and subject = $2 and run = $3",
             {job.kind, job.subject, run}) == 1;
}

std::optional<Instant> earliest_due(db::Session& session) {
  return session.first("select due_at from jobs order by due_at limit 1", {},
                       [](const db::Row& row) { return row.instant(0); });
}

std::int64_t make_due(db::Session& session, const std::string& kind, const std::string& area, Instant now) {
  return session.execute(
      "update jobs set due_at = $3 where kind = $1 and (subject = '' or substr(subject, 1, length($2)) = $2)",
      {kind, area, now});
}

std::int64_t differing_recounts(db::Session& session) {
  return session
      .first("select count(*) from jobs where kind = 'recount' and substr(note, 1, length($1)) = $1", {kDiffers},
             [](const db::Row& row) { return row.integer(0); })
      .value();
}

std::vector<std::string> counties(db::Session& session) {
  return session.all("select county from counties order by county", {},
                     [](const db::Row& row) { return row.string(0); });
}

}  // namespace store
}  // namespace tanfang::app::jobs
