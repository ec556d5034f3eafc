// TOML with the line of every value, behind a type of our own so that toml++ is compiled once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tanfang::toml {

enum class Kind { table, array, string, integer, real, boolean, date };

struct Member;

/// One value of a document. Tables keep the order of the file.
struct Node {
  Kind kind = Kind::table;
  int line = 0;
  std::string string;
  std::int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  Date date;
  std::vector<Node> items;      // array
  std::vector<Member> members;  // table

  const Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  Node value;
};

/// What stopped the reading.
struct Mistake {
  int line = 0;
  std::string text;
};

/// The document's root table, or nullopt with `mistake` filled. Refuses invalid UTF-8 and more than 4 MiB; times of day
/// are not read.
std::optional<Node> parse(std::string_view text, Mistake& mistake);

}  // namespace tanfang::toml
