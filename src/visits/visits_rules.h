// Pure rules of visits: times, standing, statuses folded from findings. Inside the room only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits {

/// Pictures that a record may name.
inline constexpr std::size_t kMostAttachments = 10;

/// What is wrong with the times of a record that is sent at `now`.
std::vector<FieldProblem> check_times(Instant started_at, Instant ended_at, Instant now);

/// Refusals and notices that follow from a person's standing on the day of the visit.
struct StandingCheck {
  std::vector<FieldProblem> problems;
  std::vector<FieldProblem> notices;
};
StandingCheck check_standing(registry::Status status, Date registered_on, Date day);

/// The statuses of one person, moved on by records in the order of time.
class StatusFold {
 public:
  StatusFold() = default;
  /// Goes on from what is known already.
  explicit StatusFold(const std::vector<StatusChange>& changes);
  /// Takes one record's findings; appends what they change.
  void apply(Instant at, Id visit, const std::vector<forms::Finding>& findings, std::vector<StatusChange>& changes);

 private:
  std::map<std::string, forms::Status> known_;
};

}  // namespace tanfang::visits
