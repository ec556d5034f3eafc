#include "ledgers/mapping.h"

#include <boost/json.hpp>

#include "base/area_code.h"
#include "ledgers/fields.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/own_facts.h"
#include "ledgers/plain_words.h"
#include "platform/files/files.h"
#include "platform/toml/toml.h"

namespace tanfang::ledgers {
namespace {

using toml::Kind;
using toml::Node;

const std::string& string_of(const Node& node) {
  if (node.kind != Kind::string) throw problems::mapping_malformed(node.line, "a text in quotes is expected");
  return node.string;
}

const Node& table_of(const Node& node) {
  if (node.kind != Kind::table) throw problems::mapping_malformed(node.line, "a table is expected");
  return node;
}

void read_columns(const Node& table, const schemes::Vocabulary& vocabulary, Mapping& mapping) {
  auto own = own_facts(vocabulary, nullptr);
  for (const auto& [heading, node] : table_of(table).members) {
    Column column;
    if (!parse_target(string_of(node), column) && find_own(own, node.string) == nullptr)
      throw problems::mapping_unknown_field(node.line, node.string);
    if (plain_value(heading).empty()) throw problems::mapping_malformed(node.line, "a heading is empty");
    mapping.columns[heading] = node.string;
  }
}

void read_values(const Node& table, Mapping& mapping) {
  for (const auto& [heading, words] : table_of(table).members) {
    for (const auto& [word, node] : table_of(words).members) {
      std::string text = node.kind == Kind::boolean   ? (node.boolean ? "true" : "false")
                         : node.kind == Kind::integer ? std::to_string(node.integer)
                                                      : string_of(node);
      mapping.values[heading][word] = text;
    }
  }
}

boost::json::value json_of(const Node& node) {
  switch (node.kind) {
    case Kind::string:
      return boost::json::value(node.string);
    case Kind::integer:
      return boost::json::value(node.integer);
    case Kind::boolean:
      return boost::json::value(node.boolean);
    case Kind::date:
      return boost::json::value(node.date.iso());
    case Kind::real:
      break;
    case Kind::array: {
      boost::json::array list;
      for (const Node& item : node.items) list.push_back(json_of(item));
      return list;
    }
    case Kind::table: {
      boost::json::object object;
      for (const auto& [key, member] : node.members) object[key] = json_of(member);
      return object;
    }
  }
  throw problems::mapping_malformed(node.line, "a number with decimals cannot stand here");
}

void read_constants(const Node& table, const schemes::Vocabulary& vocabulary, Mapping& mapping) {
  for (const auto& [fact, node] : table_of(table).members) {
    if (fact == "residence_area") {
      if (!is_area_code(string_of(node)) || node.string.size() != 12) {
        throw problems::mapping_bad_value(node.line, fact, "12 digits");
      }
      mapping.residence_area = node.string;
      continue;
    }
    boost::json::value value = json_of(node);
    auto problem = schemes::validate_fact(vocabulary, fact, value);
    if (problem && problem->code == "fact.unknown") throw problems::mapping_unknown_field(node.line, fact);
    if (problem) throw problems::mapping_bad_value(node.line, fact, problem->text.zh);
    mapping.constants.push_back({fact, boost::json::serialize(value)});
  }
}

}  // namespace

Mapping read_mapping(std::string_view toml_text, const schemes::Vocabulary& vocabulary) {
  toml::Mistake mistake;
  auto root = toml::parse(toml_text, mistake);
  if (!root) throw problems::mapping_malformed(mistake.line, mistake.text);
  Mapping mapping;
  for (const auto& [key, node] : root->members) {
    if (key == "columns") {
      read_columns(node, vocabulary, mapping);
    } else if (key == "values") {
      read_values(node, mapping);
    } else if (key == "constants") {
      read_constants(node, vocabulary, mapping);
    } else if (key == "sheet") {
      mapping.sheet = string_of(node);
    } else if (key == "heading_row") {
      if (node.kind != Kind::integer || node.integer < 1 || node.integer > 40) {
        throw problems::mapping_bad_value(node.line, key, "1-40");
      }
      mapping.heading_row = static_cast<int>(node.integer);
    } else {
      throw problems::mapping_unknown_field(node.line, key);
    }
  }
  return mapping;
}

Mapping read_mapping_file(const std::string& path, const schemes::Vocabulary& vocabulary) {
  constexpr std::size_t kMost = 1u << 20;
  std::string text;
  try {
    text = files::read_whole(path, kMost);
  } catch (const Failure&) {
    throw problems::mapping_unreadable();
  }
  return read_mapping(text, vocabulary);
}

Mapping merged(Mapping corrections, const Mapping& earlier) {
  corrections.remembered = earlier.columns;
  for (const auto& [heading, words] : earlier.values) corrections.values[heading].insert(words.begin(), words.end());
  return corrections;
}

}  // namespace tanfang::ledgers
