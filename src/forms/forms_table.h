// One table of a form file being read: values by kind, unknown keys and missing words noticed. Inside the room only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms_reader.h"
#include "platform/toml/toml.h"

namespace tanfang::forms {

class Table {
 public:
  Table(const toml::Node& node, Mistakes& mistakes) : node_(node), mistakes_(mistakes) {}
  int line() const { return node_.line; }
  bool is_table() const;

  /// Every key that is not among `keys` is a mistake.
  void allow(std::initializer_list<std::string_view> keys) const;
  bool has(std::string_view key) const { return node_.find(key) != nullptr; }
  std::string text(std::string_view key) const;
  /// The same, a mistake where it is absent or empty.
  std::string required_text(std::string_view key) const;
  /// A code: small letters, digits, `_`, `.`; a mistake where it is absent or another.
  std::string code(std::string_view key) const;
  /// `<prefix>zh` and `<prefix>en`; a mistake where one stands without the other, or, if required, both are absent.
  Words words(std::string_view prefix = "", bool required = true) const;
  bool flag(std::string_view key, bool otherwise) const;
  int integer(std::string_view key, int otherwise, int least, int most) const;
  std::optional<double> number(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<int> integers(std::string_view key) const;
  /// The tables of an array; anything else in it is a mistake.
  std::vector<Table> tables(std::string_view key) const;
  std::optional<Table> table(std::string_view key) const;
  /// The value a written name stands for; a mistake where nothing in `names` has it.
  template <typename Value, typename Names>
  Value named(std::string_view key, const Names& names, Value otherwise) const {
    std::string written = text(key);
    if (written.empty()) return otherwise;
    for (const auto& [name, value] : names) {
      if (name == written) return value;
    }
    unknown_name(key, written);
    return otherwise;
  }

 private:
  const toml::Node* find(std::string_view key, toml::Kind kind, std::string_view zh, std::string_view en) const;
  void unknown_name(std::string_view key, const std::string& written) const;

  const toml::Node& node_;
  Mistakes& mistakes_;
};

}  // namespace tanfang::forms
