// Work lists: what waits for people to do in an area, counted, and the lists that no other route has.
#include <boost/json.hpp>

#include "alarms/alarms.h"
#include "app/server/output.h"
#include "app/server/routes/record_names.h"
#include "app/server/routes/work_routes.h"
#include "app/server/server_problems.h"
#include "proposals/proposals.h"
#include "reports/reports.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// Corrections stay in the list so long.
constexpr std::int64_t kShown = 31 * identity::kDay;

Instant corrected_since(const Call& call) { return Instant{call.now.milliseconds - kShown}; }

std::string this_month(const Call& call) { return call.today().iso().substr(0, 7); }

/// Of each kind of work the number, and the route that lists it; what the principal may not list is left out.
http::Response count(const Call& call) {
  Query query(call);
  std::string area = work_area_asked(call, query);
  query.finish();
  call.require(Permission::work_lists_read, area);
  reports::WorkCounts counts;
  std::int64_t emergencies = 0;
  std::int64_t proposed = 0;
  call.read([&](db::Session& session) {
    counts = reports::count_work(session, area, this_month(call), corrected_since(call));
    bool told = call.principal.area.size() > 6 || alarms::is_county_told(session, area.substr(0, 6));
    emergencies = told ? alarms::count_reported(session, area) : 0;
    proposed = proposals::count_open_proposals(session, area);
  });
  struct Line {
    const char* list;
    std::int64_t count;
    const char* path;
    Permission needed;
  };
  const Line lines[] = {
      {"emergencies", emergencies, "/emergencies?state=reported", Permission::people_write},
      {"proposals", proposed, "/proposals", Permission::people_write},
      {"verification", counts.verification, "/work-lists/verification", Permission::people_read},
      {"refresh", counts.refresh, "/work-lists/refresh", Permission::people_read},
      {"differences", counts.differences, "/differences", Permission::differences_decide},
      {"transfers", counts.transfers, "/transfers", Permission::transfers},
      {"corrections", counts.corrections, "/work-lists/corrections", Permission::visits_read},
  };
  js::array lists;
  for (const Line& line : lines) {
    if (!identity::may(call.principal, line.needed)) continue;
    lists.push_back(js::object{{"list", line.list}, {"count", line.count}, {"path", line.path}});
  }
  return answer_page("lists", std::move(lists), "");
}

http::Response corrections(const Call& call) {
  Query query(call);
  visits::CorrectionFilter filter;
  filter.area = work_area_asked(call, query);
  filter.since = corrected_since(call);
  filter.limit = query.limit();
  // The last record of the page before, with the moment it was recorded.
  if (auto place = query.cursor()) {
    auto at = parse_id(place->word);
    if (!at) throw cursor_malformed();
    filter.before_at = Instant{at->value};
    filter.before = place->id;
  }
  query.finish();
  call.require(Permission::work_lists_read, filter.area);
  call.require(Permission::visits_read, filter.area);
  std::vector<visits::Visit> found;
  js::array records;
  call.read([&](db::Session& session) {
    found = visits::list_corrections(session, call.service.keys(), filter);
    RecordNames names(session, found);
    records.clear();
    for (const auto& visit : found) records.push_back(js::parse(names.named(visit)));
  });
  bool full = found.size() == static_cast<std::size_t>(filter.limit);
  std::string next;
  if (full) next = format_id(Id{found.back().recorded_at.milliseconds}) + "." + format_id(found.back().id);
  return answer_page("visits", std::move(records), next);
}

}  // namespace

std::string work_area_asked(const Call& call, Query& query) {
  std::string area = query.optional_area("area").value_or(call.principal.area);
  if (area.size() < 6)
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  return area;
}

void add_work_routes(Api& api) {
  api.get("/work-lists", Permission::work_lists_read, count);
  api.get("/work-lists/corrections", Permission::work_lists_read, corrections);
  add_verification_routes(api);
}

}  // namespace tanfang::app::server
