// The schemes and policies that the planning commands work with.
#pragma once

#include "app/command_line.h"
#include "planning/planning.h"
#include "registry/registry.h"

namespace tanfang::app {

/// Made once a command; refers to the shipped schemes.
struct PlanningGround {
  explicit PlanningGround(Surroundings& surroundings) : classifier(surroundings.shipped()), policies(classifier) {}

  registry::Classifier classifier;
  planning::Policies policies;
};

/// A date given on the command line as YYYY-MM-DD. Throws a usage error naming `option`.
Date parse_day(const std::string& option, const std::string& text);
/// An id as the program prints it. Throws a usage error naming `option`.
Id parse_id_option(const std::string& option, const std::string& text);

}  // namespace tanfang::app
