// Lists of departments: entries matched with people of the registry; what they say otherwise becomes a proposal.
#pragma once

#include "ledgers/ledgers.h"
#include "ledgers/row_check.h"

namespace tanfang::ledgers {

class DepartmentMatcher {
 public:
  DepartmentMatcher(audit::Work& work, const LedgerImport& order, Id id, const Layout& layout);

  /// Compares one entry with the registry; counts it. True where it left a proposal that was not there before.
  bool take(const CheckedRow& row, LedgerResult& result);

 private:
  registry::FactValues values_of(const CheckedRow& row) const;
  /// Keeps what the row says otherwise; `any` becomes true where there is something.
  bool propose(const CheckedRow& row, const registry::PersonKey& key, const std::string& kind, LedgerResult& result,
               bool& any);

  audit::Work& work_;
  const LedgerImport& import_;
  Id id_;
  std::string county_;
  std::vector<std::string> topics_;  // the facts that such a list states
  bool lists_families_ = false;
};

}  // namespace tanfang::ledgers
