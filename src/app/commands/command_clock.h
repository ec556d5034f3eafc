// The time of a command, where a room asks for a clock.
#pragma once

#include "app/command_line.h"
#include "base/clock.h"

namespace tanfang::app {

/// The clock, or `--now`.
class CommandClock : public Clock {
 public:
  explicit CommandClock(const Surroundings& surroundings) : surroundings_(surroundings) {}
  Instant now() const override { return surroundings_.now(); }

 private:
  const Surroundings& surroundings_;
};

}  // namespace tanfang::app
