#include "app/drafts/simulations.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>

#include "app/drafts/drafts_problems.h"
#include "app/drafts/simulations_store.h"
#include "registry/registry.h"

namespace tanfang::app::drafts {
namespace {

namespace js = boost::json;

const schemes::Scheme* scheme_of(const registry::CountyPolicy& policy, const std::string& county, const Draft& draft,
                                 const std::string& folder, Date on) {
  for (const schemes::Scheme* scheme : policy.in_force(county, on)) {
    if (scheme->id == draft.scheme && scheme->folder == folder) return scheme;
  }
  return nullptr;
}

js::object pair_json(const planning::BeforeAfter& pair) { return {{"before", pair.before}, {"after", pair.after}}; }

/// Without anything of a person: figures only.
js::object figures_json(const planning::Simulation& simulation, const std::optional<planning::VisitorNeed>& need) {
  js::object kinds;
  for (const auto& [kind, people] : simulation.kinds()) kinds[kind] = people;
  js::array tiers;
  for (const auto& [tier, people] : simulation.tiers()) {
    js::object made = pair_json(people);
    made["tier"] = tier;
    tiers.push_back(std::move(made));
  }
  planning::BeforeAfter all;
  js::array villages;
  for (const auto& [village, visits] : simulation.villages()) {
    all.before += visits.before;
    all.after += visits.after;
    js::object made = pair_json(visits);
    made["area"] = village;
    villages.push_back(std::move(made));
  }
  js::object visits = pair_json(all);
  visits["first_day"] = simulation.first_day().iso();
  visits["last_day"] = simulation.last_day().iso();
  visits["villages"] = std::move(villages);
  js::object made{{"people", simulation.people()},
                  {"kinds", std::move(kinds)},
                  {"tiers", std::move(tiers)},
                  {"visits", std::move(visits)},
                  {"visitors", nullptr}};
  if (need) {
    made["visitors"] = js::object{{"visitors", need->visitors},
                                  {"capacity", need->capacity},
                                  {"uncovered", pair_json(need->uncovered)},
                                  {"shortage", pair_json(need->shortage)}};
  }
  return made;
}

/// One simulation on its way.
class Working {
 public:
  Working(const jobs::Run& run, const Shelves& shelves, Simulation simulation)
      : run_(run), shelves_(shelves), simulation_(std::move(simulation)) {}

  /// False where it was dropped or asked for anew meanwhile.
  bool work_out() {
    Draft draft;
    Files files;
    read([&](db::Session& session) {
      draft = load_draft(session, simulation_.county, simulation_.draft);
      files = load_files(session, simulation_.county, simulation_.draft);
    });
    simulation_.digest = draft.digest;
    if (!write([&](db::Session& session) { return store::begin_simulation(session, simulation_); })) return false;
    std::optional<planning::Simulation> looking;
    read([&](db::Session& session) {
      auto before = run_.ground.classifier.policy_of(session, simulation_.county);
      auto after = policy_with_draft(session, shelves_, draft, files);
      looking.emplace(session, run_.ground.policies, simulation_.county, before, after, simulation_.on);
    });
    if (!look_through(*looking)) return false;
    std::optional<planning::VisitorNeed> need;
    read([&](db::Session& session) { need = looking->visitors(session); });
    return end("done", js::serialize(figures_json(*looking, need)));
  }

  bool end(const std::string& state, const std::string& result) {
    simulation_.state = state;
    simulation_.result = result;
    simulation_.ended_at = run_.now();
    return write([&](db::Session& session) { return store::end_simulation(session, simulation_); });
  }

 private:
  void read(const std::function<void(db::Session&)>& look) { run_.ground.database.read(look); }
  /// What is worked out is nobody's change: asking for it stands in the trail.
  bool write(const std::function<bool(db::Session&)>& change) {
    bool still = false;
    run_.ground.database.write([&](db::Session& session) { still = change(session); });
    return still;
  }

  bool look_through(planning::Simulation& looking) {
    for (bool more = true; more;) {
      run_.step();
      std::vector<planning::SimulatedChange> changes;
      read([&](db::Session& session) { more = looking.next(session, changes); });
      simulation_.people = looking.people();
      bool wanted = write([&](db::Session& session) {
        if (!store::note_people(session, simulation_)) return false;
        store::insert_changes(session, simulation_, changes);
        return true;
      });
      if (!wanted) return false;
    }
    return true;
  }

  const jobs::Run& run_;
  const Shelves& shelves_;
  Simulation simulation_;
};

/// The draft's files must lie in `folder`.
std::shared_ptr<const registry::CountyPolicy> policy_beside(db::Session& session, const Shelves& shelves,
                                                            const Draft& draft, const files::TextFolder& folder) {
  return registry::trial_policy(session, shelves.shipped, shelves.folders, {folder.path()}, draft.county);
}

}  // namespace

std::shared_ptr<const registry::CountyPolicy> policy_with_draft(db::Session& session, const Shelves& shelves,
                                                                const Draft& draft, const Files& texts) {
  files::TextFolder folder(shelves.scratch, draft.scheme, texts);
  return policy_beside(session, shelves, draft, folder);
}

Date simulation_day(db::Session& session, const Shelves& shelves, const Draft& draft, const Files& texts,
                    const std::optional<Date>& asked, Date today) {
  files::TextFolder folder(shelves.scratch, draft.scheme, texts);
  auto policy = policy_beside(session, shelves, draft, folder);
  std::optional<Date> begins;
  for (const auto& scheme : policy->schemes().all()) {
    if (scheme->folder == folder.path() && scheme->id == draft.scheme) begins = scheme->in_force;
  }
  bool blocked = std::any_of(
      policy->schemes().mistakes().begin(), policy->schemes().mistakes().end(),
      [&](const schemes::SchemeMistake& mistake) { return mistake.blocks && mistake.file.starts_with(folder.path()); });
  if (!begins || blocked) throw problems::draft_invalid();
  Date on = asked.value_or(std::max(today, *begins));
  if (!scheme_of(*policy, draft.county, draft, folder.path(), on)) throw problems::not_in_force(on.iso());
  return on;
}

Simulation ask_simulation(audit::Work& work, const Draft& draft, Date on) {
  Simulation simulation;
  simulation.county = draft.county;
  simulation.draft = draft.id;
  simulation.digest = draft.digest;
  simulation.on = on;
  simulation.state = "waiting";
  simulation.asked_at = work.now;
  simulation.asked_by = work.actor;
  load_draft(work.session, draft.county, draft.id);
  store::put_simulation(work.session, simulation);
  work.record({draft.county, "scheme_simulation_asked", "scheme_draft:" + format_id(draft.id),
               fmt::format(R"({{"digest":"{}","on":"{}"}})", draft.digest, on.iso())});
  jobs::ask_job(work, kSimulateJob, "");
  return simulation;
}

void drop_simulation(audit::Work& work, const std::string& county, Id draft) {
  load_simulation(work.session, county, draft);
  store::delete_simulation(work.session, county, draft);
  work.record({county, "scheme_simulation_dropped", "scheme_draft:" + format_id(draft), "{}"});
}

Simulation load_simulation(db::Session& session, const std::string& county, Id draft) {
  auto found = store::find_simulation(session, county, draft);
  if (!found) throw problems::simulation_unknown();
  return *found;
}

std::vector<SimulatedVillage> villages_of(const Simulation& simulation) {
  std::vector<SimulatedVillage> villages;
  if (simulation.state != "done") return villages;
  js::value result = js::parse(simulation.result);
  for (const js::value& each : result.at("visits").at("villages").as_array()) {
    villages.push_back(
        {std::string(each.at("area").as_string()), {each.at("before").as_int64(), each.at("after").as_int64()}});
  }
  // They are kept by code. Among equal changes the larger number comes first.
  auto rank = [](const SimulatedVillage& village) {
    return std::pair(-std::abs(village.visits.after - village.visits.before), -village.visits.after);
  };
  std::stable_sort(villages.begin(), villages.end(),
                   [&](const auto& left, const auto& right) { return rank(left) < rank(right); });
  return villages;
}

std::vector<planning::SimulatedChange> list_changes(db::Session& session, const std::string& county, Id draft,
                                                    const ChangeFilter& filter) {
  return store::load_changes(session, county, draft, filter);
}

std::string simulate_waiting(const jobs::Run& run, const Shelves& shelves) {
  std::vector<Simulation> waiting;
  run.ground.database.read([&](db::Session& session) { waiting = store::load_unfinished(session); });
  int done = 0;
  for (const Simulation& simulation : waiting) {
    Working working(run, shelves, simulation);
    try {
      done += working.work_out();
    } catch (const Problem& problem) {
      working.end("failed", js::serialize(js::object{
                                {"code", problem.code}, {"text", problem.text.zh}, {"text_en", problem.text.en}}));
    }
  }
  return fmt::format("simulations={} done={}", waiting.size(), done);
}

}  // namespace tanfang::app::drafts
