// From which day to which day each scheme says what of a person, as far as time alone decides.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/classification.h"
#include "schemes/schemes.h"

namespace tanfang::registry {

struct VerdictSpan {
  const schemes::Scheme* scheme;
  Date from;
  Date to;  // the first day on which it no longer holds
  schemes::Verdict verdict;
};

bool same_verdict(const schemes::Verdict& left, const schemes::Verdict& right);

class Timeline {
 public:
  /// `policy` must outlive the timeline.
  explicit Timeline(const CountyPolicy& policy) : policy_(policy) {}

  struct Life {
    const schemes::Facts& facts;
    Date birth_date;
    std::string_view area;
    const std::vector<Date>& dates;  // other dates among the facts
  };
  /// The spans of from..until (that day excluded), by scheme; neighbours differ.
  std::vector<VerdictSpan> work_out(const Life& life, Date from, Date until);

 private:
  struct Epoch {
    Date from;
    std::vector<const schemes::Scheme*> schemes;
  };
  const std::vector<Epoch>& epochs_of(std::string_view area);

  const CountyPolicy& policy_;
  std::map<std::string, std::vector<Epoch>, std::less<>> epochs_;  // by town
};

}  // namespace tanfang::registry
