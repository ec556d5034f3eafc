// From a file to the rows of its verdicts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "registry/classifications_store.h"
#include "registry/fact_book.h"
#include "registry/files_store.h"
#include "registry/timeline.h"

namespace tanfang::registry {

/// Works for one county, in one thread.
class Judge {
 public:
  explicit Judge(std::shared_ptr<const CountyPolicy> policy);

  FactBook& facts() { return book_; }
  const CountyPolicy& policy() const { return *policy_; }
  /// How far ahead verdicts are worked out: at least a year from `today`, to the first of a month.
  static Date horizon(Date today);
  /// The verdicts of from..until as rows; the last of each scheme is left open.
  std::vector<ClassificationRow> judge(const File& file, Date from, Date until);

 private:
  ClassificationRow row_of(const VerdictSpan& span) const;

  std::shared_ptr<const CountyPolicy> policy_;
  FactBook book_;
  Timeline timeline_;
  schemes::Facts facts_;
};

/// Replaces what the file's verdicts say from `from` on by `rows` (which begin there). A verdict that stays the same
/// keeps its row. True where anything changed.
bool store_verdicts(db::Session& session, const PersonKey& key, Date from, std::vector<ClassificationRow> rows);

}  // namespace tanfang::registry
