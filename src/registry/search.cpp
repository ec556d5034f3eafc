#include "registry/search.h"

#include <algorithm>

#include "base/area_code.h"
#include "base/citizen_number.h"
#include "base/mask.h"
#include "base/text.h"
#include "registry/files_store.h"
#include "registry/list_problems.h"
#include "registry/pinyin.h"
#include "registry/registry_problems.h"
#include "registry/sealed_fields.h"
#include "registry/search_store.h"

namespace tanfang::registry {
namespace {

constexpr int kMostRows = 200;

/// Where the page before ended: which walk (0 or 1 of the search's walks), county, key and id.
struct Cursor {
  std::size_t walk = 0;
  std::string county;
  Id id;
  std::string key;
};

std::string write_cursor(const Cursor& cursor) {
  return std::to_string(cursor.walk) + ":" + cursor.county + ":" + format_id(cursor.id) + ":" + cursor.key;
}

Cursor read_cursor(const std::string& text) {
  // The key comes last: it may hold colons itself.
  std::size_t county = text.find(':');
  std::size_t id = text.find(':', county + 1);
  std::size_t key = text.find(':', id + 1);
  if (county != 1 || (text[0] != '0' && text[0] != '1') || id != 8 || key == std::string::npos) {
    throw problems::search_cursor();
  }
  std::optional<Id> person = parse_id(std::string_view(text).substr(id + 1, key - id - 1));
  if (!person || !is_area_code(std::string_view(text).substr(2, 6))) throw problems::search_cursor();
  return {static_cast<std::size_t>(text[0] - '0'), text.substr(2, 6), *person, text.substr(key + 1)};
}

void check(const Search& search) {
  int given = !search.name.empty() + !search.pinyin.empty() + !search.citizen_number.empty() + !search.phone.empty();
  if (given > 1) throw problems::search_too_many();
  bool is_empty = (!search.name.empty() && trimmed(search.name).empty()) ||
                  (!search.pinyin.empty() && plain_pinyin_query(search.pinyin).empty()) ||
                  (!search.phone.empty() && plain_phone(search.phone).empty());
  if (is_empty) throw problems::search_empty();
  if (search.limit < 1 || search.limit > kMostRows) throw problems::search_limit();
  if (!search.area.empty() && !is_area_code(search.area)) throw problems::area_unknown(search.area);
}

std::vector<std::string> counties_of(db::Session& session, const std::string& area) {
  if (area.size() >= 6) return {county_of(area)};
  std::vector<std::string> counties = load_counties(session);
  std::erase_if(counties, [&](const std::string& county) { return !county.starts_with(area); });
  return counties;
}

/// The walks a search makes through each county, one after the other.
std::vector<Stretch> walks_of(const Search& search) {
  Stretch base;
  base.area = search.area;
  if (!search.name.empty()) {
    base.walk = Walk::name;
    base.prefix = trimmed(search.name);
    return {base};
  }
  if (search.pinyin.empty()) return {base};
  base.walk = Walk::initials;
  base.prefix = plain_pinyin_query(search.pinyin);
  Stretch whole = base;
  whole.walk = Walk::pinyin;
  whole.initials = base.prefix;
  // One letter finds the same people both ways.
  return base.prefix.size() < 2 ? std::vector<Stretch>{base} : std::vector<Stretch>{base, whole};
}

std::vector<FoundRow> find_rows(db::Session& session, const Search& search, std::string& next) {
  std::vector<Stretch> walks = walks_of(search);
  Cursor cursor;
  if (!search.cursor.empty()) cursor = read_cursor(search.cursor);
  std::vector<FoundRow> rows;
  for (const std::string& county : counties_of(session, search.area)) {
    if (county < cursor.county) continue;
    for (std::size_t i = county == cursor.county ? cursor.walk : 0; i < walks.size(); ++i) {
      Stretch stretch = walks[i];
      stretch.county = county;
      if (county == cursor.county && i == cursor.walk) {
        stretch.after_key = cursor.key;
        stretch.after_id = cursor.id;
      }
      // One more than asked for tells whether there is another page.
      stretch.limit = search.limit + 1 - static_cast<int>(rows.size());
      for (FoundRow& row : find_along(session, stretch)) {
        if (static_cast<int>(rows.size()) == search.limit) return rows;
        next = write_cursor({i, county, row.key.id, row.sort_key});
        rows.push_back(std::move(row));
      }
    }
  }
  next.clear();
  return rows;
}

std::vector<FoundRow> find_exactly(db::Session& session, const SealedFields& fields, const Search& search) {
  if (!search.citizen_number.empty()) {
    CitizenNumberReading reading = read_citizen_number(search.citizen_number);
    if (!reading.number) throw problems::citizen_number_malformed();
    auto found = find_number(session, fields.citizen_number_hash(reading.number->text));
    return found ? find_by_key(session, *found, search.area) : std::vector<FoundRow>{};
  }
  std::string hash = fields.phone_hash(search.phone);
  std::vector<FoundRow> rows;
  for (const std::string& county : counties_of(session, search.area)) {
    for (FoundRow& row : find_by_phone(session, county, search.area, hash)) rows.push_back(std::move(row));
    if (static_cast<int>(rows.size()) >= search.limit) break;
  }
  rows.resize(std::min(rows.size(), static_cast<std::size_t>(search.limit)));
  return rows;
}

}  // namespace

FoundPage search_people(db::Session& session, const crypto::KeyRing& keys, const Search& search, Date today) {
  check(search);
  SealedFields fields(keys);
  FoundPage page;
  bool is_exact = !search.citizen_number.empty() || !search.phone.empty();
  std::vector<FoundRow> rows = is_exact ? find_exactly(session, fields, search) : find_rows(session, search, page.next);
  for (FoundRow& row : rows) {
    Found found;
    found.citizen_number = mask_citizen_number(fields.open("people.citizen_number", row.key.id, row.citizen_number));
    found.status = status_on(load_status_history(session, row.key), today);
    found.key = std::move(row.key);
    found.name = std::move(row.name);
    found.area = std::move(row.area);
    found.sex = std::move(row.sex);
    found.birth_date = row.birth_date;
    page.people.push_back(std::move(found));
  }
  return page;
}

}  // namespace tanfang::registry
