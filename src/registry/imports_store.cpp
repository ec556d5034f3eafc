#include "registry/imports_store.h"

namespace tanfang::registry {
namespace {

/// Something is recorded of the person that was not there when the import had written them, or was erased since. Whom
/// it registered nobody can have been assigned to before.
constexpr std::string_view kBuiltOn =
    "(exists (select 1 from person_records r where r.county = i.county and r.person = i.person and r.id > i.last_id)"
    " or (i.registered = 0 and i.former is null)"
    " or (i.registered = 1 and exists (select 1 from assignments a where a.county = i.county"
    "  and a.person = i.person)))";

}  // namespace

void insert_imported(db::Session& session, std::string_view county, Id import, Id last_id,
                     std::span<const ImportedRow> rows) {
  session.execute_many(
      "insert into imported_people (county, import, person, statement, last_id, registered, former)"
      " values ($1, $2, $3, $4, $5, $6, $7)",
      rows.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const ImportedRow& row = rows[i];
        std::optional<db::Bytes> former;
        if (!row.former.empty()) former = db::Bytes{row.former};
        out.insert(out.end(), {county, import, row.person, row.statement, last_id, row.former.empty(), former});
      });
}

std::optional<ImportedRow> find_imported(db::Session& session, std::string_view county, Id import, Id person) {
  return session.first(
      "select person, statement, former from imported_people where county = $1 and import = $2 and person = $3",
      {county, import, person}, [](const db::Row& row) {
        return ImportedRow{row.id(0), row.id(1), row.is_null(2) ? std::string() : std::string(row.bytes(2))};
      });
}

std::vector<ImportedPerson> load_imported(db::Session& session, const std::string& county, Id import, Id after,
                                          std::int64_t limit) {
  static const std::string sql = "select i.person, i.registered, case when " + std::string(kBuiltOn) +
                                 " then 1 else 0 end from imported_people i"
                                 " where i.county = $1 and i.import = $2 and i.person > $3 order by i.person limit $4";
  return session.all(sql, {county, import, after, limit}, [](const db::Row& row) {
    return ImportedPerson{row.id(0), row.boolean(1), row.boolean(2)};
  });
}

std::int64_t count_built_on(db::Session& session, const std::string& county, Id import, std::int64_t most) {
  static const std::string sql =
      "select count(*) from (select i.person from imported_people i where i.county = $1 and i.import = $2 and " +
      std::string(kBuiltOn) + " limit $3) built";
  return session.first(sql, {county, import, most}, [](const db::Row& row) { return row.integer(0); }).value_or(0);
}

void leave_imported(db::Session& session, const std::string& county, Id import, const std::vector<Id>& people) {
  session.execute_many("delete from imported_people where county = $1 and import = $2 and person = $3", people.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         out = {county, import, people[i]};
                       });
}

void insert_imported_transfers(db::Session& session, std::string_view county, Id import,
                               std::span<const ImportedTransfer> rows) {
  session.execute_many(
      "insert into imported_transfers (county, import, holder, transfer, proposed) values ($1, $2, $3, $4, $5)"
      " on conflict (county, import, holder, transfer) do nothing",
      rows.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        out.insert(out.end(), {county, import, rows[i].holder, rows[i].transfer, rows[i].proposed});
      });
}

std::vector<std::pair<ImportedTransfer, Id>> take_imported_transfers(db::Session& session, const std::string& county,
                                                                     Id import) {
  session.execute(
      "update imported_transfers set proposed = 1 where exists (select 1 from imported_transfers mine"
      " where mine.county = $1 and mine.import = $2 and mine.proposed = 1 and mine.holder = imported_transfers.holder"
      " and mine.transfer = imported_transfers.transfer)",
      {county, import});
  auto taken = session.all(
      "select m.holder, m.transfer, t.person from imported_transfers m join transfers t on t.county = m.holder"
      " and t.id = m.transfer where m.county = $1 and m.import = $2 and m.proposed = 1 and t.status = 'proposed'"
      " and not exists (select 1 from imported_transfers other where other.holder = m.holder"
      "  and other.transfer = m.transfer and (other.county <> m.county or other.import <> m.import))"
      " order by m.holder, m.transfer",
      {county, import}, [](const db::Row& row) {
        return std::pair(ImportedTransfer{row.string(0), row.id(1), true}, row.id(2));
      });
  session.execute("delete from imported_transfers where county = $1 and import = $2", {county, import});
  return taken;
}

void delete_transfer(db::Session& session, const std::string& holder, Id transfer) {
  session.execute("delete from transfers where county = $1 and id = $2", {holder, transfer});
}

void delete_statement(db::Session& session, const PersonKey& key, Id statement) {
  session.execute("delete from statements where county = $1 and person = $2 and id = $3",
                  {key.county, key.id, statement});
}

void delete_files(db::Session& session, std::string_view county, const std::vector<NumberedPerson>& people) {
  session.execute_many("delete from citizen_numbers where hash = $1", people.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) { out = {db::Bytes{people[i].hash}}; });
  // What others point at goes last.
  for (std::string_view sql : {"delete from statements where county = $1 and person = $2",
                               "delete from contacts where county = $1 and person = $2",
                               "delete from household_members where county = $1 and person = $2",
                               "delete from status_spans where county = $1 and person = $2",
                               "delete from classifications where county = $1 and person = $2",
                               "delete from refresh_lists where county = $1 and person = $2",
                               "delete from verification_requests where county = $1 and person = $2",
                               "delete from proposals where county = $1 and person = $2",
                               "delete from people where county = $1 and id = $2"}) {
    session.execute_many(sql, people.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
      out = {county, people[i].person};
    });
  }
}

}  // namespace tanfang::registry
