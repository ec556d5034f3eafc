// The registry as a list whose filters combine.
#include <algorithm>
#include <boost/json.hpp>
#include <tuple>

#include "base/area_code.h"
#include "platform/json/json.h"
#include "reports/reports_problems.h"
#include "reports/reports_shared.h"
#include "reports/reports_store.h"

namespace tanfang::reports {
namespace {

namespace js = boost::json;

constexpr std::size_t kMostFacts = 4;
constexpr int kChunk = 200;

bool is_value(const js::value& known, const std::string& value) {
  if (known.is_string()) return known.get_string() == value;
  if (known.is_array()) {
    return std::any_of(known.get_array().begin(), known.get_array().end(),
                       [&](const js::value& item) { return is_value(item, value); });
  }
  return js::serialize(known) == value;
}

bool fits(const ListFilter& filter, const PersonListed& person) {
  if (filter.facts.empty() && filter.unknown_facts.empty()) return true;
  js::value parsed = json::parse(person.facts);
  const js::object& facts = parsed.as_object();
  for (const auto& [fact, value] : filter.facts) {
    const js::value* known = facts.if_contains(fact);
    if (!known || !is_value(*known, value)) return false;
  }
  return std::none_of(filter.unknown_facts.begin(), filter.unknown_facts.end(), [&](const std::string& fact) {
    const js::value* known = facts.if_contains(fact);
    return known && !known->is_null();
  });
}

/// Of one county, until `found` has `filter.limit`.
void list_county(db::Session& session, const std::string& county, const std::string& area, const std::string& month,
                 Instant now, const ListFilter& filter, std::vector<PersonListed>& found) {
  ListFilter from = filter;
  int chunk = filter.facts.empty() && filter.unknown_facts.empty() ? filter.limit : std::max(filter.limit, kChunk);
  for (;;) {
    std::vector<PersonListed> read = store::load_registry(session, county, area, month, now, from, chunk);
    for (PersonListed& person : read) {
      from.after_area = person.area;
      from.after = person.person;
      if (!fits(filter, person)) continue;
      person.county = county;
      found.push_back(std::move(person));
      if (found.size() == static_cast<std::size_t>(filter.limit)) return;
    }
    if (read.size() < static_cast<std::size_t>(chunk)) return;
  }
}

}  // namespace

std::vector<PersonListed> list_people(db::Session& session, const std::string& area, const std::string& month,
                                      Instant now, const ListFilter& filter) {
  require_area(session, area);
  if (filter.facts.size() > kMostFacts) throw problems::filter_too_long("facts");
  if (filter.unknown_facts.size() > kMostFacts) throw problems::filter_too_long("unknown_facts");
  std::vector<PersonListed> found;
  for (const store::CountyMonth& county : store::load_counties(session, area, month)) {
    if (county.county < county_of(filter.after_area)) continue;
    if (found.size() == static_cast<std::size_t>(filter.limit)) break;
    list_county(session, county.county, area, month, now, filter, found);
  }
  return found;
}

std::vector<PersonListed> list_chosen(db::Session& session, const std::string& county, const std::string& month,
                                      Instant now, const std::vector<Id>& people) {
  std::vector<PersonListed> found;
  for (Id person : people) {
    if (auto listed = store::find_listed(session, county, month, now, person)) found.push_back(std::move(*listed));
  }
  for (PersonListed& person : found) person.county = county;
  std::sort(found.begin(), found.end(), [](const PersonListed& left, const PersonListed& right) {
    return std::tie(left.area, left.person) < std::tie(right.area, right.person);
  });
  return found;
}

}  // namespace tanfang::reports
