#include "canvass/canvass_store.h"

#include "base/area_code.h"

namespace tanfang::canvass::store {
namespace {

/// What `read_row` reads, in this order.
const std::string kSelect =
    "select h.id, h.village, h.group_name, h.place, h.listed, h.canvass, h.result, h.result_on, h.differing, d.result,"
    " d.result_on, d.noted_by from households h left join household_results d"
    " on d.county = h.county and d.household = h.id and d.id = h.differing";

Row read_row(const db::Row& row) {
  Row found;
  found.id = row.id(0);
  found.village = row.string(1);
  found.group = row.string(2);
  found.place = row.bytes(3);
  found.listed = row.boolean(4);
  found.canvass = row.id(5);
  found.result = parse_result(row.text(6)).value_or(Result::open);
  if (!row.text(7).empty()) found.result_on = row.date(7);
  found.differing = row.id(8);
  if (!row.is_null(9)) {
    found.differs = Differing{parse_result(row.text(9)).value_or(Result::open), row.date(10), row.string(11)};
  }
  return found;
}

std::string day_of(const std::optional<Date>& date) { return date ? date->iso() : ""; }

}  // namespace

void insert_canvass(db::Session& session, const std::string& county, const Canvass& canvass) {
  session.execute("insert into canvasses (county, id, name, begun_on) values ($1, $2, $3, $4)",
                  {county, canvass.id, canvass.name, canvass.begun_on.iso()});
}

void set_ended(db::Session& session, const std::string& county, Id canvass, Date on) {
  session.execute("update canvasses set ended_on = $3 where county = $1 and id = $2", {county, canvass, on.iso()});
}

std::vector<Canvass> load_canvasses(db::Session& session, const std::string& county) {
  return session.all("select id, name, begun_on, ended_on from canvasses where county = $1 order by id desc", {county},
                     [](const db::Row& row) {
                       return Canvass{row.id(0), row.string(1), row.date(2), row.optional_date(3)};
                     });
}

bool insert_household(db::Session& session, const std::string& county, const Row& row, const std::string& place_hash) {
  return session.execute(
             "insert into households (county, id, village, group_name, place, place_hash, listed, canvass, result,"
             " result_on) values ($1, $2, $3, $4, $5, $6, 1, 0, 'open', '')"
             " on conflict (county, village, place_hash) do nothing",
             {county, row.id, row.village, row.group, db::Bytes{row.place}, db::Bytes{place_hash}}) == 1;
}

std::optional<Id> find_place(db::Session& session, const std::string& county, const std::string& village,
                             const std::string& place_hash) {
  return session.first("select id from households where county = $1 and village = $2 and place_hash = $3",
                       {county, village, db::Bytes{place_hash}}, [](const db::Row& row) { return row.id(0); });
}

std::optional<Row> find_household(db::Session& session, const std::string& county, Id household) {
  static const std::string kSql = kSelect + " where h.county = $1 and h.id = $2";
  return session.first(kSql, {county, household}, read_row);
}

void update_household(db::Session& session, const std::string& county, const Row& row, const std::string& place_hash) {
  session.execute(
      "update households set group_name = $3, place = $4, place_hash = $5, listed = $6 where county = $1 and id = $2",
      {county, row.id, row.group, db::Bytes{row.place}, db::Bytes{place_hash}, row.listed});
}

std::string noter_of(db::Session& session, const std::string& county, const Row& row) {
  return session
      .first(
          "select noted_by from household_results where county = $1 and household = $2 and canvass = $3"
          " and result = $4 and result_on = $5 order by id desc limit 1",
          {county, row.id, row.canvass, to_text(row.result), day_of(row.result_on)},
          [](const db::Row& found) { return found.string(0); })
      .value_or("");
}

void set_result(db::Session& session, const std::string& county, const Row& row) {
  session.execute(
      "update households set canvass = $3, result = $4, result_on = $5, differing = $6 where county = $1 and id = $2",
      {county, row.id, row.canvass, to_text(row.result), day_of(row.result_on), row.differing});
}

std::vector<Row> find_households(db::Session& session, const std::string& county, const HouseholdFilter& filter,
                                 Id canvass) {
  std::string group = filter.group.value_or("");
  std::string result(filter.result ? to_text(*filter.result) : "");
  static const std::string kSql =
      kSelect +
      " where h.county = $1 and h.village = $2 and h.listed = 1 and ($3 = 0 or h.group_name = $4)"
      " and (h.group_name, h.id) > ($5, $6)"
      " and ($7 = '' or case when h.canvass = $8 then h.result else 'open' end = $7)"
      " and ($9 = 0 or (h.differing <> 0 and h.canvass = $8)) order by h.group_name, h.id limit $10";
  return session.all(kSql,
                     {county, filter.village, filter.group.has_value(), group, filter.after_group, filter.after, result,
                      canvass, filter.differing, filter.limit},
                     read_row);
}

void insert_result(db::Session& session, const std::string& county, Id household, Id id, Id canvass,
                   const NotedResult& result) {
  std::optional<db::Bytes> note;
  if (!result.note.empty()) note = db::Bytes{result.note};
  session.execute(
      "insert into household_results (county, household, id, canvass, result, result_on, note, noted_at, noted_by)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {county, household, id, canvass, to_text(result.result), result.on.iso(), note, result.noted_at,
       result.noted_by});
}

std::vector<NotedResult> load_results(db::Session& session, const std::string& county, Id household) {
  return session.all(
      "select result, result_on, note, noted_at, noted_by from household_results"
      " where county = $1 and household = $2 order by id desc limit 100",
      {county, household}, [](const db::Row& row) {
        NotedResult noted{parse_result(row.text(0)).value_or(Result::open), row.date(1), "", row.instant(3),
                          row.string(4)};
        if (!row.is_null(2)) noted.note = row.bytes(2);
        return noted;
      });
}

void add_count(db::Session& session, const std::string& county, const Row& row, Id canvass, Result result,
               std::int64_t households) {
  session.execute(
      "insert into canvass_counts (county, village, group_name, canvass, result, households)"
      " values ($1, $2, $3, $4, $5, $6) on conflict (county, village, group_name, canvass, result)"
      " do update set households = canvass_counts.households + excluded.households",
      {county, row.village, row.group, canvass, to_text(result), households});
}

std::vector<Part> sum_counts(db::Session& session, const std::string& area, Id canvass, int digits) {
  std::vector<Part> parts;
  session.query(
      "select case when $5 = 0 then group_name else substr(village, 1, cast($5 as integer)) end as part, result,"
      " cast(sum(households) as bigint) from canvass_counts"
      " where county = $1 and village >= $2 and village < $3 and (canvass = 0 or canvass = $4) group by 1, result"
      " union all"
      " select case when $5 = 0 then group_name else substr(village, 1, cast($5 as integer)) end, 'differing',"
      " count(*) from households where county = $1 and village >= $2 and village < $3 and canvass = $4 and listed = 1"
      " and differing <> 0 group by 1 order by 1",
      {county_of(area), area, area + ":", canvass, digits}, [&](const db::Row& row) {
        if (parts.empty() || parts.back().part != row.text(0)) parts.push_back({row.string(0), {}});
        Completeness& counts = parts.back().counts;
        std::int64_t households = row.integer(2);
        if (row.text(1) == "differing") {
          counts.differing = households;
          return;
        }
        switch (parse_result(row.text(1)).value_or(Result::open)) {
          case Result::open:
            counts.households = households;
            break;
          case Result::nobody_eligible:
            counts.nobody_eligible = households;
            break;
          case Result::registered:
            counts.registered = households;
            break;
          case Result::declined:
            counts.declined = households;
            break;
          case Result::not_home:
            counts.not_home = households;
        }
      });
  std::erase_if(parts, [](const Part& part) { return part.counts.households == 0; });
  return parts;
}

}  // namespace tanfang::canvass::store
