// Drafts of schemes: their routes, and what other routes about drafts need.
#pragma once

#include <memory>
#include <string>

#include "app/drafts/publications.h"
#include "app/server/api.h"

namespace tanfang::app::server {

/// The county whose drafts the caller writes. Throws Problem `request.invalid` where they work above counties.
std::string draft_county(const Call& call);
/// The id of the path; one that no draft has where it is none.
Id draft_asked(const Call& call);

/// The tag of what the draft's files are now.
std::string draft_tag(const drafts::Draft& draft);
drafts::Shelves draft_shelves(const Call& call);
/// The schemes that are known where the caller works: with what their county published.
std::shared_ptr<const schemes::SchemeSet> known_schemes(const Call& call);

void add_draft_routes(Api& api);
/// What a draft would change for the county's people.
void add_simulation_routes(Api& api);

/// That a draft comes into force.
void add_publication_routes(Api& api);

}  // namespace tanfang::app::server
