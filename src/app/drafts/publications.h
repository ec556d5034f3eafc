// A draft comes into force: one account asks, another approves, and only then is it one of the county's schemes.
#pragma once

#include <optional>
#include <string>

#include "app/drafts/simulations.h"

namespace tanfang::app::drafts {

struct Publication {
  std::string county;
  Id draft;
  std::string digest;  // of the files that shall come into force
  Date in_force;
  std::string state;  // asked, published, rejected
  Instant asked_at;
  std::string asked_by;  // as the trail names who acts
  std::optional<Instant> decided_at;
  std::string decided_by;
  std::string reason;  // of a rejection
};

/// What must be so that a draft may come into force on `in_force`: one version that begins that day, later than
/// `today`, binding the county and not as the national floor, with the forms of the scheme known under its id. Throws
/// Problem `draft.invalid`, `publication.date`, `publication.forms`, `simulation.not_in_force`.
void require_publishable(db::Session& session, const Shelves& shelves, const Draft& draft, const Files& files,
                         Date in_force, Date today);

/// From now on the draft's files are frozen. Records `scheme_publication_asked`. Throws Problem `draft.frozen`.
Publication ask_publication(audit::Work& work, const Draft& draft, Date in_force);
/// By somebody else than who asked. The draft is one of the county's schemes from now on, and the night's work is asked
/// for. Records `scheme_published`. Throws Problem `publication.unknown`, `publication.same_account`,
/// `scheme.published`.
Publication approve_publication(audit::Work& work, const Draft& draft, const Files& files);
/// By anybody who may; the files can be changed again. Records `scheme_publication_rejected`. Throws Problem
/// `publication.unknown`.
Publication reject_publication(audit::Work& work, const Draft& draft, const std::string& reason);

std::optional<Publication> find_publication(db::Session& session, const std::string& county, Id draft);
/// Throws Problem `draft.frozen` where the draft waits for approval or is published.
void require_open(db::Session& session, const std::string& county, Id draft);

}  // namespace tanfang::app::drafts
