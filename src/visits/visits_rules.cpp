#include "visits/visits_rules.h"

#include <algorithm>

#include "visits/visits_problems.h"

namespace tanfang::visits {
namespace {

constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;
/// Older records are taken for a wrong year.
constexpr std::int64_t kOldest = 3 * 366 * kDay;

}  // namespace

std::vector<FieldProblem> check_times(Instant started_at, Instant ended_at, Instant now) {
  std::vector<FieldProblem> problems;
  if (ended_at < started_at) {
    problems.push_back(times_reversed());
  } else if (ended_at.milliseconds - started_at.milliseconds > kDay) {
    problems.push_back(too_long());
  }
  if (std::max(started_at, ended_at) > now) problems.push_back(in_future());
  if (now.milliseconds - started_at.milliseconds > kOldest) problems.push_back(too_old());
  return problems;
}

StandingCheck check_standing(registry::Status status, Date registered_on, Date day) {
  StandingCheck check;
  switch (status) {
    case registry::Status::deceased:
      check.problems.push_back(person_deceased());
      break;
    case registry::Status::moved_out:
      check.problems.push_back(person_moved_out());
      break;
    case registry::Status::declined:
      check.notices.push_back(person_declined());
      break;
    case registry::Status::suspended:
      check.notices.push_back(person_suspended());
      break;
    case registry::Status::active:
      break;
  }
  // Who is registered later in a window is owed from the next one (section 6): an earlier visit is kept and counts for
  // nothing.
  if (day < registered_on) check.notices.push_back(before_registration());
  return check;
}

StatusFold::StatusFold(const std::vector<StatusChange>& changes) {
  for (const StatusChange& change : changes) known_[change.indicator] = change.after;
}

void StatusFold::apply(Instant at, Id visit, const std::vector<forms::Finding>& findings,
                       std::vector<StatusChange>& changes) {
  for (const forms::Finding& finding : findings) {
    if (!finding.effect || *finding.effect == forms::Effect::more || *finding.effect == forms::Effect::fewer) continue;
    auto known = known_.find(finding.indicator);
    std::optional<forms::Status> before;
    if (known != known_.end()) before = known->second;
    std::optional<forms::Status> after = forms::resolve(*finding.effect, before);
    if (!after || after == before) continue;
    known_[finding.indicator] = *after;
    changes.push_back({finding.indicator, at, visit, before, *after});
  }
}

}  // namespace tanfang::visits
