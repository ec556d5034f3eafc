#include "reports/reports.h"

#include <algorithm>
#include <map>

#include "base/area_code.h"
#include "base/mask.h"
#include "base/text.h"
#include "reports/reports_problems.h"
#include "reports/reports_shared.h"
#include "reports/reports_store.h"

namespace tanfang::reports {
namespace {

const PersonFilter kEverybody = {"", "", "", Id{}, 0};

/// Digits of the areas next below: a province's cities, …, a town's villages; a village stands for itself.
int digits_below(const std::string& area) {
  switch (area.size()) {
    case 2:
      return 4;
    case 4:
      return 6;
    case 6:
      return 9;
    default:
      return 12;
  }
}

/// The common tiers first, in rank; the others by name.
int rank_of(const std::string& tier) {
  static const std::vector<std::string> kRanks = {"key", "secondary", "general"};
  auto found = std::find(kRanks.begin(), kRanks.end(), tier);
  if (found != kRanks.end()) return static_cast<int>(found - kRanks.begin());
  return tier == "none" ? 5 : 4;
}

std::vector<Part> parts_of(const std::map<std::string, Figures>& figures) {
  std::vector<Part> parts;
  for (const auto& [word, sum] : figures) {
    if (!(sum == Figures{})) parts.push_back({word, "", sum});
  }
  return parts;
}

Figures figures_of(const store::PersonRow& row, Instant now) {
  Figures figures;
  figures.owed = row.owed;
  figures.met = row.met;
  figures.overdue = row.owed && !row.met && now >= row.overdue_at;
  figures.due = row.person.due;
  figures.visited = row.person.visited;
  figures.declined = row.person.declined;
  figures.suspended = row.person.suspended;
  figures.unknown = row.person.unknown;
  figures.refused_home_visit = row.person.refused_home_visit;
  figures.below_floor = row.person.below_floor;
  return figures;
}

/// Towns and what is larger are counted by set of categories; a village is added up person by person.
void add_categories(db::Session& session, const std::string& county, const std::string& area, const std::string& month,
                    Instant now, std::map<std::string, Figures>& categories) {
  auto add = [&](const std::string& held, const Figures& figures) {
    for (const std::string& category : words_of(held)) categories[category] += figures;
  };
  if (area.size() > 9) {
    store::for_each_person(session, county, area, month, now, kEverybody,
                           [&](const store::PersonRow& row) { add(row.categories, figures_of(row, now)); });
    return;
  }
  for (const store::CategoryRow& row : store::load_categories(session, county, area, month, now)) {
    add(row.categories, row.figures);
  }
}

std::string state_of(const store::PersonRow& row, Instant now) {
  if (row.owed) return row.met ? "met" : now >= row.overdue_at ? "overdue" : "owed";
  if (row.person.declined) return "declined";
  if (row.person.suspended) return "suspended";
  return row.person.unknown ? "unknown" : "none";
}

PersonCoverage person_of(const store::PersonRow& row, Instant now) {
  PersonCoverage person = row.person;
  person.name = mask_name(person.name);
  person.categories = words_of(row.categories);
  person.state = state_of(row, now);
  return person;
}

}  // namespace

std::vector<std::string> open_counties(db::Session& session, const std::string& area, const std::string& month,
                                       std::vector<std::string>& closed) {
  std::vector<std::string> open;
  for (const store::CountyMonth& county : store::load_counties(session, area, month)) {
    (county.open ? open : closed).push_back(county.county);
  }
  if (open.empty()) throw problems::month_not_open(month);
  return open;
}

std::string require_area(db::Session& session, const std::string& area) {
  auto name = is_area_code(area) ? store::find_area_name(session, area) : std::nullopt;
  if (!name) throw problems::area_unknown(area);
  return *name;
}

std::vector<std::string> words_of(const std::string& joined) {
  std::vector<std::string> words;
  for (std::string& word : split(joined, ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

Figures& Figures::operator+=(const Figures& other) {
  owed += other.owed;
  met += other.met;
  overdue += other.overdue;
  due += other.due;
  visited += other.visited;
  declined += other.declined;
  suspended += other.suspended;
  unknown += other.unknown;
  refused_home_visit += other.refused_home_visit;
  below_floor += other.below_floor;
  return *this;
}

std::optional<double> Figures::fulfilment() const {
  if (owed == 0) return std::nullopt;
  return static_cast<double>(met) / static_cast<double>(owed);
}

std::optional<double> Figures::visit_rate() const {
  if (due == 0) return std::nullopt;
  return static_cast<double>(visited) / static_cast<double>(due);
}

Coverage coverage(db::Session& session, const std::string& area, const std::string& month, Instant now) {
  Coverage made;
  made.area = area;
  made.name = require_area(session, area);
  made.month = month;
  std::map<std::string, Figures> tiers;
  std::map<std::string, Figures> areas;
  std::map<std::string, Figures> categories;
  for (const std::string& county : open_counties(session, area, month, made.not_open)) {
    for (const store::TierRow& row : store::load_tiers(session, county, area, month, digits_below(area), now)) {
      made.total += row.figures;
      tiers[row.tier.empty() ? "none" : row.tier] += row.figures;
      areas[row.part] += row.figures;
    }
    add_categories(session, county, area, month, now, categories);
    for (const RoundFigures& round : store::load_rounds(session, county, area, month)) {
      auto known = std::find_if(made.rounds.begin(), made.rounds.end(), [&](const RoundFigures& other) {
        return other.label == round.label && other.last_day == round.last_day;
      });
      if (known == made.rounds.end()) known = made.rounds.insert(known, {round.label, round.last_day, 0, 0});
      known->owed += round.owed;
      known->met += round.met;
    }
  }
  made.by_tier = parts_of(tiers);
  std::stable_sort(made.by_tier.begin(), made.by_tier.end(),
                   [](const Part& left, const Part& right) { return rank_of(left.word) < rank_of(right.word); });
  made.by_area = parts_of(areas);
  for (Part& part : made.by_area) part.name = store::find_area_name(session, part.word).value_or("");
  made.by_category = parts_of(categories);
  return made;
}

std::vector<PersonCoverage> find_people(db::Session& session, const std::string& area, const std::string& month,
                                        Instant now, const PersonFilter& filter) {
  require_area(session, area);
  std::vector<PersonCoverage> found;
  std::vector<std::string> closed;
  PersonFilter left = filter;
  for (const std::string& county : open_counties(session, area, month, closed)) {
    if (left.limit == 0) break;
    if (county < county_of(filter.after_area)) continue;
    store::for_each_person(session, county, area, month, now, left,
                           [&](const store::PersonRow& row) { found.push_back(person_of(row, now)); });
    left.limit = filter.limit - static_cast<int>(found.size());
  }
  return found;
}

void for_each_person(db::Session& session, const std::string& area, const std::string& month, Instant now,
                     const std::function<void(const PersonCoverage&)>& visit) {
  require_area(session, area);
  std::vector<std::string> closed;
  for (const std::string& county : open_counties(session, area, month, closed)) {
    store::for_each_person(session, county, area, month, now, kEverybody,
                           [&](const store::PersonRow& row) { visit(person_of(row, now)); });
  }
}

}  // namespace tanfang::reports
