#include "app/drafts/publications.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/drafts/drafts_problems.h"
#include "app/drafts/publications_store.h"
#include "registry/registry.h"

namespace tanfang::app::drafts {
namespace {

/// What records are drawn and checked by.
Files forms_of(const Files& files) {
  Files forms;
  for (const auto& [path, text] : files) {
    if (path.starts_with("forms/") || path == "indicators.toml") forms.emplace(path, text);
  }
  return forms;
}

/// The forms that every process read at its start for a scheme of this id.
Files known_forms(const Shelves& shelves, const std::string& id) {
  schemes::SchemeSet known = schemes::SchemeSet::load(shelves.shipped, shelves.folders);
  Files forms;
  for (const auto& scheme : known.all()) {
    if (scheme->id == id) forms = forms_of(files_of_folder(scheme->folder));
  }
  return forms;
}

void record(audit::Work& work, const char* kind, const Publication& publication) {
  work.record({publication.county, kind, "scheme_draft:" + format_id(publication.draft),
               fmt::format(R"({{"digest":"{}","in_force":"{}"}})", publication.digest, publication.in_force.iso())});
}

Publication asked_of(db::Session& session, const Draft& draft) {
  auto found = store::find_publication(session, draft.county, draft.id);
  if (!found || found->state != "asked") throw problems::publication_unknown();
  return *found;
}

Publication decide(audit::Work& work, Publication publication, const std::string& state, const std::string& reason) {
  publication.state = state;
  publication.decided_at = work.now;
  publication.decided_by = work.actor;
  publication.reason = reason;
  store::put_publication(work.session, publication);
  return publication;
}

}  // namespace

void require_publishable(db::Session& session, const Shelves& shelves, const Draft& draft, const Files& files,
                         Date in_force, Date today) {
  if (in_force <= today) throw problems::publication_date();
  files::TextFolder folder(shelves.scratch, draft.scheme, files);
  auto policy = registry::trial_policy(session, shelves.shipped, shelves.folders, {folder.path()}, draft.county);
  bool bound = false;
  for (const auto& scheme : policy->schemes().all()) {
    if (scheme->folder != folder.path()) continue;
    // A second version, or another scheme, would change what held before.
    if (scheme->id != draft.scheme || scheme->national_floor) throw problems::draft_invalid();
    if (scheme->in_force != in_force) throw problems::publication_date();
    bound = true;
  }
  if (!bound) throw problems::draft_invalid();
  simulation_day(session, shelves, draft, files, in_force, today);
  if (forms_of(files) != known_forms(shelves, draft.scheme)) throw problems::publication_forms();
}

Publication ask_publication(audit::Work& work, const Draft& draft, Date in_force) {
  require_open(work.session, draft.county, draft.id);
  Publication publication;
  publication.county = draft.county;
  publication.draft = draft.id;
  publication.digest = draft.digest;
  publication.in_force = in_force;
  publication.state = "asked";
  publication.asked_at = work.now;
  publication.asked_by = work.actor;
  store::put_publication(work.session, publication);
  record(work, "scheme_publication_asked", publication);
  return publication;
}

Publication approve_publication(audit::Work& work, const Draft& draft, const Files& files) {
  Publication publication = asked_of(work.session, draft);
  if (publication.asked_by == work.actor) throw problems::same_account();
  registry::publish_scheme(work, {draft.county, draft.scheme, publication.in_force, draft.digest, work.now,
                                  publication.asked_by, work.actor, files});
  publication = decide(work, std::move(publication), "published", "");
  jobs::ask_job(work, "classify", draft.county);
  return publication;
}

Publication reject_publication(audit::Work& work, const Draft& draft, const std::string& reason) {
  Publication publication = decide(work, asked_of(work.session, draft), "rejected", reason);
  record(work, "scheme_publication_rejected", publication);
  return publication;
}

std::optional<Publication> find_publication(db::Session& session, const std::string& county, Id draft) {
  return store::find_publication(session, county, draft);
}

void require_open(db::Session& session, const std::string& county, Id draft) {
  auto publication = store::find_publication(session, county, draft);
  if (publication && publication->state != "rejected") throw problems::draft_frozen();
}

}  // namespace tanfang::app::drafts
