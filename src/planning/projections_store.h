// The rows that planning recomputes: obligations, people's months, counts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "planning/planning.h"
#include "planning/planning_changes.h"
#include "platform/db/database.h"

namespace tanfang::planning::store {

/// A row that begins with person, first_day, label, kind, last_day, due_day, overdue_at, min, methods, tier, mark,
/// basis, counted, met_on.
Obligation read_obligation(const db::Row& row);
void sort_by_begin(std::vector<Obligation>& obligations);
/// Obligations kept under the months (`YYYY-MM`) of people first..last, by person, ordered by first day and label.
std::map<Id, std::vector<Obligation>> load_obligations(db::Session& session, const std::string& county,
                                                       const std::vector<std::string>& months, Id first, Id last);
/// `month` and the later ones under which obligations of the county are kept.
std::vector<std::string> months_with_obligations(db::Session& session, const std::string& county, Month month);
/// People's months, by person, then month.
using KeptMonths = std::map<Id, std::map<std::string, PersonMonth>>;
KeptMonths load_person_months(db::Session& session, const std::string& county, const std::vector<std::string>& months,
                              Id first, Id last);
/// Writes the rows; the tally is the caller's to add.
void write_rows(db::Session& session, const std::string& county, const Changes& changes);

/// All counts of a month, without those that are nothing.
Tally load_tally(db::Session& session, const std::string& county, const std::string& month);
/// The same, added up from the people's months as they are kept.
Tally tally_of_people(db::Session& session, const std::string& county, const std::string& month);
/// Takes all counts of a month away.
void delete_tally(db::Session& session, const std::string& county, const std::string& month);
/// Adds to the counts.
void add_tally(db::Session& session, const std::string& county, Tally& tally);

}  // namespace tanfang::planning::store
