// Jobs: what the service does by itself, seen and asked for; and the files that wait to be refreshed.
#include <boost/json.hpp>

#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

js::object to_json(const jobs::Job& job, Instant now) {
  return {{"kind", job.kind},
          {"subject", job.subject},
          {"due_at", format_instant(job.due_at)},
          {"running", job.running(now)},
          {"attempts", job.attempts},
          {"started_at", time_or_null(job.started_at)},
          {"ended_at", time_or_null(job.ended_at)},
          {"outcome", job.outcome},
          {"note", job.note}};
}

/// A county's jobs for those who reach it; those of the whole deployment for all, but what came of one counts people of
/// every county.
http::Response list(const Call& call) {
  js::array jobs;
  call.read([&](db::Session& session) {
    for (auto& job : jobs::list_jobs(session)) {
      bool reached = identity::reaches(call.principal, job.subject, Permission::jobs_read);
      if (!reached && !job.subject.empty()) continue;
      if (!reached) job.note.clear();
      jobs.push_back(to_json(job, call.now));
    }
  });
  return answer_page("jobs", std::move(jobs), "");
}

http::Response ask(const Call& call) {
  Body body(call);
  std::string area = body.optional_area("county").value_or(call.principal.area);
  body.finish();
  call.require(Permission::jobs_manage, area);
  std::string kind = call.request.path_parameter("kind");
  http::Response response = call.write([&](audit::Work& work) {
    return answer_json(js::object{{"asked", jobs::ask_job(work, kind, area)}}, 202);
  });
  call.service.jobs().wake();
  return response;
}

http::Response count_stale(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  query.finish();
  call.require(Permission::work_lists_read, area);
  js::array towns;
  call.read([&](db::Session& session) {
    for (const auto& count : jobs::count_stale(session, area)) {
      towns.push_back(js::object{{"town", count.town}, {"people", count.people}});
    }
  });
  return answer_page("towns", std::move(towns), "");
}

http::Response list_stale(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  int limit = query.limit();
  Input::Place after = query.cursor().value_or(Input::Place{});
  query.finish();
  call.require(Permission::work_lists_read, area);
  call.require(Permission::people_read, area);
  js::array people;
  std::string next;
  call.read([&](db::Session& session) {
    for (const auto& stale : jobs::list_stale(session, area, after.word, after.id, limit)) {
      next = stale.area + "." + format_id(stale.person);
      people.push_back(js::object{
          {"person", format_id(stale.person)}, {"area", stale.area}, {"confirmed_on", stale.confirmed_on.iso()}});
    }
  });
  bool full = people.size() == static_cast<std::size_t>(limit);
  return answer_page("people", std::move(people), full ? next : "");
}

}  // namespace

void add_job_routes(Api& api) {
  api.get("/jobs", Permission::jobs_read, list);
  api.post("/jobs/{kind}/runs", Permission::jobs_manage, ask);
  api.get("/work-lists/refresh/counts", Permission::work_lists_read, count_stale);
  api.get("/work-lists/refresh", Permission::work_lists_read, list_stale);
}

}  // namespace tanfang::app::server
