// Lists of departments: entries matched with people of the registry; what they say otherwise becomes a proposal.
#pragma once

#include "ledgers/ledgers.h"
#include "ledgers/row_check.h"

namespace tanfang::ledgers {

class DepartmentMatcher {
 public:
  DepartmentMatcher(audit::Work& work, const LedgerImport& order, Id id);

  /// Compares one entry with the registry; counts it. True where it left a proposal that was not there before.
  bool take(const CheckedRow& row, LedgerResult& result);

 private:
  std::optional<std::string> value_of(const CheckedRow& row) const;
  bool propose(const CheckedRow& row, const registry::PersonKey& key, const std::string& kind, const std::string& said,
               const std::string& found, LedgerResult& result);

  audit::Work& work_;
  const LedgerImport& import_;
  Id id_;
  std::string county_;
  std::string fact_;
};

}  // namespace tanfang::ledgers
