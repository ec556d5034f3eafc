// The only place that asks the system for the time.
#pragma once

#include "base/clock.h"

namespace tanfang {

class SystemClock : public Clock {
 public:
  Instant now() const override;
};

}  // namespace tanfang
