// Who was visited and by whom, beside records of visits.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "reports/for_records.h"
#include "visits/visits.h"

namespace tanfang::app::server {

class RecordNames {
 public:
  /// Of records of one county.
  RecordNames(db::Session& session, const std::vector<visits::Visit>& records);

  /// The record as JSON, with `person_name` (masked), `village_name` and `visitor_name` (null where no list and no
  /// account has the visitor).
  std::string named(const visits::Visit& record) const;

 private:
  std::map<Id, reports::PersonNamed> people_;
  std::map<std::string, std::string> visitors_;
};

}  // namespace tanfang::app::server
