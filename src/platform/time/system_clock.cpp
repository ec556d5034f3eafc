#include "platform/time/system_clock.h"

#include <chrono>

namespace tanfang {

Instant SystemClock::now() const {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace tanfang
