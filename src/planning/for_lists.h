// Lists of the plan page by page.
#pragma once

#include "planning/planning.h"

namespace tanfang::planning {

/// Where the page before ended: nothing (all ids are other than 0) for the first page.
struct PlanPage {
  Id after;
  int limit = 50;
};
struct VisitorFilter {
  /// A town or village: who comes to it, or visits somebody there; the county or "": everybody.
  std::string area = {};
  std::string name = {};  // part of it, or the whole login; "": any
  bool active_only = false;
};
struct ListedVisitor {
  Visitor visitor;
  std::vector<std::string> comes;  // the villages of the town or village asked for to which they come
};
/// By name and id. Throws Problem `plan.cursor` where `after` is none of the county's.
std::vector<ListedVisitor> list_visitors(db::Session& session, const std::string& county, const VisitorFilter& filter,
                                         const PlanPage& page);
/// The latest first. Throws Problem `plan.cursor` likewise.
std::vector<ExtraRound> list_rounds(db::Session& session, const std::string& county, const PlanPage& page);
/// Village by village, by id; `after_village` goes with `after`. Throws Problem `plan.cursor` where it lies elsewhere.
std::vector<AssignedPerson> list_assigned(db::Session& session, const std::string& area, const Month& month,
                                          const std::string& after_village, const PlanPage& page);

}  // namespace tanfang::planning
