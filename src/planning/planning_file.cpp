#include "planning/planning_file.h"

#include <algorithm>

namespace tanfang::planning {

const Standpoint* History::on(Date day) const {
  auto found = std::find_if(standpoints.begin(), standpoints.end(),
                            [day](const Standpoint& standpoint) { return standpoint.days.contains(day); });
  return found == standpoints.end() ? nullptr : &*found;
}

std::string PersonFile::village_on(Date day) const {
  for (const Move& move : moves) {
    if (day < move.on) return move.village;
  }
  return village;
}

bool Circumstances::home_impossible(const std::string& village, Date day) const {
  return std::any_of(declarations.begin(), declarations.end(), [&](const Declaration& declaration) {
    return declaration.days.contains(day) && village.starts_with(declaration.area);
  });
}

}  // namespace tanfang::planning
