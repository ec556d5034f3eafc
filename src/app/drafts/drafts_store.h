// Rows of scheme_drafts and scheme_draft_files.
#pragma once

#include "app/drafts/drafts.h"

namespace tanfang::app::drafts::store {

void insert_draft(db::Session& session, const Draft& draft);
void update_draft(db::Session& session, const Draft& draft);
/// With its files and what was simulated.
void delete_draft(db::Session& session, const std::string& county, Id draft);
std::optional<Draft> find_draft(db::Session& session, const std::string& county, Id draft);
std::vector<Draft> load_drafts(db::Session& session, const std::string& county);
void put_file(db::Session& session, const std::string& county, Id draft, const std::string& path,
              const std::string& content);
void delete_file(db::Session& session, const std::string& county, Id draft, const std::string& path);
Files load_files(db::Session& session, const std::string& county, Id draft);

}  // namespace tanfang::app::drafts::store
