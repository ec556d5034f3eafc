// For tests and benchmarks: what the visitors of an invented county send, made without its database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "visits/visits.h"

namespace tanfang::county {

class InventedVisits {
 public:
  /// Of a county of `people` people (InventedCounty).
  explicit InventedVisits(int people);

  /// The visit number `key`, always the same, in March 2024.
  visits::VisitEntry entry(std::int64_t key) const;
  /// It as a line of JSON, as a phone sends it.
  std::string json(std::int64_t key) const;
  std::string citizen_number(int person) const;

 private:
  const int people_;
  std::vector<std::string> answers_;
};

}  // namespace tanfang::county
