// Jobs: what the service does by itself, seen and asked for; and the files that wait to be refreshed.
#include <boost/json.hpp>
#include <utility>

#include "app/jobs/job_list.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "base/mask.h"
#include "reports/for_records.h"

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

std::string cursor_of(const jobs::Job& job) { return job.kind + "." + job.subject; }

/// The kind and the subject of the last job of the page before.
std::pair<std::string, std::string> job_behind(const Call& call, const std::string& cursor) {
  if (cursor.empty()) return {};
  std::size_t dot = cursor.find('.');
  std::string subject = dot == std::string::npos ? "-" : cursor.substr(dot + 1);
  bool listed = subject.empty() || identity::reaches(call.principal, subject, Permission::jobs_read);
  if (dot == 0 || !listed) throw cursor_malformed();
  return {cursor.substr(0, dot), subject};
}

/// A county's jobs for those who reach it; those of the whole deployment for all, but what came of one counts people of
/// every county.
http::Response list(const Call& call) {
  Query query(call);
  int limit = query.limit();
  std::string cursor = query.optional_text("cursor").value_or("");
  query.finish();
  auto [kind, subject] = job_behind(call, cursor);
  js::array items;
  std::string next;
  call.read([&, &kind = kind, &subject = subject](db::Session& session) {
    for (auto& job : jobs::list_jobs(session, call.principal.area, kind, subject, limit)) {
      if (!identity::reaches(call.principal, job.subject, Permission::jobs_read)) job.note.clear();
      next = cursor_of(job);
      items.push_back(to_json(job, call.now));
    }
  });
  return answer_part("jobs", std::move(items), limit, next);
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
    people.clear();  // a read may be done again
    auto found = jobs::list_stale(session, area, after.word, after.id, limit);
    std::vector<Id> ids;
    for (const auto& stale : found) ids.push_back(stale.person);
    auto named = reports::name_people(session, county_of(area), ids);
    for (const auto& stale : found) {
      next = stale.area + "." + format_id(stale.person);
      people.push_back(js::object{{"person", format_id(stale.person)},
                                  {"name", mask_name(named[stale.person].name)},
                                  {"area", stale.area},
                                  {"confirmed_on", stale.confirmed_on.iso()}});
    }
  });
  return answer_part("people", std::move(people), limit, next);
}

}  // namespace

void add_job_routes(Api& api) {
  api.get("/jobs", Permission::jobs_read, list);
  api.post("/jobs/{kind}/runs", Permission::jobs_manage, ask);
  api.get("/work-lists/refresh/counts", Permission::work_lists_read, count_stale);
  api.get("/work-lists/refresh", Permission::work_lists_read, list_stale);
}

}  // namespace tanfang::app::server
