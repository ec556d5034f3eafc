// The plan as JSON objects, as commands print it and the interface answers it.
#pragma once

#include <boost/json/fwd.hpp>

#include "planning/planning.h"

namespace tanfang::app {

/// With the name masked.
boost::json::object to_json(const planning::PlannedVisit& planned);
boost::json::object to_json(const planning::ExtraRound& round);
boost::json::object to_json(const planning::EpidemicDeclaration& declaration);
boost::json::object to_json(const planning::FestivalRound& round);
boost::json::object to_json(const planning::Visitor& visitor);
boost::json::object to_json(const planning::AssignedPerson& person);
boost::json::object to_json(const planning::Proposal& proposal);

}  // namespace tanfang::app
