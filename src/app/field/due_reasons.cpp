#include "app/field/due_reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace tanfang::app::field {
namespace {

/// `11月15日`.
std::string chinese_day(Date day) {
  std::string text = day.iso();
  return fmt::format("{}月{}日", std::stoi(text.substr(5, 2)), std::stoi(text.substr(8, 2)));
}

}  // namespace

bool is_open(const planning::PlannedVisit& planned) { return planned.state == "owed" || planned.state == "overdue"; }

std::vector<const planning::PlannedVisit*> due_now(const std::vector<planning::PlannedVisit>& owed, Date today) {
  std::vector<const planning::PlannedVisit*> due;
  for (const planning::PlannedVisit& each : owed) {
    if (is_open(each) && each.first_day <= today) due.push_back(&each);
  }
  std::sort(due.begin(), due.end(), [](const auto* left, const auto* right) {
    return std::tie(left->due_day, left->first_day, left->label) <
           std::tie(right->due_day, right->first_day, right->label);
  });
  return due;
}

bool DueReasons::home_visits_are_off(const std::string& village) const {
  return std::any_of(declarations_.begin(), declarations_.end(), [&](const planning::EpidemicDeclaration& each) {
    return each.first_day <= today_ && today_ <= each.last_day && village.starts_with(each.area);
  });
}

Words DueReasons::of(const planning::PlannedVisit& planned, const OwedWords& words) const {
  Words reason = words.reason;
  int left = planned.min - planned.counted;
  if (planned.counted > 0 && left > 0) {
    reason.zh += fmt::format("，还差 {} 次", left);
    reason.en += fmt::format(", {} to go", left);
  }
  if (planned.kind == "window" && home_visits_are_off(planned.village)) {
    reason.zh += "，目前不能上门";
    reason.en += ", home visits are off for now";
  }
  if (planned.state == "overdue") {
    reason.zh += fmt::format("（{}到期，已逾期）", chinese_day(planned.due_day));
    reason.en += fmt::format(" (overdue since {})", planned.due_day.iso());
  }
  return reason;
}

}  // namespace tanfang::app::field
