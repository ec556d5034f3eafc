// The rows of the registry as a list, of the trend and of the forecast.
#include <algorithm>
#include <limits>

#include "reports/for_exports.h"
#include "reports/reports_shared.h"
#include "reports/reports_store.h"

namespace tanfang::reports::store {
namespace {

std::string after(const std::string& prefix) { return prefix + ":"; }

/// What must stand in the text of the facts for a fact to have a value: no quotation mark inside a value is left bare.
std::string named(const std::string& fact) { return "%\"" + fact + "\":%"; }

PersonListed read_person(const db::Row& row) {
  PersonListed person;
  person.person = row.id(0);
  person.name = row.string(1);
  person.area = row.string(2);
  person.village_name = row.string(3);
  person.town_name = row.string(4);
  person.sex = row.string(5);
  person.birth_date = row.date(6);
  person.status = row.string(7);
  person.tier = row.string(8);
  person.categories = words_of(row.string(9));
  person.state = row.string(10);
  person.facts = row.string(11);
  return person;
}

const std::string kStatus =
    "coalesce((select s.status from report_status s where s.county = p.county and s.person = p.person and "
    "s.valid_from <= $3 and (s.valid_to is null or s.valid_to > $3) order by s.rank desc limit 1), 'active') as "
    "status ";

/// Statuses are looked up for those rows alone that the filters let through.
const std::string kListed =
    "select person, name, village, village_name, town_name, sex, birth_date, status, tier, categories, state, facts "
    "from (select p.person, p.name, p.village, coalesce(v.name, '') as village_name, coalesce(t.name, '') as "
    "town_name, p.sex, p.birth_date, p.facts, p.pinyin, p.initials, coalesce(m.categories, '') as categories, " +
    kStatus +
    ", coalesce(case when m.owed = 1 then m.owed_tier else m.tier end, '') as tier, "
    "case when m.owed = 1 then case when m.met = 1 then 'met' when m.overdue_at <= $4 then 'overdue' else 'owed' end "
    "when m.declined = 1 then 'declined' when m.suspended = 1 then 'suspended' when m.unknown = 1 then 'unknown' "
    "else 'none' end as state, m.due, m.visited, m.below_floor "
    "from report_registry p "
    "left join report_months m on m.county = p.county and m.month = $2 and m.person = p.person "
    "left join report_areas v on v.code = p.village "
    "left join report_areas t on t.code = substr(p.village, 1, 9) "
    "where p.county = $1 ";

const std::string kRegistered =
    "select person, village, status from (select p.person, p.village, " + kStatus +
    "from report_registry p where p.county = $1 and p.village >= $2 and p.village < $4 "
    "and (p.village, p.person) > ($5, $6)) listed where status not in ('moved_out', 'deceased') "
    "order by village, person limit $7";

const std::string kOne = kListed + "and p.person = $5) listed";

const std::string kRegistry =
    kListed +
    "and p.village >= $5 and p.village < $6 and (p.village, p.person) > ($7, $8) "
    "and ($9 = '' or substr(p.name, 1, length($9)) = $9) "
    "and ($10 = '' or substr(p.pinyin, 1, length($10)) = $10 or substr(p.initials, 1, length($10)) = $10) "
    "and ($11 = '' or p.facts like $11) and ($12 = '' or p.facts like $12) "
    "and ($13 = '' or p.facts like $13) and ($14 = '' or p.facts like $14) "
    "and (cast($20 as bigint) = 0 or exists (select 1 from report_imported i where i.county = p.county "
    "and i.import = $20 and i.person = p.person and ($21 = '' or i.registered = case when $21 = 'registered' "
    "then 1 else 0 end)))) listed "
    "where ($15 = '' or tier = $15) and ($16 = '' or state = $16 or ($16 = 'due' and state = 'met') "
    "or ($16 in ('due', 'open') and state in ('owed', 'overdue')) or ($16 = 'counted' and due = 1) "
    "or ($16 = 'visited' and visited = 1) or ($16 = 'below_floor' and below_floor = 1)) "
    "and ($17 = '' or categories like $17) "
    "and ($18 = 'all' or status = $18 or ($18 = '' and status not in ('moved_out', 'deceased'))) "
    "order by village, person limit $19";

}  // namespace

std::vector<MonthFigures> load_trend(db::Session& session, const std::string& county, const std::string& area,
                                     const std::string& from, const std::string& to, Instant now) {
  std::string end = after(area);
  return session.all(
      "select month, cast(sum(owed) as bigint), cast(sum(met) as bigint), "
      "cast(sum(case when overdue_at <= $6 then owed - met else 0 end) as bigint), cast(sum(due) as bigint), "
      "cast(sum(visited) as bigint), cast(sum(declined) as bigint), cast(sum(suspended) as bigint), "
      "cast(sum(unknown) as bigint), cast(sum(refused_home_visit) as bigint), cast(sum(below_floor) as bigint) "
      "from report_tiers where county = $1 and month >= $4 and month <= $5 and village >= $2 and village < $3 "
      "group by month order by month",
      {county, area, end, from, to, now}, [](const db::Row& row) {
        return MonthFigures{row.string(0), figures_of(row, 1)};
      });
}

std::vector<OwedRow> load_owed(db::Session& session, const std::string& county, const std::string& area,
                               const std::string& month) {
  std::string end = after(area);
  return session.all(
      "select village, min(case when met_on is null then due_day end), "
      "case when count(met_on) = count(1) then max(met_on) end, max(due_day) "
      "from report_owed where county = $1 and month = $2 and village >= $3 and village < $4 group by person, village",
      {county, month, area, end}, [](const db::Row& row) {
        return OwedRow{row.string(0), row.optional_date(1), row.optional_date(2), row.date(3)};
      });
}

std::vector<std::pair<std::string, std::string>> load_area_names(db::Session& session, const std::string& area) {
  std::string end = after(area);
  return session.all("select code, name from report_areas where code >= $1 and code < $2", {area, end},
                     [](const db::Row& row) {
                       return std::pair{row.string(0), row.string(1)};
                     });
}

std::vector<PersonListed> load_registry(db::Session& session, const std::string& county, const std::string& area,
                                        const std::string& month, Instant now, const ListFilter& filter, int limit) {
  std::string end = after(area);
  std::string today = china_date(now).iso();
  std::string facts[4];
  for (std::size_t i = 0; i < filter.facts.size(); ++i) facts[i] = named(filter.facts[i].first);
  std::string category = filter.category.empty() ? "" : "% " + filter.category + " %";
  std::int64_t most = limit == 0 ? std::numeric_limits<std::int64_t>::max() : limit;
  return session.all(
      kRegistry,
      {county,       month,        today,         now,           area,     end,           filter.after_area,
       filter.after, filter.name,  filter.pinyin, facts[0],      facts[1], facts[2],      facts[3],
       filter.tier,  filter.state, category,      filter.status, most,     filter.import, filter.import_part},
      read_person);
}

std::optional<PersonListed> find_listed(db::Session& session, const std::string& county, const std::string& month,
                                        Instant now, Id person) {
  std::string today = china_date(now).iso();
  return session.first(kOne, {county, month, today, now, person}, read_person);
}

}  // namespace tanfang::reports::store

namespace tanfang::reports {

std::vector<Registered> list_registered(db::Session& session, const std::string& area, Date today,
                                        const Registered& after, int limit) {
  std::string end = store::after(area);
  std::string day = today.iso();
  // Both engines look up the first village only, not the first person.
  return session.all(store::kRegistered,
                     {area.substr(0, 6), std::max(area, after.area), day, end, after.area, after.person, limit},
                     [](const db::Row& row) {
                       return Registered{row.id(0), row.string(1), row.string(2)};
                     });
}

}  // namespace tanfang::reports
