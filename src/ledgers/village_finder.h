// The code of the village where a row's person lives, from whatever columns the ledger has.
#pragma once

#include <string>
#include <unordered_map>

#include "registry/registry.h"

namespace tanfang::ledgers {

/// What a row writes of the place; empty texts say nothing.
struct WrittenPlace {
  std::string village;
  std::string town;
  std::string path;     // several levels in one text
  std::string address;  // read only where nothing else is written
};

class VillageFinder {
 public:
  /// `area`: the area imported into (6, 9 or 12 digits).
  VillageFinder(registry::AreaIndex index, std::string area);

  /// A code inside the area; remembers what it found.
  const registry::AreaMatch& find(const WrittenPlace& place);
  /// The code of a written hukou place: a village of the area, its county or city, or a code; "" for another place.
  std::string hukou_code(const std::string& written);
  /// Whether the text is the name of a village of the area, as far as it was written in full.
  bool is_village(std::string_view text) const;
  /// The village that heads a section (`一、西关村（12人）`, `村名：西关村`), or "".
  std::string section_named(std::string_view text) const;
  /// The village that a title begins with (`西关村老年人花名册`, `填报单位：齐都镇西关村`), or "".
  std::string village_of_title(std::string_view text) const;

 private:
  registry::AreaMatch look_up(const WrittenPlace& place) const;
  registry::AreaMatch by_name(const std::string& text, const std::string& town) const;
  registry::AreaMatch by_other_form(const std::string& text, const std::string& town) const;
  registry::AreaMatch by_beginning(const std::string& text, const std::string& town, bool any_rest) const;
  std::string find_village_of(const std::string& name) const;
  std::string inside_county(std::string text) const;
  std::string look_up_hukou(const std::string& written) const;

  registry::AreaIndex index_;
  std::string area_;
  std::unordered_map<std::string, registry::AreaMatch> found_;
  std::unordered_map<std::string, std::string> hukou_;
};

}  // namespace tanfang::ledgers
