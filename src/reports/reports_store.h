// The views that reports read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "platform/db/database.h"
#include "reports/reports.h"

namespace tanfang::reports::store {

/// The ten figures of a row from column `first` on, in the order of the struct.
Figures figures_of(const db::Row& row, int first);

std::optional<std::string> find_area_name(db::Session& session, const std::string& code);
/// Counties that hold people, or are that county, inside `area`; with whether the month is open there.
struct CountyMonth {
  std::string county;
  bool open = false;
};
std::vector<CountyMonth> load_counties(db::Session& session, const std::string& area, const std::string& month);

/// Figures of a county's month inside `area`, by the first `digits` of the village code and by tier.
struct TierRow {
  std::string part;
  std::string tier;
  Figures figures;
};
std::vector<TierRow> load_tiers(db::Session& session, const std::string& county, const std::string& area,
                                const std::string& month, int digits, Instant now);
/// By set of categories: words between single spaces. `area` is a town or larger.
struct CategoryRow {
  std::string categories;
  Figures figures;
};
std::vector<CategoryRow> load_categories(db::Session& session, const std::string& county, const std::string& area,
                                         const std::string& month, Instant now);
std::vector<RoundFigures> load_rounds(db::Session& session, const std::string& county, const std::string& area,
                                      const std::string& month);

/// A person's row as the view has it.
struct PersonRow {
  PersonCoverage person;
  std::string categories;
  bool owed = false;
  bool met = false;
  Instant overdue_at;
};
/// `filter.limit` 0: all.
void for_each_person(db::Session& session, const std::string& county, const std::string& area, const std::string& month,
                     Instant now, const PersonFilter& filter, const std::function<void(const PersonRow&)>& visit);

/// A county's figures inside `area` of every open month from `from` to `to`, by month.
std::vector<MonthFigures> load_trend(db::Session& session, const std::string& county, const std::string& area,
                                     const std::string& from, const std::string& to, Instant now);

/// Somebody who is owed something in the month: the first due day of what is open, or the day on which all was met.
struct OwedRow {
  std::string village;
  std::optional<Date> open_until;
  std::optional<Date> finished_on;
  Date last_due;
};
std::vector<OwedRow> load_owed(db::Session& session, const std::string& county, const std::string& area,
                               const std::string& month);
std::vector<std::pair<std::string, std::string>> load_area_names(db::Session& session, const std::string& area);

/// A county's people behind `filter.after_area` and `filter.after`, at most `limit`. Facts are only looked for as words
/// in the text here: the caller looks at the facts themselves.
std::vector<PersonListed> load_registry(db::Session& session, const std::string& county, const std::string& area,
                                        const std::string& month, Instant now, const ListFilter& filter, int limit);
/// One person of the county.
std::optional<PersonListed> find_listed(db::Session& session, const std::string& county, const std::string& month,
                                        Instant now, Id person);

}  // namespace tanfang::reports::store
