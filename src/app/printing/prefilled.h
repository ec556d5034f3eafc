// Answers that a form takes from a person's file and a record: the sources of docs/forms.md.
#pragma once

#include <boost/json.hpp>

#include "forms/forms.h"
#include "planning/planning.h"
#include "registry/registry.h"
#include "visits/visits.h"

namespace tanfang::app {

struct Prefilling {
  const registry::Person& person;
  const registry::Classification* verdict = nullptr;  // or none
  std::string town;
  std::string village;
  const visits::Visit* visit = nullptr;  // or none
  int visit_number = 0;                  // 0: not known
  Date today;
  const planning::Visitor* visitor = nullptr;  // as the county's list of visitors has who made the visit, or none
};

/// What the fields of the form are prefilled with; those whose source says nothing are left out.
boost::json::object prefilled(const forms::Form& form, const Prefilling& from);
/// The known facts, as conditions ask for them.
std::map<std::string, std::vector<std::string>> facts_of(const registry::Person& person);

}  // namespace tanfang::app
