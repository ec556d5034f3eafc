// Importing a list of areas: the file and the table are walked side by side in the order of codes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "registry/area_file.h"
#include "registry/areas_store.h"
#include "registry/list_problems.h"
#include "registry/registry_problems.h"

namespace tanfang::registry {
namespace {

constexpr std::size_t kStep = 20'000;  // rows between two words of progress
const Date kAlways = *Date::from_ymd(1949, 10, 1);

struct Changes {
  std::vector<const Area*> begun;      // codes never known before
  std::vector<const Area*> succeeded;  // known codes with a new name from the day on
  std::vector<const Area*> corrected;  // the name of a row that began on the day or later
  std::vector<std::string> ended;
  std::vector<std::string> undone;                          // rows that would end on the day they began
  std::vector<std::pair<EndedArea, const Area*>> reopened;  // codes that ended on the day or later, or began then
  std::vector<const Area*> returned;                        // codes that ended before, or on the day under another name
  std::int64_t unchanged = 0;
};

/// Cities without counties (东莞、中山、儋州、嘉峪关): their towns stand below a code of six digits that lists leave
/// out. It gets the city's name.
void add_counties_of_cities(std::vector<Area>& areas) {
  std::map<std::string, std::string> cities;
  std::set<std::string> counties, missing;
  for (const Area& area : areas) {
    if (area.code.size() == 4) cities[area.code] = area.name;
    if (area.code.size() == 6) counties.insert(area.code);
    if (area.code.size() == 9 && area.code.substr(4, 2) == "00") missing.insert(area.code.substr(0, 6));
  }
  for (const std::string& county : missing) {
    auto city = cities.find(county.substr(0, 4));
    if (city != cities.end() && !counties.contains(county)) areas.push_back({county, city->second});
  }
}

std::vector<Area> read_sorted(const std::string& path) {
  std::vector<Area> areas = read_area_file(path, [](std::string_view) { return true; });
  add_counties_of_cities(areas);
  std::sort(areas.begin(), areas.end(), [](const Area& left, const Area& right) { return left.code < right.code; });
  auto twice = std::adjacent_find(areas.begin(), areas.end(),
                                  [](const Area& left, const Area& right) { return left.code == right.code; });
  if (areas.empty()) throw problems::areas_empty(path);
  if (twice != areas.end()) throw problems::areas_duplicate(twice->code);
  return areas;
}

Changes compare(db::Session& session, const std::vector<Area>& areas, const std::string& day,
                const std::optional<std::string>& complete_within) {
  Changes changes;
  auto next = areas.begin();
  for_each_open_area(session, [&](std::string_view code, std::string_view name, std::string_view valid_from) {
    for (; next != areas.end() && next->code < code; ++next) changes.begun.push_back(&*next);
    if (next == areas.end() || next->code != code) {
      if (!complete_within || !code.starts_with(*complete_within)) return;
      (valid_from < day ? changes.ended : changes.undone).emplace_back(code);
      return;
    }
    if (next->name == name) {
      ++changes.unchanged;
    } else if (valid_from < day) {
      changes.ended.emplace_back(code);
      changes.succeeded.push_back(&*next);
    } else {
      changes.corrected.push_back(&*next);
    }
    ++next;
  });
  for (; next != areas.end(); ++next) changes.begun.push_back(&*next);
  return changes;
}

/// A code that ended once begins again: where it ended on the day of the list, as if that had not been.
void take_back_ended(db::Session& session, const std::string& day, Changes& changes) {
  std::vector<EndedArea> ended = load_ended_areas(session);
  std::vector<const Area*> never_known;
  for (const Area* area : changes.begun) {
    auto found = std::lower_bound(ended.begin(), ended.end(), area->code,
                                  [](const EndedArea& row, const std::string& code) { return row.code < code; });
    if (found == ended.end() || found->code != area->code) {
      never_known.push_back(area);
    } else if (found->valid_from >= day || found->valid_to > day ||
               (found->valid_to == day && found->name == area->name)) {
      changes.reopened.emplace_back(*found, area);
    } else {
      changes.returned.push_back(area);
    }
  }
  changes.begun = std::move(never_known);
}

/// Every new area must stand below one of the list or of the table.
void require_parents(db::Session& session, const AreasImport& import, const std::vector<Area>& areas,
                     const std::vector<const Area*>& begun) {
  auto is_listed = [&](const std::string& code) {
    return std::binary_search(areas.begin(), areas.end(), Area{code, ""},
                              [](const Area& left, const Area& right) { return left.code < right.code; });
  };
  for (const Area* area : begun) {
    std::string parent = area->code.substr(0, parent_length(area->code.size()));
    if (parent.empty() || is_listed(parent) || is_open_area(session, parent)) continue;
    throw problems::areas_orphan(import.path, line_of_area(import.path, area->code), area->code);
  }
}

void insert_in_steps(db::Session& session, const std::vector<const Area*>& areas, Date valid_from,
                     const std::function<void(std::int64_t)>& progress) {
  for (std::size_t first = 0; first < areas.size(); first += kStep) {
    std::size_t last = std::min(first + kStep, areas.size());
    insert_areas(
        session,
        {areas.begin() + static_cast<std::ptrdiff_t>(first), areas.begin() + static_cast<std::ptrdiff_t>(last)},
        valid_from);
    if (progress) progress(static_cast<std::int64_t>(last));
  }
}

}  // namespace

AreasImported import_areas(audit::Work& work, const AreasImport& import) {
  std::vector<Area> areas = read_sorted(import.path);
  Date day = import.valid_from.value_or(work.today());
  Changes changes = compare(work.session, areas, day.iso(), import.complete_within);
  require_parents(work.session, import, areas, changes.begun);
  take_back_ended(work.session, day.iso(), changes);
  end_areas(work.session, changes.ended, day);
  remove_areas(work.session, changes.undone);
  rename_areas(work.session, changes.corrected);
  reopen_areas(work.session, changes.reopened);
  insert_areas(work.session, changes.succeeded, day);
  insert_in_steps(work.session, changes.returned, day, import.progress);
  insert_in_steps(work.session, changes.begun, import.valid_from.value_or(kAlways), import.progress);

  AreasImported done;
  done.rows = static_cast<std::int64_t>(areas.size());
  done.added = static_cast<std::int64_t>(changes.begun.size() + changes.reopened.size() + changes.returned.size());
  done.renamed = static_cast<std::int64_t>(changes.succeeded.size() + changes.corrected.size());
  done.ended = static_cast<std::int64_t>(changes.ended.size() + changes.undone.size() - changes.succeeded.size());
  done.unchanged = changes.unchanged;
  if (done.added + done.renamed + done.ended == 0) {
    work.unchanged();
  } else {
    work.record({"", "areas_imported", "areas",
                 fmt::format(R"({{"rows":{},"added":{},"renamed":{},"ended":{},"unchanged":{}}})", done.rows,
                             done.added, done.renamed, done.ended, done.unchanged)});
  }
  return done;
}

void seed_areas(db::Database& database, const std::string& csv_path) {
  bool seeded = false;
  database.read([&](db::Session& session) { seeded = has_areas(session); });
  if (seeded) return;
  std::vector<Area> areas = read_sorted(csv_path);
  std::vector<const Area*> all;
  for (const Area& area : areas) all.push_back(&area);
  database.write([&](db::Session& session) { insert_areas(session, all, kAlways); });
}

void require_area(db::Session& session, std::string_view code) {
  if (!knows_area(session, code)) throw problems::area_unknown(std::string(code));
}

AreaPlace load_area_place(db::Session& session, const std::string& code, Date on) {
  AreaPlace place;
  if (!code.empty()) {
    auto area = find_area(session, code, on);
    if (!area) throw problems::area_unknown(code);
    place.area = std::move(*area);
  }
  for (std::size_t length : {2u, 4u, 6u, 9u}) {
    if (length >= code.size()) break;
    if (auto above = find_area(session, code.substr(0, length), on)) place.above.push_back(std::move(*above));
  }
  place.below = load_areas_below(session, code, on);
  return place;
}

}  // namespace tanfang::registry
