// Tables of a document in which nothing may stand that is not known. What is wrong is said with its line, and reading
// goes on, so that all of it is told at once.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "platform/toml/toml.h"

namespace tanfang::toml {

class StrictReader {
 public:
  using Say = std::function<void(int line, Words words)>;
  explicit StrictReader(Say say) : say_(std::move(say)) {}

  /// The document's root table; nullopt, and said, where it is no TOML.
  std::optional<Node> parse(std::string_view text) const;
  void mistake(int line, std::string zh, std::string en) const { say_(line, {std::move(zh), std::move(en)}); }
  /// Every key that is not among `keys` is a mistake.
  void allow(const Node& table, std::initializer_list<std::string_view> keys) const;
  /// nullptr where it is absent, or, a mistake, of another kind.
  const Node* get(const Node& table, std::string_view key, Kind kind) const;

 private:
  Say say_;
};

}  // namespace tanfang::toml
