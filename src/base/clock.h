// Where the time comes from: passed in, never asked of the system outside platform.
#pragma once

#include "base/date.h"

namespace tanfang {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// Stands still until it is moved: for tests, scenarios and `--now`.
class FixedClock : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

}  // namespace tanfang
