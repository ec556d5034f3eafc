#include "planning/planning_changes.h"

#include "base/text.h"

namespace tanfang::planning {

Counts& Counts::operator+=(const Counts& other) {
  owed += other.owed;
  met += other.met;
  due += other.due;
  visited += other.visited;
  declined += other.declined;
  suspended += other.suspended;
  unknown += other.unknown;
  refused_home_visit += other.refused_home_visit;
  below_floor += other.below_floor;
  return *this;
}

void Tally::add(const std::string& month, const PersonMonth& person, int sign) {
  Counts windows;
  windows.owed = person.owed * sign;
  windows.met = person.met * sign;
  Counts first_day;
  first_day.due = person.due * sign;
  first_day.visited = person.visited * sign;
  first_day.declined = person.declined * sign;
  first_day.suspended = person.suspended * sign;
  first_day.unknown = person.unknown * sign;
  first_day.refused_home_visit = person.refused_home_visit * sign;
  first_day.below_floor = person.below_floor * sign;
  std::int64_t overdue_at = person.owed ? person.overdue_at.milliseconds : 0;
  tiers[{month, person.village, person.owed_tier, overdue_at}] += windows;
  tiers[{month, person.village, person.tier, person.tier == person.owed_tier ? overdue_at : 0}] += first_day;
  windows += first_day;
  categories[{month, person.village.substr(0, 9), join_words(person.categories), overdue_at}] += windows;
  for (const RoundState& round : person.rounds) {
    Counts counts;
    counts.owed = sign;
    counts.met = round.met * sign;
    rounds[{month, person.village, round.label, round.last_day.iso()}] += counts;
  }
}

Tally& Tally::operator+=(const Tally& other) {
  for (const auto& [key, counts] : other.tiers) tiers[key] += counts;
  for (const auto& [key, counts] : other.categories) categories[key] += counts;
  for (const auto& [key, counts] : other.rounds) rounds[key] += counts;
  return *this;
}

void Tally::drop_zeros() {
  auto zero = [](const auto& entry) { return entry.second.zero(); };
  std::erase_if(tiers, zero);
  std::erase_if(categories, zero);
  std::erase_if(rounds, zero);
}

std::string join_words(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  std::string joined = " ";
  for (const std::string& word : words) joined += word + " ";
  return joined;
}

std::vector<std::string> split_words(std::string_view joined) {
  std::vector<std::string> words;
  for (std::string& word : split(joined, ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

void compare_obligations(Id person, const std::vector<Obligation>& kept, const std::vector<Obligation>& computed,
                         Changes& changes) {
  auto key = [](const Obligation& obligation) { return std::tie(obligation.days.first, obligation.label); };
  auto old = kept.begin();
  for (const Obligation& made : computed) {
    for (; old != kept.end() && key(*old) < key(made); ++old) changes.dropped.emplace_back(person, *old);
    if (old != kept.end() && key(*old) == key(made)) {
      if (!(*old == made)) {
        // A round whose end was moved may be kept under another month.
        if (old->days.last != made.days.last) changes.dropped.emplace_back(person, *old);
        changes.put.emplace_back(person, made);
      }
      ++old;
    } else {
      changes.put.emplace_back(person, made);
    }
  }
  for (; old != kept.end(); ++old) changes.dropped.emplace_back(person, *old);
}

void compare_months(const std::string& month, const PersonMonth* kept, const PersonMonth& computed, Changes& changes) {
  if (kept && *kept == computed) return;
  if (kept) changes.tally.add(month, *kept, -1);
  if (!computed.empty()) {
    bool stays = kept && kept->village == computed.village;
    (stays ? changes.same_village : changes.put_months).emplace_back(month, computed);
    changes.tally.add(month, computed, 1);
  } else if (kept) {
    changes.dropped_months.emplace_back(month, kept->person);
  }
}

}  // namespace tanfang::planning
