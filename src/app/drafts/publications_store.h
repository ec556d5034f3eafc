// Rows of scheme_publications.
#pragma once

#include "app/drafts/publications.h"

namespace tanfang::app::drafts::store {

/// In place of the one there is.
void put_publication(db::Session& session, const Publication& publication);
std::optional<Publication> find_publication(db::Session& session, const std::string& county, Id draft);

}  // namespace tanfang::app::drafts::store
