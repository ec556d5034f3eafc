// The documents behind schemes, as counties attached them.
#pragma once

#include <optional>
#include <string>

#include "base/date.h"
#include "platform/db/database.h"

namespace tanfang::app::server::store {

struct SchemeDocument {
  Id id;
  std::string hash;
  std::int64_t bytes = 0;
  std::string pages;  // JSON: clause -> page
  Instant put_at;
};

std::optional<SchemeDocument> find_document(db::Session& session, const std::string& county, const std::string& scheme);
/// Encrypted.
std::string load_document(db::Session& session, const std::string& county, Id document);
/// In place of the one that is there; its pages stay.
void put_document(db::Session& session, const std::string& county, const std::string& scheme,
                  const SchemeDocument& document, const std::string& sealed, const std::string& by);
void set_pages(db::Session& session, const std::string& county, Id document, const std::string& pages);
void delete_document(db::Session& session, const std::string& county, Id document);

}  // namespace tanfang::app::server::store
