// Search: by name, pinyin, citizen number, phone, area; page by page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "registry/people.h"
#include "registry/status.h"

namespace tanfang::registry {

/// Exactly one of citizen_number, phone, name (a prefix) or pinyin (a prefix of the initials `zxl` or of the whole
/// `zhangxiaoli`) may be given; with none the people of the area are listed by name.
struct Search {
  std::string area;  // a prefix of 2 to 12 digits; "" for the whole deployment
  std::string name;
  std::string pinyin;
  std::string citizen_number;
  std::string phone;
  int limit = 20;      // 1 to 200
  std::string cursor;  // `next` of the page before
};

struct Found {
  PersonKey key;
  std::string name;
  std::string area;
  std::string sex;
  Date birth_date;
  std::string citizen_number;  // masked
  Status status = Status::active;
};

struct FoundPage {
  std::vector<Found> people;
  std::string next;  // empty on the last page
};

/// Refuses `search.empty`, `.too_many`, `.limit`, `.cursor`, `citizen_number.malformed`, `area.unknown`.
FoundPage search_people(db::Session& session, const crypto::KeyRing& keys, const Search& search, Date today);

}  // namespace tanfang::registry
