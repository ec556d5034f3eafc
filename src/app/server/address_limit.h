// How many requests one address may send in a minute.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/date.h"

namespace tanfang::app::server {

/// Counts by address, forgets every minute. Safe to use from many threads.
class AddressLimit {
 public:
  explicit AddressLimit(std::int64_t a_minute) : a_minute_(a_minute) {}
  /// Seconds to wait, or 0 where the request may pass.
  std::int64_t wait_of(const std::string& address, Instant now);
  /// Likewise, without counting: seconds to wait where ten times as many came as may, or 0.
  std::int64_t wait_of_flood(const std::string& address, Instant now);

 private:
  void begin_minute(Instant now);

  const std::int64_t a_minute_;
  std::mutex mutex_;
  std::int64_t minute_ = 0;
  std::unordered_map<std::string, std::int64_t> counts_;
};

}  // namespace tanfang::app::server
