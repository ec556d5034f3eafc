#include "platform/toml/toml.h"

#include <toml++/toml.h>
#include <algorithm>

#include "base/text.h"
#include "platform/toml/depth.h"

namespace tanfang::toml {
namespace {

constexpr std::size_t kLimit = 4u << 20;

int line_of(const ::toml::node& node) { return static_cast<int>(node.source().begin.line); }

Node convert(const ::toml::node& source, Mistake& mistake);

Node convert_table(const ::toml::table& table, Mistake& mistake) {
  Node node;
  node.kind = Kind::table;
  node.line = line_of(table);
  std::vector<std::pair<const ::toml::key*, const ::toml::node*>> members;
  for (auto&& [key, value] : table) members.emplace_back(&key, &value);
  std::stable_sort(members.begin(), members.end(), [](const auto& left, const auto& right) {
    auto a = left.first->source().begin;
    auto b = right.first->source().begin;
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  for (auto [key, value] : members) {
    node.members.push_back({std::string(key->str()), convert(*value, mistake)});
    if (node.members.back().value.line == 0) {
      node.members.back().value.line = static_cast<int>(key->source().begin.line);
    }
  }
  return node;
}

Node convert_array(const ::toml::array& array, Mistake& mistake) {
  Node node;
  node.kind = Kind::array;
  node.line = line_of(array);
  for (const ::toml::node& item : array) node.items.push_back(convert(item, mistake));
  if (node.line == 0 && !node.items.empty()) node.line = node.items.front().line;
  return node;
}

Node convert_date(const ::toml::date& date, int line, Mistake& mistake) {
  Node node;
  node.kind = Kind::date;
  node.line = line;
  auto read = Date::from_ymd(date.year, date.month, date.day);
  if (read) {
    node.date = *read;
  } else {
    mistake = {line, "no such date"};
  }
  return node;
}

Node convert(const ::toml::node& source, Mistake& mistake) {
  if (const auto* table = source.as_table()) return convert_table(*table, mistake);
  if (const auto* array = source.as_array()) return convert_array(*array, mistake);
  if (const auto* date = source.as_date()) return convert_date(date->get(), line_of(source), mistake);
  Node node;
  node.line = line_of(source);
  if (const auto* text = source.as_string()) {
    node.kind = Kind::string;
    node.string = text->get();
  } else if (const auto* whole = source.as_integer()) {
    node.kind = Kind::integer;
    node.integer = whole->get();
  } else if (const auto* real = source.as_floating_point()) {
    node.kind = Kind::real;
    node.real = real->get();
  } else if (const auto* flag = source.as_boolean()) {
    node.kind = Kind::boolean;
    node.boolean = flag->get();
  } else {
    mistake = {node.line, "times of day are not used here"};
  }
  return node;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::optional<Node> parse(std::string_view text, Mistake& mistake) {
  mistake = {};
  if (text.size() > kLimit) {
    mistake = {1, "the file is larger than 4 MiB"};
    return std::nullopt;
  }
  if (!is_valid_utf8(text)) {
    mistake = {1, "the file is not valid UTF-8"};
    return std::nullopt;
  }
  if (int line = line_of_excess(text)) {
    mistake = {line, "nested more than 16 deep"};
    return std::nullopt;
  }
  try {
    ::toml::table table = ::toml::parse(text);
    Node node = convert_table(table, mistake);
    if (!mistake.text.empty()) return std::nullopt;
    return node;
  } catch (const ::toml::parse_error& error) {
    mistake = {static_cast<int>(error.source().begin.line), std::string(error.description())};
    return std::nullopt;
  }
}

}  // namespace tanfang::toml
