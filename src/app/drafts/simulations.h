// What a draft would change for a county's people: asked for, worked out in the background, kept with the draft.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/drafts/drafts.h"
#include "app/jobs/jobs.h"
#include "planning/planning.h"
#include "platform/files/text_folder.h"

namespace tanfang::app::drafts {

/// The kind of job that works simulations out.
inline const std::string kSimulateJob = "simulate";

struct Simulation {
  std::string county;
  Id draft;
  std::string digest;  // of the files it was worked out for
  Date on;             // the day for which verdicts are compared
  std::string state;   // waiting, running, done, failed
  Instant asked_at;
  std::string asked_by;
  std::optional<Instant> ended_at;
  std::int64_t people = 0;  // looked at so far
  std::string result;       // JSON: of one done its figures, of one failed its problem; else empty
};

/// The schemes that are known beside drafts: the shipped ones and the deployment's own folders.
struct Shelves {
  std::string shipped;
  std::vector<std::string> folders;
  std::string scratch;  // where folders may be made
};

/// The policy of the county with the draft beside the schemes that are known.
std::shared_ptr<const registry::CountyPolicy> policy_with_draft(db::Session& session, const Shelves& shelves,
                                                                const Draft& draft, const Files& files);
/// The day for which a draft is compared: the one asked for, or the first from `today` on which it would hold. Throws
/// Problem `draft.invalid` where its scheme cannot be used, `simulation.not_in_force` where it would not hold that day.
Date simulation_day(db::Session& session, const Shelves& shelves, const Draft& draft, const Files& files,
                    const std::optional<Date>& asked, Date today);

/// Asks for it, in place of the one there is. Records `scheme_simulation_asked` and that the job is asked for. Throws
/// Problem `draft.unknown`.
Simulation ask_simulation(audit::Work& work, const Draft& draft, Date on);
/// Forgets it; one that runs ends at its next step. Records `scheme_simulation_dropped`. Throws Problem
/// `simulation.unknown`.
void drop_simulation(audit::Work& work, const std::string& county, Id draft);
/// Throws Problem `simulation.unknown`.
Simulation load_simulation(db::Session& session, const std::string& county, Id draft);

struct SimulatedVillage {
  std::string area;
  planning::BeforeAfter visits;  // owed in the twelve months
};
/// Those that change most first; none before it is done.
std::vector<SimulatedVillage> villages_of(const Simulation& simulation);

struct ChangeFilter {
  std::string area;  // the county, or a town or village of it
  std::string kind;  // empty: all
  std::string after_area;
  Id after{0};
  int limit = 50;
};
/// By area and person.
std::vector<planning::SimulatedChange> list_changes(db::Session& session, const std::string& county, Id draft,
                                                    const ChangeFilter& filter);

/// The job: all that wait, the oldest first, in pages with a transaction each.
std::string simulate_waiting(const jobs::Run& run, const Shelves& shelves);

}  // namespace tanfang::app::drafts
