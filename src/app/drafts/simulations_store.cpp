#include "app/drafts/simulations_store.h"

namespace tanfang::app::drafts::store {
namespace {

Simulation read_simulation(const db::Row& row) {
  Simulation simulation;
  simulation.county = row.string(0);
  simulation.draft = row.id(1);
  simulation.digest = row.string(2);
  simulation.on = row.date(3);
  simulation.state = row.string(4);
  simulation.asked_at = row.instant(5);
  simulation.asked_by = row.string(6);
  if (!row.is_null(7)) simulation.ended_at = row.instant(7);
  simulation.people = row.integer(8);
  simulation.result = row.string(9);
  return simulation;
}

}  // namespace

void put_simulation(db::Session& session, const Simulation& simulation) {
  delete_simulation(session, simulation.county, simulation.draft);
  std::string on = simulation.on.iso();
  session.execute(
      "insert into scheme_simulations (county, draft, digest, on_day, state, asked_at, asked_by, people, result) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {simulation.county, simulation.draft, simulation.digest, on, simulation.state, simulation.asked_at,
       simulation.asked_by, simulation.people, simulation.result});
}

void delete_simulation(db::Session& session, const std::string& county, Id draft) {
  session.execute("delete from scheme_simulation_people where county = $1 and draft = $2", {county, draft});
  session.execute("delete from scheme_simulations where county = $1 and draft = $2", {county, draft});
}

std::optional<Simulation> find_simulation(db::Session& session, const std::string& county, Id draft) {
  return session.first(
      "select county, draft, digest, on_day, state, asked_at, asked_by, ended_at, people, result "
      "from scheme_simulations where county = $1 and draft = $2",
      {county, draft}, read_simulation);
}

std::vector<Simulation> load_unfinished(db::Session& session) {
  return session.all(
      "select county, draft, digest, on_day, state, asked_at, asked_by, ended_at, people, result "
      "from scheme_simulations where state in ('waiting', 'running') order by asked_at, county, draft",
      {}, read_simulation);
}

bool begin_simulation(db::Session& session, const Simulation& simulation) {
  session.execute("delete from scheme_simulation_people where county = $1 and draft = $2",
                  {simulation.county, simulation.draft});
  return session.execute(
             "update scheme_simulations set state = 'running', people = 0, digest = $4 "
             "where county = $1 and draft = $2 and asked_at = $3",
             {simulation.county, simulation.draft, simulation.asked_at, simulation.digest}) > 0;
}

bool note_people(db::Session& session, const Simulation& simulation) {
  return session.execute(
             "update scheme_simulations set people = $4 "
             "where county = $1 and draft = $2 and asked_at = $3 and state = 'running'",
             {simulation.county, simulation.draft, simulation.asked_at, simulation.people}) > 0;
}

bool end_simulation(db::Session& session, const Simulation& simulation) {
  return session.execute(
             "update scheme_simulations set state = $4, ended_at = $5, people = $6, result = $7 "
             "where county = $1 and draft = $2 and asked_at = $3 and state = 'running'",
             {simulation.county, simulation.draft, simulation.asked_at, simulation.state, simulation.ended_at,
              simulation.people, simulation.result}) > 0;
}

void insert_changes(db::Session& session, const Simulation& simulation,
                    const std::vector<planning::SimulatedChange>& changes) {
  session.execute_many(
      "insert into scheme_simulation_people (county, draft, area, person, kind, eligible_before, tier_before, "
      "eligible_after, tier_after) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      changes.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const planning::SimulatedChange& change = changes[i];
        out.insert(out.end(), {simulation.county, simulation.draft, change.area, change.person, change.kind,
                               change.before.eligible, change.before.tier, change.after.eligible, change.after.tier});
      });
}

std::vector<planning::SimulatedChange> load_changes(db::Session& session, const std::string& county, Id draft,
                                                    const ChangeFilter& filter) {
  std::string end = filter.area + ":";  // behind every code that begins with the area
  return session.all(
      "select person, area, kind, eligible_before, tier_before, eligible_after, tier_after "
      "from scheme_simulation_people where county = $1 and draft = $2 and area >= $3 and area < $4 "
      "and (area, person) > ($5, $6) and ($7 = '' or kind = $7) order by area, person limit $8",
      {county, draft, filter.area, end, filter.after_area, filter.after, filter.kind, filter.limit},
      [](const db::Row& row) {
        return planning::SimulatedChange{
            row.id(0), row.string(1), row.string(2), {row.string(3), row.string(4)}, {row.string(5), row.string(6)}};
      });
}

}  // namespace tanfang::app::drafts::store
