#include "registry/timeline.h"

#include <algorithm>

namespace tanfang::registry {
namespace {

const Date kBeginning = *Date::from_ymd(1, 1, 1);
const Date kEnd = *Date::from_ymd(9999, 12, 31);

/// Days in from..until on which a verdict may change: birthdays to the day; around other dates every month's turn.
/// Between two of these days a change is looked for by halving.
std::vector<Date> days_to_look_at(const Timeline::Life& life, Date from, Date until) {
  std::vector<Date> days{from};
  auto add = [&](Date day) {
    if (day - 1 > from && day - 1 < until) days.push_back(day - 1);
    if (day > from && day < until) days.push_back(day);
  };
  for (int age = full_years(life.birth_date, from) + 1;; ++age) {
    Date birthday = add_months(life.birth_date, 12 * age);
    // Who is born on 29 February completes the year on 1 March.
    if (full_years(life.birth_date, birthday) < age) birthday = birthday + 1;
    if (birthday >= until) break;
    add(birthday);
  }
  for (Date date : life.dates) {
    int months = (from.year() - date.year()) * 12 + from.month() - date.month();
    for (;; ++months) {
      Date turn = add_months(date, months);
      if (turn >= until) break;
      add(turn);
      add(turn + 1);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

/// Appends, joining with the last span where nothing differs.
void append(std::vector<VerdictSpan>& spans, const schemes::Scheme* scheme, Date from, Date to,
            const schemes::Verdict& verdict) {
  if (!spans.empty() && spans.back().scheme == scheme && spans.back().to == from &&
      same_verdict(spans.back().verdict, verdict)) {
    spans.back().to = to;
  } else {
    spans.push_back({scheme, from, to, verdict});
  }
}

/// The first day after `left` with another verdict than on `left`; on `right` it is another.
Date first_other_day(const schemes::Scheme& scheme, const schemes::Facts& facts, Date left, Date right,
                     const schemes::Verdict& on_left) {
  schemes::Verdict verdict;
  while (right - left > 1) {
    Date middle = left + (right - left) / 2;
    schemes::classify(scheme, facts, middle, verdict);
    (same_verdict(verdict, on_left) ? left : right) = middle;
  }
  return right;
}

void look_through(const schemes::Scheme& scheme, const Timeline::Life& life, const std::vector<Date>& days, Date until,
                  std::vector<VerdictSpan>& spans) {
  Date from = days.front();
  schemes::Verdict holding;
  schemes::Verdict next;
  schemes::classify(scheme, life.facts, from, holding);
  for (std::size_t i = 1; i < days.size(); ++i) {
    schemes::classify(scheme, life.facts, days[i], next);
    if (same_verdict(holding, next)) continue;
    Date turn = first_other_day(scheme, life.facts, days[i - 1], days[i], holding);
    append(spans, &scheme, from, turn, holding);
    from = turn;
    std::swap(holding, next);
  }
  append(spans, &scheme, from, until, holding);
}

}  // namespace

bool same_verdict(const schemes::Verdict& left, const schemes::Verdict& right) {
  return left.eligible == right.eligible && left.declined == right.declined && left.categories == right.categories &&
         left.possible_categories == right.possible_categories && left.tier == right.tier &&
         left.possible_tiers == right.possible_tiers && left.obligations == right.obligations;
}

const std::vector<Timeline::Epoch>& Timeline::epochs_of(std::string_view area) {
  std::string_view town = area.substr(0, 9);
  if (auto found = epochs_.find(town); found != epochs_.end()) return found->second;
  std::vector<Epoch> epochs{{kBeginning, policy_.in_force(town, kBeginning)}};
  for (Date day : policy_.turning_days()) {
    std::vector<const schemes::Scheme*> schemes = policy_.in_force(town, day);
    if (schemes != epochs.back().schemes) epochs.push_back({day, std::move(schemes)});
  }
  return epochs_.emplace(std::string(town), std::move(epochs)).first->second;
}

std::vector<VerdictSpan> Timeline::work_out(const Life& life, Date from, Date until) {
  std::vector<VerdictSpan> spans;
  const std::vector<Epoch>& epochs = epochs_of(life.area);
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    Date first = std::max(from, epochs[i].from);
    Date last = std::min(until, i + 1 < epochs.size() ? epochs[i + 1].from : kEnd);
    if (first >= last) continue;
    std::vector<Date> days = days_to_look_at(life, first, last);
    for (const schemes::Scheme* scheme : epochs[i].schemes) look_through(*scheme, life, days, last, spans);
  }
  std::stable_sort(spans.begin(), spans.end(), [](const VerdictSpan& left, const VerdictSpan& right) {
    return left.scheme->id < right.scheme->id;
  });
  std::vector<VerdictSpan> joined;
  for (VerdictSpan& span : spans) append(joined, span.scheme, span.from, span.to, span.verdict);
  return joined;
}

}  // namespace tanfang::registry
