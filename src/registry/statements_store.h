// Rows of `statements`: what was said of a person, by whom and when, as it was said.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "registry/known_facts.h"
#include "registry/people.h"

namespace tanfang::registry {

struct Statement {
  PersonKey person;
  Origin origin;
  Instant recorded_at;
  FactValues facts;  // as said, in normal form, with name, birth_date, sex and residence_area where said
  /// Names separated by spaces; nullopt for a file's first statement, which made all of it.
  std::optional<std::string> changed;
  std::string replaced;  // the encrypted values that gave way, or empty
};

void insert_statements(db::Session& session, std::span<const Statement> statements, std::string_view actor);
/// In the order in which they were recorded.
std::vector<StatementRecord> load_statements(db::Session& session, const PersonKey& key);
/// What this speaker said last of the person; empty where nothing.
FactValues load_last_said(db::Session& session, const PersonKey& key, Source source, std::string_view speaker);

}  // namespace tanfang::registry
