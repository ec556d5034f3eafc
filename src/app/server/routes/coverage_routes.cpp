// Coverage: the figures of an area and month, and the people behind them.
#include <algorithm>
#include <boost/json.hpp>

#include "app/json/coverage_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "planning/planning.h"
#include "reports/reports.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

struct Asked {
  std::string area;
  std::string month;
};

Asked read_asked(const Call& call, Query& query) {
  Asked asked;
  asked.area = query.optional_area("area").value_or(call.principal.area);
  asked.month = query.optional_text("month").value_or(call.today().iso().substr(0, 7));
  planning::parse_month(asked.month);
  return asked;
}

http::Response figures(const Call& call) {
  Query query(call);
  Asked asked = read_asked(call, query);
  query.finish();
  call.require(Permission::coverage_read, asked.area);
  js::object made;
  call.read(
      [&](db::Session& session) { made = to_json(reports::coverage(session, asked.area, asked.month, call.now)); });
  return answer_json(made);
}

/// The months behind `to`, `months` of them with it.
http::Response trend(const Call& call) {
  Query query(call);
  std::string area = query.optional_area("area").value_or(call.principal.area);
  std::string to = query.optional_text("to").value_or(call.today().iso().substr(0, 7));
  auto months = static_cast<int>(query.integer("months", 1, 36).value_or(13));
  query.finish();
  call.require(Permission::coverage_read, area);
  std::string from = planning::add_months(planning::parse_month(to), 1 - months).iso();
  js::array found;
  call.read([&](db::Session& session) {
    for (const auto& month : reports::trend(session, area, from, to, call.now)) found.push_back(to_json(month));
  });
  return answer_page("months", std::move(found), "");
}

http::Response forecast(const Call& call) {
  Query query(call);
  Asked asked = read_asked(call, query);
  int limit = query.limit();
  query.finish();
  call.require(Permission::coverage_read, asked.area);
  reports::Forecast made;
  call.read([&](db::Session& session) { made = reports::forecast(session, asked.area, asked.month, call.today()); });
  auto villages = std::min(made.by_village.size(), static_cast<std::size_t>(limit));
  made.by_village.erase(made.by_village.begin() + static_cast<std::ptrdiff_t>(villages), made.by_village.end());
  return answer_json(to_json(made));
}

http::Response people(const Call& call) {
  Query query(call);
  Asked asked = read_asked(call, query);
  reports::PersonFilter filter;
  filter.state = query.choice("state", {"met", "owed", "overdue", "declined", "suspended", "unknown", "none"});
  filter.tier = query.optional_text("tier").value_or("");
  filter.limit = query.limit();
  // The last person of the page before, with their village.
  if (auto place = query.cursor()) {
    filter.after_area = place->word;
    filter.after = place->id;
  }
  query.finish();
  call.require(Permission::people_read, asked.area);
  std::vector<reports::PersonCoverage> found;
  call.read(
      [&](db::Session& session) { found = reports::find_people(session, asked.area, asked.month, call.now, filter); });
  js::array list;
  for (const auto& person : found) list.push_back(to_json(person));
  bool full = found.size() == static_cast<std::size_t>(filter.limit);
  return answer_page("people", std::move(list), full ? found.back().area + "." + format_id(found.back().person) : "");
}

}  // namespace

void add_coverage_routes(Api& api) {
  api.get("/coverage", Permission::coverage_read, figures);
  api.get("/coverage/trend", Permission::coverage_read, trend);
  api.get("/coverage/forecast", Permission::coverage_read, forecast);
  // The figures are everybody's who supervises; the people behind them are for those who may see people.
  api.get("/coverage/people", Permission::people_read, people);
}

}  // namespace tanfang::app::server
