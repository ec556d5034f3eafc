// The queries of a search, each led by an index that begins with the county.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/people.h"

namespace tanfang::registry {

/// By what the people of one county are walked through.
enum class Walk { area, name, initials, pinyin };

struct Stretch {
  Walk walk = Walk::area;
  std::string county;
  std::string prefix;    // of what is walked
  std::string initials;  // pinyin: people whose initials begin so are left out, because they were found by them
  std::string area;      // prefix of the area
  std::string after_key;
  Id after_id;
  int limit = 20;
};

struct FoundRow {
  PersonKey key;
  std::string name;
  std::string area;
  std::string sex;
  Date birth_date;
  std::string citizen_number;  // encrypted
  std::string sort_key;
};

/// Ordered by what is walked, then by id; begins behind `after_key`, `after_id`.
std::vector<FoundRow> find_along(db::Session& session, const Stretch& stretch);
std::vector<FoundRow> find_by_phone(db::Session& session, std::string_view county, std::string_view area,
                                    const std::string& phone_hash);
std::vector<FoundRow> find_by_key(db::Session& session, const PersonKey& key, std::string_view area);

}  // namespace tanfang::registry
