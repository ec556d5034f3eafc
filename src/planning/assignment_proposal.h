// Who visits whom: proposed from what is owed, who can come and how much they can take on. Pure; inside the room only.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace tanfang::planning {

/// The people, villages and visitors of a question are numbered from 0.
struct AssignmentQuestion {
  struct Person {
    int village = 0;
    int visits = 1;          // owed in the month; at least 1
    int present = -1;        // the visitor of now, -1 for none
    int familiar = -1;       // who visited last, where it is somebody else
    bool appointed = false;  // the present one is the first contact: stays wherever they can come
  };
  struct Visitor {
    int capacity = 0;           // visits a month
    std::vector<int> villages;  // where they can come
  };
  std::vector<Person> people;
  std::vector<Visitor> visitors;
  int villages = 0;
};

/// How good an assignment is; the smaller the better, the first that differs decides.
struct AssignmentMeasure {
  std::int64_t uncovered = 0;  // visits that nobody can make: no visitor, one who cannot come, or beyond their capacity
  std::int64_t strangers =
      0;                     // people whose visitor is neither the present nor the last one, while they have such a one
  std::int64_t changes = 0;  // people whose visitor is not the present one
  double imbalance = 0;      // sum over visitors of visits², divided by capacity

  auto operator<=>(const AssignmentMeasure&) const = default;
};

/// `visitor_of[person]`: a visitor, or -1.
AssignmentMeasure measure(const AssignmentQuestion& question, const std::vector<int>& visitor_of);

/// Never worse than the present assignment by `measure`. Deterministic. Nobody is given to a visitor who cannot come or
/// has no room left.
std::vector<int> propose(const AssignmentQuestion& question);

}  // namespace tanfang::planning
