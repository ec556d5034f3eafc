// Rows of visitors, assignments and points.
#pragma once

#include <limits>
#include <set>

#include "planning/assignment.h"

namespace tanfang::planning::store {

void put_visitor(db::Session& session, const std::string& county, const Visitor& visitor);
std::vector<Visitor> load_visitors(db::Session& session, const std::string& county);
/// Who visits somebody that lives in the area.
std::set<Id> load_going_to(db::Session& session, const std::string& area);

void put_point(db::Session& session, const AreaPoint& point);
/// By code, at most `limit` behind `behind`.
std::vector<AreaPoint> load_points(db::Session& session, const std::string& area, const std::string& behind = "",
                                   std::int64_t limit = std::numeric_limits<std::int64_t>::max());

/// False where it said the same before.
bool put_assignment(db::Session& session, const std::string& county, const Assignment& assignment, Date since);
bool delete_assignment(db::Session& session, const std::string& county, Id person);
std::optional<Assignment> find_assignment(db::Session& session, const std::string& county, Id person);
std::vector<Assignment> load_people_of(db::Session& session, const std::string& county, const std::string& login);
std::vector<AssignedPerson> load_assigned(db::Session& session, const std::string& county, const std::string& area,
                                          const std::string& month);
/// Behind that village and person.
std::vector<AssignedPerson> load_assigned(db::Session& session, const std::string& area, const std::string& month,
                                          const std::string& village, Id after, int limit);

std::map<Id, std::int64_t> load_visits_by_visitor(db::Session& session, const std::string& area,
                                                  const std::string& month);

}  // namespace tanfang::planning::store
