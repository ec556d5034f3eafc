// The trail, for auditors: what happened in their area, and whether the chain holds.
#include <boost/json.hpp>
#include <mutex>

#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "reports/reports.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

js::object to_json(const reports::TrailEntry& entry) {
  // An entry that somebody edited need not be JSON any more, and must be shown all the same.
  js::error_code error;
  js::value details = js::parse(entry.details, error);
  if (error) details = js::string(entry.details);
  return {{"county", entry.county},    {"number", entry.number ? js::value(*entry.number) : js::value(nullptr)},
          {"id", format_id(entry.id)}, {"at", format_instant(entry.at)},
          {"actor", entry.actor},      {"kind", entry.kind},
          {"subject", entry.subject},  {"details", std::move(details)}};
}

/// A chain belongs to a whole county, or to none of them: that one is for who audits the nation.
std::string chain_asked(const Call& call, Query& query) {
  std::string county = query.optional_area("county").value_or(call.principal.area.substr(0, 6));
  if (!county.empty() && county.size() != 6) {
    query.refuse(field_type("county", {"区县代码（6 位）", "a county's code of 6 digits"}));
  }
  return county;
}

/// `tail.<id>` or `chain.<number>`: where the page before ended.
void read_place(Query& query, reports::TrailFilter& filter) {
  auto place = query.cursor();
  if (!place) return;
  if (place->word == "tail") {
    filter.before_id = place->id;
  } else if (place->word == "chain") {
    filter.before_number = place->id.value;
  } else {
    throw cursor_malformed();
  }
}

http::Response list(const Call& call) {
  Query query(call);
  reports::TrailFilter filter;
  filter.county = chain_asked(call, query);
  filter.actor = query.optional_text("actor").value_or("");
  filter.kind = query.optional_text("kind").value_or("");
  filter.subject = query.optional_text("subject").value_or("");
  if (auto from = query.optional_date("from")) filter.from = china_instant(*from);
  if (auto to = query.optional_date("to")) filter.to = china_instant(*to + 1);
  filter.limit = query.limit();
  read_place(query, filter);
  query.finish();
  if (!filter.county.empty()) call.require(Permission::audit_read, filter.county);
  reports::TrailPage page;
  call.read([&](db::Session& session) { page = reports::read_trail(session, filter); });
  js::array entries;
  for (const auto& entry : page.entries) entries.push_back(to_json(entry));
  std::string next;
  if (page.before_id) next = "tail." + format_id(*page.before_id);
  if (page.before_number) next = "chain." + format_id(Id{*page.before_number});
  return answer_page("entries", std::move(entries), next);
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
