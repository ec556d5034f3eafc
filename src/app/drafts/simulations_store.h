// Rows of scheme_simulations and scheme_simulation_people.
#pragma once

#include "app/drafts/simulations.h"

namespace tanfang::app::drafts::store {

/// In place of the one there is, whose people go.
void put_simulation(db::Session& session, const Simulation& simulation);
void delete_simulation(db::Session& session, const std::string& county, Id draft);
std::optional<Simulation> find_simulation(db::Session& session, const std::string& county, Id draft);
/// That wait or run, the oldest first.
std::vector<Simulation> load_unfinished(db::Session& session);

/// False where the simulation is not the one that was asked for then any more.
bool begin_simulation(db::Session& session, const Simulation& simulation);
bool note_people(db::Session& session, const Simulation& simulation);
bool end_simulation(db::Session& session, const Simulation& simulation);

void insert_changes(db::Session& session, const Simulation& simulation,
                    const std::vector<planning::SimulatedChange>& changes);
std::vector<planning::SimulatedChange> load_changes(db::Session& session, const std::string& county, Id draft,
                                                    const ChangeFilter& filter);

}  // namespace tanfang::app::drafts::store
