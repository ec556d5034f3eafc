#include "registry/registration.h"

#include <unordered_set>

#include "base/area_code.h"
#include "registry/intake.h"
#include "registry/registry_problems.h"

namespace tanfang::registry {
namespace {

constexpr std::size_t kTogether = 1'000;

/// How many rows from `first` on hold no citizen number twice.
std::size_t distinct_rows(std::span<const PersonStatement> statements, std::size_t first) {
  std::unordered_set<std::string_view> numbers;
  std::size_t count = 0;
  while (first + count < statements.size() && count < kTogether &&
         numbers.insert(statements[first + count].citizen_number).second) {
    ++count;
  }
  return count;
}

}  // namespace

std::vector<Registration> register_people(audit::Work& work, const Classifier& classifier, const Terms& terms,
                                          std::span<const PersonStatement> statements) {
  if (!is_area_code(terms.scope) || terms.scope.size() < 6) throw problems::area_unknown(terms.scope);
  if (terms.said_on > work.today()) throw problems::date_future("said_on");
  std::vector<Registration> results(statements.size());
  Intake intake(work, classifier, terms);
  for (std::size_t first = 0; first < statements.size();) {
    std::size_t count = distinct_rows(statements, first);
    intake.take(statements.subspan(first, count), first, results);
    first += count;
  }
  // Rows that say nothing new leave no event.
  work.unchanged();
  return results;
}

}  // namespace tanfang::registry
