// Rows of `imported_people` and `imported_transfers`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/db/database.h"
#include "registry/imports.h"

namespace tanfang::registry {

/// What an import wrote of a person.
struct ImportedRow {
  Id person;
  Id statement;        // zero: it said nothing new
  std::string former;  // the file before, encrypted; empty where the import registered it
};
/// `last_id`: no id was given out later before all of it was written.
void insert_imported(db::Session& session, std::string_view county, Id import, Id last_id,
                     std::span<const ImportedRow> rows);
std::optional<ImportedRow> find_imported(db::Session& session, std::string_view county, Id import, Id person);

/// A proposal that an import made (`proposed`) or found open.
struct ImportedTransfer {
  std::string holder;
  Id transfer;
  bool proposed = false;
};
void insert_imported_transfers(db::Session& session, std::string_view county, Id import,
                               std::span<const ImportedTransfer> rows);
/// The open ones that it made, with the person of each; those that another import repeated become that one's.
std::vector<std::pair<ImportedTransfer, Id>> take_imported_transfers(db::Session& session, const std::string& county,
                                                                     Id import);
void delete_transfer(db::Session& session, const std::string& holder, Id transfer);

void delete_statement(db::Session& session, const PersonKey& key, Id statement);
struct NumberedPerson {
  Id person;
  std::string hash;  // of the citizen number
};
/// The files and every row of the registry that belongs to one on which nothing was built.
void delete_files(db::Session& session, std::string_view county, const std::vector<NumberedPerson>& people);

}  // namespace tanfang::registry
