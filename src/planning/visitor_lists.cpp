// Who of a county's visitors comes to a place, page by page.
#include <algorithm>
#include <iterator>
#include <set>

#include "base/area_code.h"
#include "planning/assignment_store.h"
#include "planning/for_lists.h"
#include "planning/planning_problems.h"
#include "planning/reach.h"

namespace tanfang::planning {
namespace {

constexpr std::size_t kVillageDigits = 12;

/// The villages of one area, and who comes to them.
class Place {
 public:
  Place(db::Session& session, const std::string& area)
      : area_(area), points_(store::load_points(session, county_of(area))), going_(store::load_going_to(session, area)) {
    for (const AreaPoint& point : points_) {
      if (is_village_here(point.area)) located_.push_back(point.area);
    }
  }

  /// nullopt for who neither comes there nor visits anybody there.
  std::optional<ListedVisitor> look_at(const Visitor& visitor) const {
    std::set<std::string> comes;
    for (int i : villages_reached(visitor, located_, points_)) comes.insert(located_[static_cast<std::size_t>(i)]);
    if (is_village_here(visitor.home)) comes.insert(visitor.home);
    std::copy_if(visitor.villages.begin(), visitor.villages.end(), std::inserter(comes, comes.end()),
                 [&](const std::string& village) { return is_village_here(village); });
    if (comes.empty() && !going_.contains(visitor.id)) return std::nullopt;
    return ListedVisitor{visitor, {comes.begin(), comes.end()}};
  }

 private:
  bool is_village_here(const std::string& code) const {
    return code.size() == kVillageDigits && code.starts_with(area_);
  }

  std::string area_;
  std::vector<AreaPoint> points_;
  std::set<Id> going_;
  std::vector<std::string> located_;
};

bool is_wanted(const Visitor& visitor, const VisitorFilter& filter) {
  if (filter.active_only && !visitor.active) return false;
  return filter.name.empty() || visitor.login == filter.name || visitor.name.find(filter.name) != std::string::npos;
}

}  // namespace

std::vector<ListedVisitor> list_visitors(db::Session& session, const std::string& county, const VisitorFilter& filter,
                                         const PlanPage& page) {
  // A county has some thousands at most; where they come is no question for the database.
  std::vector<Visitor> visitors = store::load_visitors(session, county);
  auto next = visitors.begin();
  if (page.after.value != 0) {
    next = std::find_if(next, visitors.end(), [&](const Visitor& visitor) { return visitor.id == page.after; });
    if (next == visitors.end()) throw problems::plan_cursor();
    ++next;
  }
  std::optional<Place> place;
  if (filter.area.size() > county.size()) place.emplace(session, filter.area);
  std::vector<ListedVisitor> listed;
  for (; next != visitors.end() && listed.size() < static_cast<std::size_t>(page.limit); ++next) {
    if (!is_wanted(*next, filter)) continue;
    std::optional<ListedVisitor> found = place ? place->look_at(*next) : ListedVisitor{*next, {}};
    if (found) listed.push_back(std::move(*found));
  }
  return listed;
}

}  // namespace tanfang::planning
