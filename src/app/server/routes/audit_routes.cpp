// The trail, for auditors: what happened in their area, and whether the chain holds.
#include <boost/json.hpp>
#include <mutex>

#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

js::object to_json(const audit::Entry& entry) {
  return {{"county", entry.county},    {"number", entry.number ? js::value(*entry.number) : js::value(nullptr)},
          {"id", format_id(entry.id)}, {"at", format_instant(entry.at)},
          {"actor", entry.actor},      {"kind", entry.kind},
          {"subject", entry.subject},  {"details", js::parse(entry.details)}};
}

http::Response list(const Call& call) {
  Query query(call.request);
  audit::Filter filter;
  filter.county = query.optional_area("county");
  filter.kind = query.optional_text("kind");
  filter.subject = query.optional_text("subject");
  filter.limit = query.limit();
  // A chain belongs to a whole county, or to none of them: that one is for who audits the nation.
  const std::string& area = call.principal.area;
  if (!filter.county && !area.empty()) filter.county = area.substr(0, 6);
  if (filter.county && filter.county->size() != 6) {
    query.refuse(field_type("county", {"区县代码（6 位）", "a county's code of 6 digits"}));
  }
  query.finish();
  if (filter.county) call.require(Permission::audit_read, *filter.county);
  js::array entries;
  call.read([&](db::Session& session) {
    for (const auto& entry : audit::list(session, filter)) entries.push_back(to_json(entry));
  });
  return answer_page("entries", std::move(entries), "");
}

/// The chains hang together: who audits one county is not told of the others'.
http::Response verify(const Call& call) {
  if (!call.principal.area.empty()) throw whole_trail_only();
  std::unique_lock lock(call.service.verification(), std::try_to_lock);
  if (!lock) throw verification_busy();
  audit::Verification found = audit::verify(call.service.database(), call.service.keys());
  js::value first_bad = nullptr;
  if (found.first_bad) {
    first_bad = js::object{
        {"county", found.first_bad->county}, {"number", found.first_bad->number}, {"what", found.first_bad->what}};
  }
  return answer_json(
      js::object{{"entries", found.entries}, {"sealed", found.sealed}, {"ok", found.ok}, {"first_bad", first_bad}});
}

}  // namespace

void add_audit_routes(Api& api) {
  api.get("/audit", Permission::audit_read, list);
  http::BodyRule patient = http::BodyRule::memory();
  patient.request_time = std::chrono::minutes(30);
  api.post("/audit/verification", Permission::audit_read, verify, patient);
}

}  // namespace tanfang::app::server
