// Rows of jobs. Every change of a row is one conditional update, so that of several processes one wins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/jobs/jobs.h"

namespace tanfang::app::jobs::store {

/// Does nothing where the row is there.
void insert_job(db::Session& session, const std::string& kind, const std::string& subject, Instant due_at);
/// Due at `now` and nobody's, the longest due first.
std::vector<Job> due_jobs(db::Session& session, Instant now);
/// Takes the job for `run`; false where it is not due or one that goes before it is (unless `anytime`), or where another
/// run of it, or a job that it must not run beside, holds its lease.
bool claim(db::Session& session, const Job& job, Id run, const std::string& holder, Instant now, Instant lease_until,
           bool anytime);
/// False where the job is another run's by now.
bool renew(db::Session& session, const Job& job, Id run, Instant lease_until);
/// Due again at `due_at`, unless it was asked for while it ran.
bool finish(db::Session& session, const Job& job, Id run, const std::string& outcome, const std::string& note,
            Instant ended_at, Instant due_at);
/// Gives the job back as if it had not been begun.
bool release(db::Session& session, const Job& job, Id run);
std::optional<Instant> earliest_due(db::Session& session);
/// The job itself, or that of every county of the area.
std::int64_t make_due(db::Session& session, const std::string& kind, const std::string& area, Instant now);

/// What the note of a recount begins with that found a difference.
inline constexpr std::string_view kDiffers = "differs:";
/// Counties whose last recount found one.
std::int64_t differing_recounts(db::Session& session);

/// The counties that hold people.
std::vector<std::string> counties(db::Session& session);

}  // namespace tanfang::app::jobs::store
