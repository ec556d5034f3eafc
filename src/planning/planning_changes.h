// What a recomputation changes: obligations and months of people against what is kept, and the counts that follow.
// Pure.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "planning/planning_month.h"

namespace tanfang::planning {

/// Numbers of people; what coverage adds up.
struct Counts {
  std::int64_t owed = 0;
  std::int64_t met = 0;
  std::int64_t due = 0;
  std::int64_t visited = 0;
  std::int64_t declined = 0;
  std::int64_t suspended = 0;
  std::int64_t unknown = 0;
  std::int64_t refused_home_visit = 0;
  std::int64_t below_floor = 0;

  Counts& operator+=(const Counts& other);
  bool operator==(const Counts&) const = default;
  bool zero() const { return *this == Counts{}; }
};

/// month, village, tier, overdue_at; or month, town, set of categories, overdue_at
using CountKey = std::tuple<std::string, std::string, std::string, std::int64_t>;
/// month, village, label, last day
using RoundKey = std::tuple<std::string, std::string, std::string, std::string>;

/// Sums by key, in the order in which they are written, so that two writers never wait for each other in a ring.
struct Tally {
  std::map<CountKey, Counts> tiers;
  std::map<CountKey, Counts> categories;
  std::map<RoundKey, Counts> rounds;

  /// Adds (sign 1) or takes away (-1) one person's month.
  void add(const std::string& month, const PersonMonth& person, int sign);
  Tally& operator+=(const Tally& other);
  /// Drops what has come to nothing.
  void drop_zeros();
};

/// Words between single spaces, as lists of ids are kept: ` advanced_age living_alone `; empty for none.
std::string join_words(const std::vector<std::string>& words);
std::vector<std::string> split_words(std::string_view joined);

/// Rows to write. Obligations are kept under the month of their last day.
struct Changes {
  std::vector<std::pair<Id, Obligation>> put;
  std::vector<std::pair<Id, Obligation>> dropped;
  std::vector<std::pair<std::string, PersonMonth>> put_months;    // month, person
  std::vector<std::pair<std::string, PersonMonth>> same_village;  // the same, kept for the same village before
  std::vector<std::pair<std::string, Id>> dropped_months;
  Tally tally;

  std::size_t months() const { return put_months.size() + same_village.size() + dropped_months.size(); }
  bool empty() const { return put.empty() && dropped.empty() && months() == 0; }
};

/// Both lists ordered by first day and label.
void compare_obligations(Id person, const std::vector<Obligation>& kept, const std::vector<Obligation>& computed,
                         Changes& changes);
void compare_months(const std::string& month, const PersonMonth* kept, const PersonMonth& computed, Changes& changes);

}  // namespace tanfang::planning
