#include "ledgers/imports_store.h"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "ledgers/plain_words.h"

namespace tanfang::ledgers {

bool insert_import(db::Session& session, const LedgerImport& order, Id id, const LedgerResult& result,
                   const std::string& actor, const ImportMarks& marks) {
  std::string holds_from = marks.holds_from.iso();
  return session.execute(
             "insert into ledger_imports (county, id, area, kind, rows_read, accepted, registered, changed, repaired,"
             " refused, differences, imported_at, actor, state, file_name, touched_at, recorded, holds_from,"
             " former_corrections)"
             " values ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8, $9, $10, $11, 'running', $12, $10, 1, $13, $14)"
             " on conflict (county, id) do update set state = 'running', touched_at = excluded.touched_at"
             " where ledger_imports.state in ('running', 'failed')",
             {order.area.substr(0, 6), id, order.area, to_text(order.kind), result.rows, result.accepted,
              result.repaired, result.refused.size(), result.differences, marks.begun, actor, marks.file_name,
              holds_from, marks.former_corrections}) > 0;
}

bool update_import(db::Session& session, const std::string& county, Id id, const LedgerResult& result,
                   std::size_t written, std::string_view state, Instant now) {
  return session.execute(
             "update ledger_imports set accepted = $3, registered = $4, changed = $5, unchanged = $6, repaired = $7,"
             " refused = $8, differences = $9, written = $10, state = $11, touched_at = $12 where county = $1 and id = "
             "$2"
             " and state = 'running'",
             {county, id, result.accepted, result.registered, result.changed, result.unchanged, result.repaired,
              result.refused.size(), result.differences, written, state, now}) > 0;
}

namespace {

constexpr std::int64_t kSilent = 10 * 60'000;  // milliseconds after which a running import that writes nothing is none

constexpr std::string_view kColumns =
    "select county, id, area, kind, file_name, imported_at, actor, state, rows_read, accepted, written, registered,"
    " changed, unchanged, repaired, refused, differences, recorded, holds_from, withdrawn, restored, left_alone,"
    " undone_at, coalesce(undone_by, ''), touched_at from ledger_imports ";

ImportRecord read_import(const db::Row& row, Instant now) {
  ImportRecord one;
  one.county = row.string(0);
  one.id = row.id(1);
  one.area = row.string(2);
  one.kind = row.string(3);
  one.file_name = row.string(4);
  one.imported_at = row.instant(5);
  one.actor = row.string(6);
  one.state = row.string(7);
  one.rows = row.integer(8);
  one.accepted = row.integer(9);
  one.written = row.integer(10);
  one.registered = row.integer(11);
  one.changed = row.integer(12);
  one.unchanged = row.integer(13);
  one.repaired = row.integer(14);
  one.refused = row.integer(15);
  one.differences = row.integer(16);
  one.recorded = row.boolean(17);
  one.holds_from = row.text(18).empty() ? china_date(one.imported_at) : row.date(18);
  one.withdrawn = row.integer(19);
  one.restored = row.integer(20);
  one.left_alone = row.integer(21);
  if (auto at = row.optional_integer(22)) one.undone_at = Instant{*at};
  one.undone_by = row.string(23);
  bool silent = now.milliseconds - row.integer(24) > kSilent;
  if (one.state == "running" && silent) one.state = "interrupted";
  return one;
}

}  // namespace

std::vector<ImportRecord> list_imports(db::Session& session, const ImportFilter& filter, Instant now) {
  auto holds = [&](LedgerKind kind) {
    return std::find(filter.kinds.begin(), filter.kinds.end(), kind) != filter.kinds.end();
  };
  std::int64_t before = filter.before.value != 0 ? filter.before.value : std::numeric_limits<std::int64_t>::max();
  return session.all(
      std::string(kColumns) +
          "where county = $1 and id < $2 and area like $3 and ((kind = 'ledger' and $4 = 1) or (kind = 'health' and"
          " $5 = 1) or (kind = 'disabled' and $6 = 1)) order by id desc limit $7",
      {filter.area.substr(0, 6), before, filter.area + "%", holds(LedgerKind::ledger), holds(LedgerKind::health),
       holds(LedgerKind::disabled), filter.limit},
      [&](const db::Row& row) { return read_import(row, now); });
}

std::optional<ImportRecord> find_import(db::Session& session, std::string_view within, Id id, Instant now) {
  auto read = [&](const db::Row& row) { return read_import(row, now); };
  std::optional<ImportRecord> found;
  if (within.size() >= 6) {
    found = session.first(std::string(kColumns) + "where county = $1 and id = $2", {within.substr(0, 6), id}, read);
  } else {
    // The counties are few: every step is a look-up by the key.
    found =
        session.first(std::string(kColumns) + "where county in (select county from counties) and id = $1", {id}, read);
  }
  return found && found->area.starts_with(within) ? found : std::nullopt;
}

void begin_undoing(db::Session& session, const std::string& county, Id id, Instant now, const std::string& actor) {
  session.execute(
      "update ledger_imports set state = 'undoing', touched_at = $3, undone_by = $4 where county = $1 and id = $2",
      {county, id, now, actor});
}

void add_undone(db::Session& session, const std::string& county, Id id, std::size_t withdrawn, std::size_t restored,
                std::size_t left_alone, Instant now) {
  session.execute(
      "update ledger_imports set withdrawn = withdrawn + $3, restored = restored + $4, left_alone = left_alone + $5,"
      " touched_at = $6 where county = $1 and id = $2",
      {county, id, withdrawn, restored, left_alone, now});
}

void end_undoing(db::Session& session, const std::string& county, Id id, Instant now) {
  session.execute(
      "update ledger_imports set state = 'undone', undone_at = $3, touched_at = $3 where county = $1 and id = $2",
      {county, id, now});
}

std::int64_t count_decided(db::Session& session, const std::string& county, Id id) {
  return session
      .first(
          "select count(distinct d.person) from imported_differences i join ledger_differences d"
          " on d.county = i.county and d.id = i.difference where i.county = $1 and i.import = $2 and d.import = $2"
          " and d.status in ('accepted', 'rejected') and (i.former_status is null or i.former_status <> d.status)"
          " and not exists (select 1 from imported_people p where p.county = i.county and p.import = i.import"
          "  and p.person = d.person)",
          {county, id}, [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

void restore_corrections(db::Session& session, const std::string& county, Id id) {
  auto text = session.first("select former_corrections from ledger_imports where county = $1 and id = $2", {county, id},
                            [](const db::Row& row) { return row.string(0); });
  const boost::json::value lines = boost::json::parse(text.value_or("[]"));
  for (const auto& value : lines.as_array()) {
    const boost::json::array& line = value.as_array();
    std::string heading(line.at(0).as_string()), word(line.at(1).as_string()), said(line.at(3).as_string());
    if (line.at(2).is_null()) {
      session.execute("delete from ledger_mappings where county = $1 and heading = $2 and word = $3 and target = $4",
                      {county, heading, word, said});
    } else {
      std::string former(line.at(2).as_string());
      session.execute(
          "update ledger_mappings set target = $5 where county = $1 and heading = $2 and word = $3 and target = $4",
          {county, heading, word, said, former});
    }
  }
}

std::string former_corrections(db::Session& session, const std::string& county, const Mapping& corrections) {
  boost::json::array lines;
  auto note = [&](const std::string& heading, const std::string& word, const std::string& target) {
    auto former = session.first("select target from ledger_mappings where county = $1 and heading = $2 and word = $3",
                                {county, heading, word}, [](const db::Row& row) { return row.string(0); });
    boost::json::value before = former ? boost::json::value(*former) : boost::json::value(nullptr);
    if (former != target) lines.push_back(boost::json::array{heading, word, std::move(before), target});
  };
  for (const auto& [heading, target] : corrections.columns) note(plain_value(heading), "", target);
  for (const auto& [heading, words] : corrections.values) {
    for (const auto& [word, value] : words) note(plain_value(heading), plain_value(word), value);
  }
  return boost::json::serialize(lines);
}

}  // namespace tanfang::ledgers
