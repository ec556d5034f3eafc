#include "schemes/table.h"

#include <algorithm>

#include "base/text.h"

namespace tanfang::schemes {
namespace {

bool is_id(std::string_view text, bool dashes) {
  if (text.empty() || text.size() > 64 || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (dashes && (c == '-' || c == '.'));
  });
}

}  // namespace

Place Table::place(std::string_view key) const {
  const toml::Node* node = node_.find(key);
  return {file_, node && node->line > 0 ? node->line : node_.line};
}

const toml::Node* Table::find(std::string_view key) {
  asked_.emplace(key);
  return node_.find(key);
}

void Table::wrong_type(std::string_view key, std::string_view zh, std::string_view en) {
  std::string word(key);
  mistakes_.fatal(place(key), name_ + " 的 " + word + " 应为" + std::string(zh),
                  name_ + ": " + word + " must be " + std::string(en));
}

void Table::missing(std::string_view key) {
  std::string word(key);
  mistakes_.fatal(place(), name_ + " 缺少 " + word, name_ + ": " + word + " is missing");
}

std::string Table::text(std::string_view key, bool required) {
  const toml::Node* node = find(key);
  if (!node) {
    if (required) missing(key);
    return {};
  }
  if (node->kind != toml::Kind::string) {
    wrong_type(key, "文字（加引号）", "text in quotes");
    return {};
  }
  std::string out = trimmed(node->string);
  if (required && out.empty()) missing(key);
  return out;
}

std::string Table::id(std::string_view key, bool dashes) {
  std::string out = text(key, true);
  if (!out.empty() && !is_id(out, dashes)) {
    mistakes_.fatal(
        place(key), name_ + " 的 " + std::string(key) + " 只能用小写字母、数字和下划线，以字母开头",
        name_ + ": " + std::string(key) + " may hold lower-case letters, digits and _ and begins with a letter");
  }
  return out;
}

Words Table::words(std::string_view key, bool required) {
  std::string english = std::string(key) + "_en";
  Words out{text(key), text(english)};
  if (!required) return out;
  if (out.zh.empty()) {
    mistakes_.error(place(), name_ + " 缺少中文名称 " + std::string(key),
                    name_ + ": the Chinese words are missing (" + std::string(key) + ")");
  }
  if (out.en.empty()) {
    mistakes_.error(place(), name_ + " 缺少英文名称 " + english,
                    name_ + ": the English words are missing (" + english + ")");
  }
  return out;
}

std::int64_t Table::integer(std::string_view key, std::int64_t fallback, std::int64_t min, std::int64_t max) {
  const toml::Node* node = find(key);
  if (!node) return fallback;
  if (node->kind != toml::Kind::integer) {
    wrong_type(key, "整数", "a whole number");
    return fallback;
  }
  if (node->integer < min || node->integer > max) {
    std::string range = std::to_string(min) + "–" + std::to_string(max);
    mistakes_.fatal(place(key), name_ + " 的 " + std::string(key) + " 超出范围 " + range,
                    name_ + ": " + std::string(key) + " is out of range " + range);
    return fallback;
  }
  return node->integer;
}

bool Table::boolean(std::string_view key, bool fallback) {
  const toml::Node* node = find(key);
  if (!node) return fallback;
  if (node->kind != toml::Kind::boolean) {
    wrong_type(key, " true 或 false", "true or false");
    return fallback;
  }
  return node->boolean;
}

std::optional<Date> Table::date(std::string_view key, bool required) {
  const toml::Node* node = find(key);
  if (!node) {
    if (required) missing(key);
    return std::nullopt;
  }
  if (node->kind == toml::Kind::date) return node->date;
  if (node->kind == toml::Kind::string) {
    if (auto read = Date::parse(node->string)) return read;
  }
  wrong_type(key, "日期，如 2024-03-01", "a date such as 2024-03-01");
  return std::nullopt;
}

std::vector<std::string> Table::texts(std::string_view key) {
  const toml::Node* node = find(key);
  std::vector<std::string> out;
  if (!node) return out;
  if (node->kind == toml::Kind::string) return {node->string};
  if (node->kind != toml::Kind::array) {
    wrong_type(key, "文字的列表", "a list of texts");
    return out;
  }
  for (const toml::Node& item : node->items) {
    if (item.kind == toml::Kind::string) {
      out.push_back(item.string);
    } else {
      wrong_type(key, "文字的列表", "a list of texts");
      return out;
    }
  }
  return out;
}

std::string Table::cite() {
  std::string out = text("cite");
  if (out.empty()) {
    mistakes_.error(place(), name_ + " 缺少条款出处 cite", name_ + ": the clause it comes from is missing (cite)");
  }
  return out;
}

RuleText Table::rule(std::string_view key, bool required) {
  const toml::Node* node = find(key);
  RuleText out;
  out.place = place(key);
  if (node && node->kind == toml::Kind::integer) {
    out.text = std::to_string(node->integer);
  } else if (node && node->kind == toml::Kind::boolean) {
    out.text = node->boolean ? "true" : "false";
  } else if (node && node->kind == toml::Kind::real) {
    wrong_type(key, "整数（没有小数）", "a whole number");
  } else {
    out.text = text(key, required);
    if (node && !required && out.text.empty()) missing(key);
  }
  return out;
}

std::vector<Table> Table::tables(std::string_view key) {
  const toml::Node* node = find(key);
  std::vector<Table> out;
  if (!node) return out;
  std::string word = "[[" + std::string(key) + "]]";
  if (node->kind == toml::Kind::table) {
    out.emplace_back(*node, file_, word, mistakes_);
    return out;
  }
  bool tables = node->kind == toml::Kind::array;
  for (const toml::Node& item : node->items) tables = tables && item.kind == toml::Kind::table;
  if (!tables) {
    wrong_type(key, word + " 表", "tables written as " + word);
    return out;
  }
  for (const toml::Node& item : node->items) out.emplace_back(item, file_, word, mistakes_);
  return out;
}

std::optional<Table> Table::table(std::string_view key) {
  const toml::Node* node = find(key);
  if (!node) return std::nullopt;
  if (node->kind != toml::Kind::table) {
    wrong_type(key, "[" + std::string(key) + "] 表", "a table written as [" + std::string(key) + "]");
    return std::nullopt;
  }
  return Table(*node, file_, "[" + std::string(key) + "]", mistakes_);
}

void Table::finish() const {
  std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& [key, value] : node_.members) {
    // Remarks are allowed everywhere.
    if (asked_.contains(key) || key == "note" || key == "note_en") continue;
    Words hint = suggestion(key, known);
    mistakes_.fatal({file_, value.line}, name_ + " 中不认识的键 “" + key + "”" + hint.zh,
                    name_ + ": unknown key \"" + key + "\"" + hint.en);
  }
}

}  // namespace tanfang::schemes
