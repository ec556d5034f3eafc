// Why somebody is to be seen now, short enough for a line of the phone. Only for the files of this folder.
#pragma once

#include <string>
#include <vector>

#include "app/json/obligation_words.h"
#include "planning/planning.h"

namespace tanfang::app::field {

/// Owed or overdue.
bool is_open(const planning::PlannedVisit& planned);
/// Open and begun, the one that is due first in front.
std::vector<const planning::PlannedVisit*> due_now(const std::vector<planning::PlannedVisit>& owed, Date today);

/// Of one county on one day.
class DueReasons {
 public:
  DueReasons(db::Session& session, const std::string& county, Date today)
      : declarations_(planning::list_declarations(session, county)), today_(today) {}

  /// Whether home visits were declared impossible in the village today.
  bool home_visits_are_off(const std::string& village) const;
  /// Which obligation it is, what of it is left, and since when it is late: `重点，每半月 1
  /// 次（11月15日到期，已逾期）`.
  Words of(const planning::PlannedVisit& planned, const OwedWords& words) const;

 private:
  std::vector<planning::EpidemicDeclaration> declarations_;
  Date today_;
};

}  // namespace tanfang::app::field
