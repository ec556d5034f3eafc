// Rows of published_schemes and published_scheme_files.
#pragma once

#include "registry/publication.h"

namespace tanfang::registry::store {

void insert_published(db::Session& session, const PublishedScheme& published);
/// Without files, by scheme and day in force.
std::vector<PublishedScheme> load_published(db::Session& session, std::string_view county);
void load_files(db::Session& session, PublishedScheme& published);

}  // namespace tanfang::registry::store
