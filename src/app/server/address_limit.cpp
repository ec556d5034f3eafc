#include "app/server/address_limit.h"

namespace tanfang::app::server {

std::int64_t AddressLimit::wait_of(const std::string& address, Instant now) {
  constexpr std::int64_t kMinute = 60'000;
  std::lock_guard lock(mutex_);
  if (now.milliseconds / kMinute != minute_) {
    minute_ = now.milliseconds / kMinute;
    counts_.clear();
  }
  if (++counts_[address] <= a_minute_) return 0;
  return 60 - now.milliseconds % kMinute / 1000;
}

}  // namespace tanfang::app::server
