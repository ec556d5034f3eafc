// Areas: the tree of provinces, cities, counties, towns and villages, and how a written name finds its code.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"

namespace tanfang::registry {

struct Area {
  std::string code;  // 2, 4, 6, 9 or 12 digits
  std::string name;
};

/// The form in which village names are compared: 村民委员会 and 村委会 become 村, 村村 becomes 村, 居民委员会 and
/// 居委会 are dropped; without spaces, full-width forms made half-width. 西关村 and 西关社区 stay different.
std::string plain_area_name(std::string_view name);

/// What a written name stands for.
struct AreaMatch {
  enum class Kind { found, unknown, ambiguous };
  Kind kind = Kind::unknown;
  std::string code;  // where found
};

/// The areas of a part of the country in memory, ready for finding codes by name. Copies share the same areas.
class AreaIndex {
 public:
  /// The areas of `path` (lines `code,name`) whose code begins with `within`, and those above. Throws Problem
  /// `areas.malformed` with the line, Failure where the file cannot be read.
  static AreaIndex from_csv(const std::string& path, std::string_view within = "");
  /// The areas of the table in force on `on` whose code begins with `within`, and those above.
  static AreaIndex from_table(db::Session& session, std::string_view within, Date on);
  static AreaIndex from_areas(std::vector<Area> areas);

  /// The village that `written` names inside `area` (town, county, …; a village is taken at its word when the name
  /// agrees). `town`, where given, narrows the search to the towns of that name. `written` may also be a code of 12
  /// digits inside `area`, or a village name behind its town's name.
  AreaMatch find_village(std::string_view area, std::string_view written, std::string_view town = {}) const;
  /// The town (9 digits) that `written` names inside `area`; 街道 and 街道办事处 are one.
  AreaMatch find_town(std::string_view area, std::string_view written) const;
  /// nullptr where there is no such area.
  const Area* find(std::string_view code) const;
  /// All areas below `area` (not itself), by code; `level` in digits, 0 for all.
  std::vector<Area> below(std::string_view area, int level = 0) const;
  /// Names from the province or, with `from_level`, from that level down to `code`, joined: 兆雅镇大寨村.
  std::string full_name(std::string_view code, int from_level = 2) const;

 private:
  struct Content;
  std::shared_ptr<const Content> content_;
};

/// What an import did.
struct AreasImported {
  std::int64_t rows = 0;
  std::int64_t added = 0;
  std::int64_t renamed = 0;
  std::int64_t ended = 0;
  std::int64_t unchanged = 0;
};

struct AreasImport {
  std::string path;
  /// The first day of what the file says anew; nullopt: names change today, and a code that was never known before has
  /// always held.
  std::optional<Date> valid_from;
  /// Codes inside this prefix that the file no longer names end; empty text: the whole country; nullopt: what is absent
  /// is left alone.
  std::optional<std::string> complete_within;
  std::function<void(std::int64_t rows)> progress;
};

/// Reads the whole file first; refuses `areas.malformed`, `.name`, `.duplicate`, `.empty`, `.orphan` (nothing above it)
/// and changes nothing then. A new name ends the old row and begins another; a code that ended begins again, on the day
/// it ended as if it had not. Records `areas_imported`, or says unchanged.
AreasImported import_areas(audit::Work& work, const AreasImport& import);

/// Imports the shipped list into an empty table; does nothing to one that has areas.
void seed_areas(db::Database& database, const std::string& csv_path);

/// An area with those above it, widest first, and those next below it, by code.
struct AreaPlace {
  Area area;
  std::vector<Area> above;
  std::vector<Area> below;
};
/// As of `on`; "" is the nation with its provinces. Refuses `area.unknown`.
AreaPlace load_area_place(db::Session& session, const std::string& code, Date on);

/// Refuses `area.unknown` for a code that no list ever named.
void require_area(db::Session& session, std::string_view code);

}  // namespace tanfang::registry
