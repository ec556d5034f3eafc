// Rows that a page of what is owed is made of.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "planning/planning_obligations.h"
#include "platform/db/database.h"

namespace tanfang::planning::store {

struct Resident {
  std::string area;
  Id person;
  std::string name;
};
/// Of `area` (a county, town or village), by area and id, behind `after`, at most `limit`.
std::vector<Resident> load_residents(db::Session& session, const std::string& area, const Resident& after, int limit);
/// By id, without those who died or moved away.
std::vector<Id> list_present(db::Session& session, const std::string& village, int limit);
/// What is kept under the months of `people`, who follow one another as `load_residents` gives them; of each by first
/// day and label.
std::map<Id, std::vector<Obligation>> load_owed_to(db::Session& session, const std::vector<std::string>& months,
                                                   const std::vector<Resident>& people);

/// The same of some people.
std::map<Id, std::vector<Obligation>> load_obligations_of(db::Session& session, const std::string& county,
                                                          const std::vector<std::string>& months,
                                                          const std::vector<Id>& people);

}  // namespace tanfang::planning::store
