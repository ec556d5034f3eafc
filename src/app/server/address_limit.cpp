#include "app/server/address_limit.h"

namespace tanfang::app::server {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kFlood = 10;  // times what may pass

std::int64_t left_of_minute(Instant now) { return 60 - now.milliseconds % kMinute / 1000; }

}  // namespace

void AddressLimit::begin_minute(Instant now) {
  if (now.milliseconds / kMinute == minute_) return;
  minute_ = now.milliseconds / kMinute;
  counts_.clear();
}

std::int64_t AddressLimit::wait_of(const std::string& address, Instant now) {
  std::lock_guard lock(mutex_);
  begin_minute(now);
  return ++counts_[address] <= a_minute_ ? 0 : left_of_minute(now);
}

std::int64_t AddressLimit::wait_of_flood(const std::string& address, Instant now) {
  std::lock_guard lock(mutex_);
  begin_minute(now);
  auto found = counts_.find(address);
  return found == counts_.end() || found->second < kFlood * a_minute_ ? 0 : left_of_minute(now);
}

}  // namespace tanfang::app::server
