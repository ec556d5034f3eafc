// Rows of `statements`: what was said of a person, by whom and when, as it was said.
#pragma once

#include <functional>
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
/// The whole history of one file under another, as it was recorded; `reseal` brings encrypted values to the new file.
void copy_statements(db::Session& session, const PersonKey& from, const PersonKey& to,
                     const std::function<std::string(const std::string& sealed)>& reseal);
/// In the order in which they were recorded.
std::vector<StatementRecord> load_statements(db::Session& session, const PersonKey& key);
/// Those behind `after`.
std::vector<StatementRecord> load_statements(db::Session& session, const PersonKey& key, Id after, int limit);
bool has_statement(db::Session& session, const PersonKey& key, Id statement);
/// What this speaker said last of the person; empty where nothing.
FactValues load_last_said(db::Session& session, const PersonKey& key, Source source, std::string_view speaker);

}  // namespace tanfang::registry
