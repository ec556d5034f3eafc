// One table of a TOML file, read key by key: what is missing, of the wrong type or not known is named with its line.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "platform/toml/toml.h"
#include "schemes/draft.h"

namespace tanfang::schemes {

class Table {
 public:
  /// `name` as the writer knows it: `[[tier]] key`.
  Table(const toml::Node& node, std::string file, std::string name, Mistakes& mistakes)
      : node_(node), file_(std::move(file)), name_(std::move(name)), mistakes_(mistakes) {}

  Place place() const { return {file_, node_.line}; }
  Place place(std::string_view key) const;
  Mistakes& mistakes() const { return mistakes_; }
  const std::string& name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }

  const toml::Node* find(std::string_view key);
  std::string text(std::string_view key, bool required = false);
  /// An id: lower-case letters, digits, `_`; with `dashes` also `-` and `.`.
  std::string id(std::string_view key = "id", bool dashes = false);
  /// `key` in Chinese and `key_en` in English; where both must be, each that is missing is an error.
  Words words(std::string_view key, bool required = true);
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t min, std::int64_t max);
  bool boolean(std::string_view key, bool fallback);
  std::optional<Date> date(std::string_view key, bool required = false);
  std::vector<std::string> texts(std::string_view key);
  std::string cite();
  /// A rule; a bare number or truth is taken as its text.
  RuleText rule(std::string_view key, bool required = false);
  /// The tables of `[[key]]`; one `[key]` is taken as a list of one.
  std::vector<Table> tables(std::string_view key);
  std::optional<Table> table(std::string_view key);

  /// Names every key that was not asked for.
  void finish() const;

 private:
  void wrong_type(std::string_view key, std::string_view zh, std::string_view en);
  void missing(std::string_view key);

  const toml::Node& node_;
  std::string file_;
  std::string name_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace tanfang::schemes
