// The plan as JSON objects, as commands print it and the interface answers it.
#pragma once

#include <boost/json/fwd.hpp>
#include <set>
#include <string>

#include "app/json/obligation_words.h"
#include "planning/planning.h"

namespace tanfang::app {

/// With the name masked.
boost::json::object to_json(const planning::PlannedVisit& planned);
/// The same with what is owed in words and the clause: `label_text`, `label_text_en`, `clause` (null where none is
/// known).
boost::json::object to_json(const planning::PlannedVisit& planned, const ObligationWords& words);
boost::json::object to_json(const planning::ExtraRound& round);
boost::json::object to_json(const planning::EpidemicDeclaration& declaration);
boost::json::object to_json(const planning::FestivalRound& round);
boost::json::object to_json(const planning::Visitor& visitor);
boost::json::object to_json(const planning::AssignedPerson& person);
/// Changes are summed by village; those of `villages` are told one by one too.
boost::json::object to_json(const planning::Proposal& proposal, const std::set<std::string>& villages);

}  // namespace tanfang::app
