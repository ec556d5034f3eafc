// People under schemes that may never come to hold: judged by the code that keeps the verdicts, stored nowhere.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "registry/classification.h"
#include "registry/status.h"

namespace tanfang::registry {

/// The policy that the county would have with the scheme folders `tried` beside what is known to it: the shipped
/// schemes, those in `folders`, and what it published. A later one takes the place of an earlier one of the same day.
/// The folders may go once it is made.
std::shared_ptr<const CountyPolicy> trial_policy(db::Session& session, const std::string& shipped,
                                                 const std::vector<std::string>& folders,
                                                 const std::vector<std::string>& tried, std::string_view county);

struct Tried {
  Standing standing;  // without verdicts
  /// Under each policy, by scheme and valid_from.
  std::vector<std::vector<Classification>> verdicts;
};

/// Works in one thread.
class Trial {
 public:
  Trial(std::string county, const std::vector<std::shared_ptr<const CountyPolicy>>& policies);
  ~Trial();
  /// The people of the county behind `after`, by id, at most `limit`, with what each policy says of them from..to by
  /// the facts that are known now.
  std::vector<Tried> next(db::Session& session, Id after, std::int64_t limit, Date from, Date to);

 private:
  struct Bench;
  std::unique_ptr<Bench> bench_;
};

/// Why a policy says what it says of a person on a day, by the facts that are known now.
std::vector<Explanation> explain_under(db::Session& session, const CountyPolicy& policy, const PersonKey& key, Date on);

}  // namespace tanfang::registry
