#include "app/demo/appointment.h"

#include <algorithm>

#include "base/area_code.h"
#include "planning/planning.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kPeople = 20;
constexpr std::int64_t kCapacity = 80;

}  // namespace

int appoint_visitor(audit::Work& work, const Appointed& appointed, Date today) {
  auto people = planning::list_assigned(work.session, appointed.area, planning::month_of(today));
  if (people.empty()) {
    work.unchanged();
    return 0;
  }
  people.resize(std::min(people.size(), kPeople));
  planning::Visitor visitor;
  visitor.name = appointed.name;
  visitor.kind = "grid_worker";
  visitor.login = appointed.login;
  visitor.home = people.front().village;
  visitor.capacity = kCapacity;
  for (const planning::AssignedPerson& each : people) {
    if (each.village != visitor.home && (visitor.villages.empty() || visitor.villages.back() != each.village)) {
      visitor.villages.push_back(each.village);
    }
  }
  std::string county(county_of(appointed.area));
  Id made = planning::put_visitor(work, county, visitor);
  std::vector<planning::Assignment> given;
  for (const planning::AssignedPerson& each : people) given.push_back({.person = each.person, .visitor = made});
  planning::assign_people(work, county, given);
  return static_cast<int>(given.size());
}

}  // namespace tanfang::app
