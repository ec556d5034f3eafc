// Failures that come from outside and pass: whoever asks is told to come again, not that the program is broken.
#pragma once

#include "base/problem.h"

namespace tanfang {

class Outage : public Failure {
 public:
  enum class Cause {
    away,      // the database or its disk does not answer, or has no place for one more
    no_space,  // the disk is full
  };
  Outage(Cause cause, std::string text) : Failure(std::move(text)), cause(cause) {}

  Cause cause;
};

}  // namespace tanfang
