#include "ledgers/ledgers_store.h"

#include "ledgers/plain_words.h"

namespace tanfang::ledgers {

Mapping load_corrections(db::Session& session, const std::string& county) {
  Mapping mapping;
  session.query("select heading, word, target from ledger_mappings where county = $1 order by heading, word", {county},
                [&](const db::Row& row) {
                  std::string heading = row.string(0);
                  std::string word = row.string(1);
                  if (word.empty()) {
                    mapping.columns[heading] = row.string(2);
                  } else {
                    mapping.values[heading][word] = row.string(2);
                  }
                });
  return mapping;
}

std::int64_t keep_corrections(db::Session& session, const std::string& county, const Mapping& mapping) {
  std::int64_t kept = 0;
  auto keep = [&](const std::string& heading, const std::string& word, const std::string& target) {
    kept += session.execute(
        "insert into ledger_mappings (county, heading, word, target) values ($1, $2, $3, $4)"
        " on conflict (county, heading, word) do update set target = excluded.target"
        " where ledger_mappings.target <> excluded.target",
        {county, heading, word, target});
  };
  for (const auto& [heading, target] : mapping.columns) keep(plain_value(heading), "", target);
  for (const auto& [heading, words] : mapping.values) {
    for (const auto& [word, value] : words) keep(plain_value(heading), plain_value(word), value);
  }
  return kept;
}

namespace {

/// How a difference is before the import touches it, once.
void keep_former(db::Session& session, const std::string& county, Id difference, Id from_import) {
  session.execute(
      "insert into imported_differences (county, import, difference, former_import, former_row, former_found,"
      " former_status) select county, $3, id, import, file_row, found, status from ledger_differences"
      " where county = $1 and id = $2 on conflict (county, import, difference) do nothing",
      {county, difference, from_import});
}

void insert_difference(db::Session& session, const Difference& one, Id from_import) {
  std::string day = one.found_on.iso();
  session.execute(
      "insert into ledger_differences (county, id, person, kind, source, topic, said, found, file_row, import, status,"
      " found_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11)",
      {one.county, one.id, one.person, one.kind, one.source, one.topic, one.said, one.found, one.row, from_import,
       day});
  session.execute("insert into imported_differences (county, import, difference) values ($1, $2, $3)",
                  {one.county, from_import, one.id});
}

}  // namespace

std::int64_t put_differences(db::Session& session, std::span<const Difference> differences, Id from_import) {
  std::int64_t put = 0;
  for (const Difference& one : differences) {
    auto known = session.first(
        "select id, import from ledger_differences where county = $1 and person = $2 and kind = $3 and source = $4"
        " and topic = $5 and said = $6",
        {one.county, one.person, one.kind, one.source, one.topic, one.said},
        [](const db::Row& row) { return std::pair(row.id(0), row.id(1)); });
    if (!known) {
      insert_difference(session, one, from_import);
      ++put;
      continue;
    }
    if (known->second != from_import) keep_former(session, one.county, known->first, from_import);
    session.execute(
        "update ledger_differences set import = $1, file_row = $2, found = $3,"
        " status = case when status = 'settled' then 'open' else status end where county = $4 and id = $5",
        {from_import, one.row, one.found, one.county, known->first});
  }
  return put;
}

std::int64_t settle_claims(db::Session& session, const std::string& county, std::span<const Id> people,
                           Id from_import) {
  auto open = session.first(
      "select count(*) from ledger_differences where county = $1 and status = 'open' and kind = 'claim'"
      " and import <> $2",
      {county, from_import}, [](const db::Row& row) { return row.integer(0); });
  if (!open || *open == 0) return 0;
  std::int64_t settled = 0;
  for (Id person : people) {
    auto said = session.all(
        "select id from ledger_differences where county = $1 and person = $2 and kind = 'claim' and status = 'open'"
        " and import <> $3",
        {county, person, from_import}, [](const db::Row& row) { return row.id(0); });
    for (Id difference : said) {
      keep_former(session, county, difference, from_import);
      settled += session.execute("update ledger_differences set status = 'settled' where county = $1 and id = $2",
                                 {county, difference});
    }
  }
  return settled;
}

void delete_differences_of(db::Session& session, const std::string& county, const std::vector<Id>& people) {
  session.execute_many("delete from ledger_differences where county = $1 and person = $2", people.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         out = {county, people[i]};
                       });
}

void restore_differences(db::Session& session, const std::string& county, Id import) {
  session.execute(
      "delete from ledger_differences where county = $1 and import = $2 and decided_at is null and id in"
      " (select difference from imported_differences where county = $1 and import = $2 and former_status is null)",
      {county, import});
  session.execute(
      "update ledger_differences set import = f.former_import, file_row = f.former_row, found = f.former_found,"
      " status = f.former_status from imported_differences f where f.county = $1 and f.import = $2"
      " and f.former_status is not null and ledger_differences.county = f.county"
      " and ledger_differences.id = f.difference"
      " and (ledger_differences.import = $2 or ledger_differences.status = 'settled')"
      " and (ledger_differences.status = f.former_status or ledger_differences.decided_at is null)",
      {county, import});
  session.execute("delete from imported_differences where county = $1 and import = $2", {county, import});
}

namespace {

constexpr std::string_view kColumns =
    "select county, id, person, kind, source, topic, said, found, file_row, status, found_on from ledger_differences ";

Difference read_difference(const db::Row& row) {
  Difference one;
  one.county = row.string(0);
  one.id = row.id(1);
  one.person = row.id(2);
  one.kind = row.string(3);
  one.source = row.string(4);
  one.topic = row.string(5);
  one.said = row.string(6);
  one.found = row.string(7);
  one.row = static_cast<int>(row.integer(8));
  one.status = row.string(9);
  one.found_on = row.date(10);
  return one;
}

}  // namespace

std::optional<Difference> find_difference(db::Session& session, std::string_view county, Id id) {
  return session.first(std::string(kColumns) + "where county = $1 and id = $2", {county, id}, read_difference);
}

void decide(db::Session& session, std::string_view county, Id id, std::string_view status, Instant now,
            const std::string& actor, std::string_view reason) {
  session.execute(
      "update ledger_differences set status = $1, decided_at = $2, decided_by = $3, reason = $4"
      " where county = $5 and id = $6",
      {status, now, actor, reason, county, id});
}

std::vector<Difference> select_differences(db::Session& session, const DifferenceFilter& filter) {
  std::int64_t after = 0;
  if (auto id = parse_id(filter.cursor)) after = id->value;
  return session.all(
      "select d.county, d.id, d.person, d.kind, d.source, d.topic, d.said, d.found, d.file_row, d.status, d.found_on"
      " from ledger_differences d join people p on p.county = d.county and p.id = d.person"
      " where d.county = $1 and d.id > $2 and (d.status = 'open' or $3 = 0) and (d.kind = $4 or $4 = '')"
      " and p.area like $5 order by d.id limit $6",
      {filter.area.substr(0, 6), after, filter.open_only, filter.kind, filter.area + "%", filter.limit},
      read_difference);
}

std::string find_name(db::Session& session, const registry::PersonKey& key) {
  auto names = session.all("select name from people where county = $1 and id = $2", {key.county, key.id},
                           [](const db::Row& row) { return row.string(0); });
  return names.empty() ? std::string() : names.front();
}

std::vector<Id> find_namesakes(db::Session& session, const std::string& county, const std::string& name,
                               const std::string& birth_date, const std::string& area) {
  return session.all(
      "select id from people where county = $1 and name = $2 and birth_date = $3 and area like $4 order by id"
      " limit 5",
      {county, name, birth_date, area + "%"}, [](const db::Row& row) { return row.id(0); });
}

}  // namespace tanfang::ledgers
