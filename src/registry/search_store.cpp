#include "registry/search_store.h"

namespace tanfang::registry {
namespace {

/// Behind every text that begins with a prefix: the largest code point.
constexpr std::string_view kBehind = "\xF4\x8F\xBF\xBF";
/// From this many digits on the area is narrower than any prefix of a name: a town.
constexpr std::size_t kNarrow = 9;

const char* sql_of(const Stretch& stretch) {
  bool is_narrow = stretch.area.size() >= kNarrow;
  // `|| ''` keeps the wide index out, so that a narrow area leads.
  switch (stretch.walk) {
    case Walk::area:
      return "select county, id, name, area, sex, birth_date, citizen_number, area from people where county = $1"
             " and area >= $2 and area < $3 and area >= $4 and area < $5 and (area, id) > ($6, $7)"
             " order by area, id limit $8";
    case Walk::name:
      return is_narrow ? "select county, id, name, area, sex, birth_date, citizen_number, name from people"
                         " where county = $1 and name || '' >= $2 and name || '' < $3 and area >= $4 and area < $5"
                         " and (name || '', id) > ($6, $7) order by name || '', id limit $8"
                       : "select county, id, name, area, sex, birth_date, citizen_number, name from people"
                         " where county = $1 and name >= $2 and name < $3 and area >= $4 and area < $5"
                         " and (name, id) > ($6, $7) order by name, id limit $8";
    case Walk::initials:
      return is_narrow ? "select county, id, name, area, sex, birth_date, citizen_number, initials from people"
                         " where county = $1 and initials || '' >= $2 and initials || '' < $3 and area >= $4"
                         " and area < $5 and (initials || '', id) > ($6, $7) order by initials || '', id limit $8"
                       : "select county, id, name, area, sex, birth_date, citizen_number, initials from people"
                         " where county = $1 and initials >= $2 and initials < $3 and area >= $4 and area < $5"
                         " and (initials, id) > ($6, $7) order by initials, id limit $8";
    case Walk::pinyin:
      return is_narrow ? "select county, id, name, area, sex, birth_date, citizen_number, pinyin from people"
                         " where county = $1 and pinyin || '' >= $2 and pinyin || '' < $3 and area >= $4"
                         " and area < $5 and (pinyin || '', id) > ($6, $7)"
                         " and (initials < $9 or initials >= $10) order by pinyin || '', id limit $8"
                       : "select county, id, name, area, sex, birth_date, citizen_number, pinyin from people"
                         " where county = $1 and pinyin >= $2 and pinyin < $3 and area >= $4 and area < $5"
                         " and (pinyin, id) > ($6, $7) and (initials < $9 or initials >= $10)"
                         " order by pinyin, id limit $8";
  }
  return "";
}

FoundRow read_found(const db::Row& row) {
  return {{row.string(0), row.id(1)}, row.string(2), row.string(3), row.string(4), row.date(5),
          std::string(row.bytes(6)),  row.string(7)};
}

std::string behind(std::string_view prefix) { return std::string(prefix) + std::string(kBehind); }

}  // namespace

std::vector<FoundRow> find_along(db::Session& session, const Stretch& stretch) {
  std::string prefix_end = behind(stretch.prefix);
  std::string area_end = behind(stretch.area);
  std::string initials_end = behind(stretch.initials);
  std::vector<db::Parameter> parameters{stretch.county, stretch.prefix,    prefix_end,       stretch.area,
                                        area_end,       stretch.after_key, stretch.after_id, stretch.limit};
  if (stretch.walk == Walk::pinyin) {
    parameters.emplace_back(stretch.initials);
    parameters.emplace_back(initials_end);
  }
  std::vector<FoundRow> rows;
  session.query(sql_of(stretch), parameters, [&](const db::Row& row) { rows.push_back(read_found(row)); });
  return rows;
}

std::vector<FoundRow> find_by_phone(db::Session& session, std::string_view county, std::string_view area,
                                    const std::string& phone_hash) {
  std::string area_end = behind(area);
  return session.all(
      "select county, id, name, area, sex, birth_date, citizen_number, name from people where county = $1"
      " and phone_hash = $2 and area >= $3 and area < $4 order by id",
      {county, db::Bytes{phone_hash}, area, area_end}, read_found);
}

std::vector<FoundRow> find_by_key(db::Session& session, const PersonKey& key, std::string_view area) {
  std::string area_end = behind(area);
  return session.all(
      "select county, id, name, area, sex, birth_date, citizen_number, name from people where county = $1 and id = $2"
      " and area >= $3 and area < $4",
      {key.county, key.id, area, area_end}, read_found);
}

}  // namespace tanfang::registry
