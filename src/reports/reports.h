// What the figures say of an area and a month, read from the views of db/views only.
//
// Scheme fulfilment and the monthly visit rate are never mixed; who declined, is suspended, has refused home visits or
// is of unknown eligibility stands beside them (design, section 6).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "platform/db/database.h"

namespace tanfang::reports {

/// Numbers of people.
struct Figures {
  std::int64_t owed = 0;     // scheme fulfilment: with a window that ends in the month
  std::int64_t met = 0;      // all of whose such windows are met
  std::int64_t overdue = 0;  // with one unmet whose due day has passed
  std::int64_t due = 0;      // monthly visit rate: active, eligible, not declined on the first day
  std::int64_t visited = 0;  // with a counted visit in the month
  std::int64_t declined = 0;
  std::int64_t suspended = 0;
  std::int64_t unknown = 0;
  std::int64_t refused_home_visit = 0;
  std::int64_t below_floor = 0;

  Figures& operator+=(const Figures& other);
  bool operator==(const Figures&) const = default;
  /// met ÷ owed and visited ÷ due; nullopt (a dash) where nothing is owed or nobody due.
  std::optional<double> fulfilment() const;
  std::optional<double> visit_rate() const;
};

/// Figures of one tier, category or area. `word` is its id or code; `name` an area's name.
struct Part {
  std::string word;
  std::string name;
  Figures figures;
};

/// A round that ended in the month: the people it was owed to and those visited.
struct RoundFigures {
  std::string label;  // festival/<id>, round/<id>
  Date last_day;
  std::int64_t owed = 0;
  std::int64_t met = 0;
  bool operator==(const RoundFigures&) const = default;
};

struct Coverage {
  std::string area;
  std::string name;
  std::string month;  // YYYY-MM
  Figures total;
  std::vector<Part> by_tier;      // key, secondary, general, then others; `none`: people without a tier
  std::vector<Part> by_area;      // the areas next below, by code
  std::vector<Part> by_category;  // a person counts in each of their categories
  std::vector<RoundFigures> rounds;
  std::vector<std::string> not_open;  // counties of the area where the month was never opened
};

/// The coverage of an area of any level. Refuses `area.unknown`, and `coverage.month_not_open` where no county of the
/// area has the month open. `now` decides who is overdue.
Coverage coverage(db::Session& session, const std::string& area, const std::string& month, Instant now);

struct PersonCoverage {
  Id person;
  std::string name;  // masked
  std::string area;
  std::string tier;
  std::vector<std::string> categories;
  /// The first that holds: met, owed, overdue; declined, suspended, unknown; none (no window ends in the month).
  std::string state;
  /// The figures that count the person: who is owed one window may have declined or be suspended in another.
  bool due = false;
  bool visited = false;
  bool declined = false;
  bool suspended = false;
  bool unknown = false;
  bool refused_home_visit = false;
  bool below_floor = false;
};
/// Whom of the coverage's people; what is empty asks nothing.
struct PersonFilter {
  std::string state;  // as in PersonCoverage
  std::string tier;
  /// The place behind which the page begins: village and id of the last person of the page before.
  std::string after_area;
  Id after;
  int limit = 50;
  bool unsettled = false;  // only of whom the schemes cannot tell by what is known today, whatever their state
};
/// A page of them, village by village. Refuses as `coverage`.
std::vector<PersonCoverage> find_people(db::Session& session, const std::string& area, const std::string& month,
                                        Instant now, const PersonFilter& filter);
/// Everybody that the coverage counts, village by village. Refuses as `coverage`.
void for_each_person(db::Session& session, const std::string& area, const std::string& month, Instant now,
                     const std::function<void(const PersonCoverage&)>& visit);

// ---- The course of things ----------------------------------------------------------------------------------------

struct MonthFigures {
  std::string month;  // YYYY-MM
  Figures figures;
};
/// The area's figures of the open months from `from` to `to`, the earliest first. Refuses `area.unknown`.
std::vector<MonthFigures> trend(db::Session& session, const std::string& area, const std::string& from,
                                const std::string& to, Instant now);

/// What will be missed where things go on as they have gone lately: in each village, as many people a day are finished
/// as were on average in the last `kPaceDays` days of the month, today included, until the last due day.
struct ForecastPart {
  std::string area;  // a village; in the whole the area asked for
  std::string name;
  std::int64_t owed = 0;      // people
  std::int64_t open = 0;      // of them not finished
  std::int64_t expected = 0;  // of these to be finished in time
  std::int64_t missed() const { return open - expected; }
};
inline constexpr int kPaceDays = 14;
struct Forecast {
  ForecastPart total;
  Date last_due;
  int days_left = 0;                     // today included
  std::vector<ForecastPart> by_village;  // only where somebody will be missed, the most first
};
/// Of a county, town or village. Refuses `area.unknown`, `coverage.month_not_open`, `forecast.area`.
Forecast forecast(db::Session& session, const std::string& area, const std::string& month, Date today);

// ---- The calendar of a month -------------------------------------------------------------------------------------

/// Of what ends in the month, numbers of obligations by their due day and by the day on which they were met.
struct CalendarDay {
  Date day;
  std::int64_t due = 0;
  std::int64_t due_met = 0;  // of those due, met by now
  std::int64_t overdue = 0;  // of those due, not met and late by now
  std::int64_t met = 0;      // met on that day, whenever due
  bool operator==(const CalendarDay&) const = default;
};
struct CalendarPart {
  std::string part;  // an area's code or a visitor's id; "" for people whom nobody visits
  std::string name;
  std::vector<CalendarDay> days;  // that have something, in order
};
struct Calendar {
  std::vector<CalendarDay> days;
  std::vector<CalendarPart> parts;
};
enum class CalendarBy { nothing, area, visitor };
/// Of a county, town or village; by the areas next below, or by visitor. Refuses `area.unknown`,
/// `coverage.month_not_open`, `forecast.area`.
Calendar calendar(db::Session& session, const std::string& area, const std::string& month, CalendarBy by, Instant now);

// ---- The registry as a list --------------------------------------------------------------------------------------

/// Which people; filters combine, and what is empty asks nothing.
struct ListFilter {
  /// In the month, as in PersonCoverage; or `due` and `open` of scheme fulfilment, `counted` and `visited` of the
  /// monthly visit rate, `below_floor`.
  std::string state;
  std::string tier;
  std::string category;
  /// active, declined, suspended, moved_out or deceased today; "" who is here (not the last two); `all`.
  std::string status;
  std::string name;                                        // begins with
  std::string pinyin;                                      // or its initials, begin with
  std::vector<std::pair<std::string, std::string>> facts;  // fact, value: all hold
  std::vector<std::string> unknown_facts;                  // none of them is known
  Id import;                                               // which registered or changed them
  std::string import_part;                                 // registered or changed by it
  /// As in PersonFilter.
  std::string after_area;
  Id after;
  int limit = 50;
};
struct PersonListed {
  std::string county;
  Id person;
  std::string name;  // unmasked: the caller decides who sees it
  std::string area;
  std::string village_name;
  std::string town_name;
  std::string sex;
  Date birth_date;
  std::string status;
  std::string tier;
  std::vector<std::string> categories;
  std::string state;  // none where the month is not open
  std::string facts;  // the JSON object
};
/// A page of the people of the area, village by village. Refuses `area.unknown`.
std::vector<PersonListed> list_people(db::Session& session, const std::string& area, const std::string& month,
                                      Instant now, const ListFilter& filter);
/// People of one county who were chosen one by one, village by village; who has no file there is left out.
std::vector<PersonListed> list_chosen(db::Session& session, const std::string& county, const std::string& month,
                                      Instant now, const std::vector<Id>& people);

// ---- Work and the trail --------------------------------------------------------------------------------------------

/// What waits for people to do in an area; numbers of people, differences, transfers and records.
struct WorkCounts {
  /// People of whom the schemes cannot tell whether they are eligible, by what is known today, and of whom it was asked.
  std::int64_t verification = 0;
  std::int64_t refresh = 0;       // files that nobody confirmed for too long
  std::int64_t differences = 0;   // what ledgers and lists say otherwise, undecided
  std::int64_t transfers = 0;     // files that are to arrive, undecided
  std::int64_t corrections = 0;   // records corrected since `corrected_since`
};
/// `area` is a county, or a town or village of it.
WorkCounts count_work(db::Session& session, const std::string& area, const std::string& month, Instant corrected_since);

/// One line of the trail. `number` is missing where the event is not yet in its chain.
struct TrailEntry {
  std::string county;
  std::optional<std::int64_t> number;
  Id id;
  Instant at;
  std::string actor;
  std::string kind;
  std::string subject;
  std::string details;  // a JSON object, where nobody edited it
};
/// Which lines of one chain are asked for; what is empty asks nothing.
struct TrailFilter {
  std::string county;  // "": the chain of what belongs to no county
  std::string actor;
  std::string kind;
  std::string subject;
  std::optional<Instant> from;
  std::optional<Instant> to;  // not included
  /// Where the page before ended: in the tail that is not yet in the chain, before this id; or in the chain, before
  /// this number.
  std::optional<Id> before_id;
  std::optional<std::int64_t> before_number;
  int limit = 50;
};
/// The unsealed tail first, then the chain, newest first. A page looks at a bounded number of lines, so that it may
/// hold less than `limit`, or nothing, and yet not be the last: that is the one without a place behind it.
struct TrailPage {
  std::vector<TrailEntry> entries;
  std::optional<Id> before_id;
  std::optional<std::int64_t> before_number;
};
TrailPage read_trail(db::Session& session, const TrailFilter& filter);

}  // namespace tanfang::reports
