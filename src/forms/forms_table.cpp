#include "forms/forms_table.h"

#include <algorithm>

#include "base/text.h"

namespace tanfang::forms {

void Mistakes::error(int line, std::string zh, std::string en) {
  messages_.push_back({file_, line, Severity::error, {std::move(zh), std::move(en)}});
}
void Mistakes::warning(int line, std::string zh, std::string en) {
  messages_.push_back({file_, line, Severity::warning, {std::move(zh), std::move(en)}});
}

bool Table::is_table() const { return node_.kind == toml::Kind::table; }

void Table::allow(std::initializer_list<std::string_view> keys) const {
  for (const auto& [key, value] : node_.members) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    mistakes_.error(value.line, "不认识的键 " + key, "unknown key " + key);
  }
}

const toml::Node* Table::find(std::string_view key, toml::Kind kind, std::string_view zh, std::string_view en) const {
  const toml::Node* value = node_.find(key);
  if (value == nullptr || value->kind == kind) return value;
  mistakes_.error(value->line, std::string(key) + " 应为" + std::string(zh),
                  std::string(key) + " must be " + std::string(en));
  return nullptr;
}

void Table::unknown_name(std::string_view key, const std::string& written) const {
  mistakes_.error(node_.find(key)->line, std::string(key) + " 没有 " + written + " 这个值",
                  std::string(key) + " has no value " + written);
}

std::string Table::text(std::string_view key) const {
  const toml::Node* value = find(key, toml::Kind::string, "文字", "a string");
  return value == nullptr ? std::string() : value->string;
}

std::string Table::required_text(std::string_view key) const {
  std::string found = text(key);
  if (trimmed(found).empty()) {
    mistakes_.error(line(), "缺少 " + std::string(key), std::string(key) + " is missing");
  }
  return found;
}

std::string Table::code(std::string_view key) const {
  std::string found = required_text(key);
  bool plain = std::all_of(found.begin(), found.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
  if (!plain) {
    mistakes_.error(line(), "代码 " + found + " 只能用小写字母、数字、下划线和点",
                    "code " + found + " may hold small letters, digits, _ and . only");
  }
  return found;
}

Words Table::words(std::string_view prefix, bool required) const {
  std::string zh_key = std::string(prefix) + "zh";
  std::string en_key = std::string(prefix) + "en";
  Words found{text(zh_key), text(en_key)};
  bool any = required || !found.zh.empty() || !found.en.empty();
  if (any && trimmed(found.zh).empty())
    mistakes_.error(line(), "缺少中文 " + zh_key, "Chinese words missing: " + zh_key);
  if (any && trimmed(found.en).empty())
    mistakes_.error(line(), "缺少英文 " + en_key, "English words missing: " + en_key);
  return found;
}

bool Table::flag(std::string_view key, bool otherwise) const {
  const toml::Node* value = find(key, toml::Kind::boolean, "true 或 false", "true or false");
  return value == nullptr ? otherwise : value->boolean;
}

int Table::integer(std::string_view key, int otherwise, int least, int most) const {
  const toml::Node* value = find(key, toml::Kind::integer, "整数", "an integer");
  if (value == nullptr) return otherwise;
  if (value->integer < least || value->integer > most) {
    std::string range = std::to_string(least) + "…" + std::to_string(most);
    mistakes_.error(value->line, std::string(key) + " 应在 " + range + " 之间",
                    std::string(key) + " must lie within " + range);
    return otherwise;
  }
  return static_cast<int>(value->integer);
}

std::optional<double> Table::number(std::string_view key) const {
  const toml::Node* value = node_.find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == toml::Kind::integer) return static_cast<double>(value->integer);
  value = find(key, toml::Kind::real, "数字", "a number");
  return value == nullptr ? std::nullopt : std::optional(value->real);
}

std::vector<std::string> Table::texts(std::string_view key) const {
  std::vector<std::string> found;
  const toml::Node* value = find(key, toml::Kind::array, "文字列表", "a list of strings");
  if (value == nullptr) return found;
  for (const toml::Node& item : value->items) {
    if (item.kind == toml::Kind::string) {
      found.push_back(item.string);
    } else {
      mistakes_.error(item.line, std::string(key) + " 只能列文字", std::string(key) + " may list strings only");
    }
  }
  return found;
}

std::vector<int> Table::integers(std::string_view key) const {
  std::vector<int> found;
  const toml::Node* value = find(key, toml::Kind::array, "整数列表", "a list of integers");
  if (value == nullptr) return found;
  for (const toml::Node& item : value->items) {
    if (item.kind == toml::Kind::integer && item.integer >= 0 && item.integer <= 1000) {
      found.push_back(static_cast<int>(item.integer));
    } else {
      mistakes_.error(item.line, std::string(key) + " 只能列 0 至 1000 的整数",
                      std::string(key) + " may list integers from 0 to 1000 only");
    }
  }
  return found;
}

std::vector<Table> Table::tables(std::string_view key) const {
  std::vector<Table> found;
  const toml::Node* value = find(key, toml::Kind::array, "表的列表", "a list of tables");
  if (value == nullptr) return found;
  for (const toml::Node& item : value->items) {
    if (item.kind == toml::Kind::table) {
      found.emplace_back(item, mistakes_);
    } else {
      mistakes_.error(item.line, std::string(key) + " 只能列表", std::string(key) + " may list tables only");
    }
  }
  return found;
}

std::optional<Table> Table::table(std::string_view key) const {
  const toml::Node* value = find(key, toml::Kind::table, "表", "a table");
  return value == nullptr ? std::nullopt : std::optional<Table>(std::in_place, *value, mistakes_);
}

}  // namespace tanfang::forms
