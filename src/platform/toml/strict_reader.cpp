#include "platform/toml/strict_reader.h"

#include <algorithm>

namespace tanfang::toml {

std::optional<Node> StrictReader::parse(std::string_view text) const {
  Mistake found;
  std::optional<Node> root = toml::parse(text, found);
  if (!root) mistake(found.line, "TOML 有误：" + found.text, "malformed TOML: " + found.text);
  return root;
}

void StrictReader::allow(const Node& table, std::initializer_list<std::string_view> keys) const {
  for (const Member& member : table.members) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    mistake(member.value.line, "没有这个键：" + member.key, "there is no key " + member.key);
  }
}

const Node* StrictReader::get(const Node& table, std::string_view key, Kind kind) const {
  const Node* found = table.find(key);
  if (found == nullptr || found->kind == kind) return found;
  mistake(found->line, std::string(key) + " 的类型不对", std::string(key) + " is of the wrong kind");
  return nullptr;
}

}  // namespace tanfang::toml
