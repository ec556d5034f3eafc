// The schemes, policies and forms that the commands work with.
#pragma once

#include "app/command_line.h"
#include "forms/forms.h"
#include "planning/planning.h"
#include "registry/registry.h"
#include "visits/visits.h"

namespace tanfang::app {

/// Made once a command, of all schemes it knows.
struct Ground {
  explicit Ground(Surroundings& surroundings)
      : classifier(surroundings.shipped(), surroundings.further_schemes()), policies(classifier) {}

  registry::Classifier classifier;
  planning::Policies policies;
};

/// The same with their forms.
struct VisitsGround {
  explicit VisitsGround(Surroundings& surroundings);

  Ground ground;
  forms::Catalog forms;
  visits::Ground visits{ground.classifier, ground.policies, forms};
};

/// A date given on the command line as YYYY-MM-DD. Throws a usage error naming `option`.
Date parse_day(const std::string& option, const std::string& text);
/// An id as the program prints it. Throws a usage error naming `option`.
Id parse_id_option(const std::string& option, const std::string& text);

}  // namespace tanfang::app
