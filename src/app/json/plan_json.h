// The plan as JSON objects, as commands print it and the interface answers it.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <string>
#include <utility>

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
/// `visitors`: of the county, by id, to name who makes the visits.
boost::json::object to_json(const planning::AssignedPerson& person, const std::map<Id, planning::Visitor>& visitors);

/// What of a proposal is told at once.
struct ProposalPart {
  std::string within;                     // a county's towns are told in sums, a town's villages
  std::size_t people = 0;                 // at most so many changes are told one by one
  std::pair<std::string, Id> after = {};  // village and person behind whom they begin
};
boost::json::object to_json(const planning::Proposal& proposal, const ProposalPart& told,
                            const std::map<Id, planning::Visitor>& visitors);

}  // namespace tanfang::app
