// The fact `children` from what several columns say. Part of reading a row's facts.
#pragma once

#include <optional>
#include <string>

#include "ledgers/row_facts.h"

namespace tanfang::ledgers {

struct ChildrenSaid {
  const Said* description = nullptr;  // 子女情况
  const Said* count = nullptr;        // 子女数
  const Said* places = nullptr;       // 子女居住地
  const Said* away_half_year = nullptr;
  const Said* away = nullptr;
  const Said* returns = nullptr;
  std::optional<bool> lives_with_child{};  // where the people the elder lives with are known
  std::string area{};                      // the elder's village
};

/// The list as JSON, or empty where nothing is known. `contradicts` where the columns do not agree (no children, who
/// live in the county).
std::string children_fact(const ChildrenSaid& said, bool& contradicts);

}  // namespace tanfang::ledgers
