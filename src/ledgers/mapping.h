// What a person says of a ledger: which column is which, what its words stand for, and what holds for every row.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registry.h"
#include "schemes/schemes.h"

namespace tanfang::ledgers {

/// The corrections of one import. Headings and words are compared in plain form.
struct Mapping {
  std::map<std::string, std::string> columns;                        // heading -> target (`citizen_number`, `ignore`)
  std::map<std::string, std::string> remembered;                     // of earlier imports; may be absent here
  std::map<std::string, std::map<std::string, std::string>> values;  // heading -> word -> value of the fact
  std::vector<registry::FactValue> constants;                        // facts of every row that says nothing of its own
  std::string residence_area;                                        // of every row, 12 digits, or empty
  std::vector<const schemes::FactDeclaration*> own_facts;            // that columns may hold beside the fields
  std::optional<int> heading_row;                                    // the lowest row of the headings
  std::string sheet;
};

/// Reads a mapping file (TOML: tables `columns`, `values.<heading>`, `constants`; keys `heading_row`, `sheet`). Throws
/// Problem `mapping.malformed`, `mapping.unknown_field`, `mapping.bad_value`.
Mapping read_mapping(std::string_view toml_text, const schemes::Vocabulary& vocabulary);

/// The same from a file. Throws Problem `mapping.unreadable` besides.
Mapping read_mapping_file(const std::string& path, const schemes::Vocabulary& vocabulary);

/// `corrections`, and where they say nothing what was corrected before.
Mapping merged(Mapping corrections, const Mapping& earlier);

}  // namespace tanfang::ledgers
