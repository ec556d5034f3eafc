#include "reports/reports_store.h"

#include <limits>

namespace tanfang::reports::store {
namespace {

/// The first text after all codes that begin with `prefix`.
std::string after(const std::string& prefix) { return prefix + ":"; }

}  // namespace

Figures figures_of(const db::Row& row, int first) {
  Figures figures;
  figures.owed = row.integer(first);
  figures.met = row.integer(first + 1);
  figures.overdue = row.integer(first + 2);
  figures.due = row.integer(first + 3);
  figures.visited = row.integer(first + 4);
  figures.declined = row.integer(first + 5);
  figures.suspended = row.integer(first + 6);
  figures.unknown = row.integer(first + 7);
  figures.refused_home_visit = row.integer(first + 8);
  figures.below_floor = row.integer(first + 9);
  return figures;
}

std::optional<std::string> find_area_name(db::Session& session, const std::string& code) {
  return session.first("select name from report_areas where code = $1", {code},
                       [](const db::Row& row) { return row.string(0); });
}

std::vector<CountyMonth> load_counties(db::Session& session, const std::string& area, const std::string& month) {
  std::string county = area.substr(0, 6);
  std::string end = after(county);
  return session.all(
      "select c.county, case when m.month is null then 0 else 1 end from report_counties c "
      "left join report_open_months m on m.county = c.county and m.month = $3 "
      "where c.county >= $1 and c.county < $2 order by c.county",
      {county, end, month}, [](const db::Row& row) {
        return CountyMonth{row.string(0), row.boolean(1)};
      });
}

std::vector<TierRow> load_tiers(db::Session& session, const std::string& county, const std::string& area,
                                const std::string& month, int digits, Instant now) {
  std::string end = after(area);
  return session.all(
      "select substr(village, 1, cast($6 as integer)) as part, tier, cast(sum(owed) as bigint), "
      "cast(sum(met) as bigint), cast(sum(case when overdue_at <= $5 then owed - met else 0 end) as bigint), "
      "cast(sum(due) as bigint), cast(sum(visited) as bigint), cast(sum(declined) as bigint), "
      "cast(sum(suspended) as bigint), cast(sum(unknown) as bigint), cast(sum(refused_home_visit) as bigint), "
      "cast(sum(below_floor) as bigint) from report_tiers "
      "where county = $1 and month = $2 and village >= $3 and village < $4 group by 1, 2 order by 1, 2",
      {county, month, area, end, now, digits}, [](const db::Row& row) {
        return TierRow{row.string(0), row.string(1), figures_of(row, 2)};
      });
}

std::vector<CategoryRow> load_categories(db::Session& session, const std::string& county, const std::string& area,
                                         const std::string& month, Instant now) {
  std::string end = after(area);
  return session.all(
      "select categories, cast(sum(owed) as bigint), cast(sum(met) as bigint), "
      "cast(sum(case when overdue_at <= $5 then owed - met else 0 end) as bigint), cast(sum(due) as bigint), "
      "cast(sum(visited) as bigint), cast(sum(declined) as bigint), cast(sum(suspended) as bigint), "
      "cast(sum(unknown) as bigint), cast(sum(refused_home_visit) as bigint), cast(sum(below_floor) as bigint) "
      "from report_categories "
      "where county = $1 and month = $2 and town >= $3 and town < $4 group by 1 order by 1",
      {county, month, area, end, now}, [](const db::Row& row) {
        return CategoryRow{row.string(0), figures_of(row, 1)};
      });
}

std::vector<RoundFigures> load_rounds(db::Session& session, const std::string& county, const std::string& area,
                                      const std::string& month) {
  std::string end = after(area);
  return session.all(
      "select label, last_day, cast(sum(owed) as bigint), cast(sum(met) as bigint) from report_rounds "
      "where county = $1 and month = $2 and village >= $3 and village < $4 group by 1, 2 "
      "having sum(owed) > 0 order by 2, 1",
      {county, month, area, end}, [](const db::Row& row) {
        return RoundFigures{row.string(0), row.date(1), row.integer(2), row.integer(3)};
      });
}

void for_each_person(db::Session& session, const std::string& county, const std::string& area, const std::string& month,
                     Instant now, const PersonFilter& filter, const std::function<void(const PersonRow&)>& visit) {
  std::string end = after(area);
  std::int64_t limit = filter.limit == 0 ? std::numeric_limits<std::int64_t>::max() : filter.limit;
  // In words of its own: only so an engine reads the few by their own index.
  std::string unsettled = filter.unsettled ? "and unsettled = 1 " : "";
  session.query(
      "select person, name, village, tier, owed_tier, categories, owed, met, overdue_at, due, visited, declined, "
      "suspended, unknown, refused_home_visit, below_floor from report_people "
      "where county = $1 and month = $2 and village >= $3 and village < $4 and (village, person) > ($5, $6) " +
          unsettled +
          "and ($7 = '' or $7 = case when owed = 1 then case when met = 1 then 'met' when overdue_at <= $8 then "
          "'overdue' else 'owed' end when declined = 1 then 'declined' when suspended = 1 then 'suspended' "
          "when unknown = 1 then 'unknown' else 'none' end) "
          "and ($9 = '' or $9 = case when owed = 1 then owed_tier else tier end) "
          "order by village, person limit $10",
      {county, month, area, end, filter.after_area, filter.after, filter.state, now, filter.tier, limit},
      [&](const db::Row& row) {
        PersonRow found;
        found.person.person = row.id(0);
        found.person.name = row.string(1);
        found.person.area = row.string(2);
        found.owed = row.boolean(6);
        found.person.tier = found.owed ? row.string(4) : row.string(3);
        found.categories = row.string(5);
        found.met = row.boolean(7);
        found.overdue_at = row.instant(8);
        found.person.due = row.boolean(9);
        found.person.visited = row.boolean(10);
        found.person.declined = row.boolean(11);
        found.person.suspended = row.boolean(12);
        found.person.unknown = row.boolean(13);
        found.person.refused_home_visit = row.boolean(14);
        found.person.below_floor = row.boolean(15);
        visit(found);
      });
}

}  // namespace tanfang::reports::store
