#include "registry/files_store.h"

#include <algorithm>
#include <tuple>

#include "platform/db/together.h"
#include "registry/registry_problems.h"

namespace tanfang::registry {
namespace {

db::Parameter bytes_or_null(const std::string& sealed) {
  return std::optional<db::Bytes>(sealed.empty() ? std::optional<db::Bytes>() : db::Bytes{sealed});
}

std::string bytes_of(const db::Row& row, int column) {
  return row.is_null(column) ? std::string() : std::string(row.bytes(column));
}

File read_file(const db::Row& row) {
  File file;
  file.key = {row.string(0), row.id(1)};
  file.area = row.string(2);
  file.name = row.string(3);
  file.pinyin = row.string(4);
  file.initials = row.string(5);
  file.sex = row.string(6);
  file.birth_date = row.date(7);
  file.citizen_number = bytes_of(row, 8);
  file.phone = bytes_of(row, 9);
  file.phone_hash = bytes_of(row, 10);
  file.address = bytes_of(row, 11);
  file.registered_on = row.date(12);
  file.registered_at = row.instant(13);
  file.known = KnownFacts(row.text(14), row.text(15));
  file.ledger_digest = bytes_of(row, 16);
  file.classified_until = row.date(17);
  return file;
}

}  // namespace

std::optional<PersonKey> find_number(db::Session& session, const std::string& hash) {
  return session.first("select county, person from citizen_numbers where hash = $1", {db::Bytes{hash}},
                       [](const db::Row& row) {
                         return PersonKey{row.string(0), row.id(1)};
                       });
}

std::unordered_map<std::string, PersonKey> find_numbers(db::Session& session, const std::vector<std::string>& hashes) {
  static const std::string sql =
      "select hash, county, person from citizen_numbers where hash in (" + db::placeholders(1) + ")";
  std::unordered_map<std::string, PersonKey> found;
  db::query_together(
      session, sql, {}, hashes, [](const std::string& hash) { return db::Parameter(db::Bytes{hash}); },
      [&](const db::Row& row) {
        found.emplace(std::string(row.bytes(0)), PersonKey{row.string(1), row.id(2)});
      });
  return found;
}

void insert_numbers(db::Session& session, std::span<const std::pair<std::string, PersonKey>> numbers) {
  session.execute_many("insert into citizen_numbers (hash, county, person) values ($1, $2, $3)", numbers.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         const auto& [hash, key] = numbers[i];
                         out.insert(out.end(), {db::Bytes{hash}, key.county, key.id});
                       });
}

void move_number(db::Session& session, const std::string& hash, const PersonKey& to) {
  session.execute("update citizen_numbers set county = $2, person = $3 where hash = $1",
                  {db::Bytes{hash}, to.county, to.id});
}

void insert_former_file(db::Session& session, const std::string& hash, const PersonKey& key) {
  session.execute("insert into former_files (county, hash, person) values ($1, $2, $3)",
                  {key.county, db::Bytes{hash}, key.id});
}

std::vector<NumberedFile> load_numbered_files(db::Session& session, std::string_view county, const std::string& hash) {
  // Each visit record asks this: in two parts put together without a table in between, and sorted here.
  std::vector<NumberedFile> files = session.all(
      "select p.id, p.registered_on from citizen_numbers n join people p on p.county = n.county and p.id = n.person"
      " where n.hash = $2 and n.county = $1"
      " union all"
      " select p.id, p.registered_on from former_files f join people p on p.county = f.county and p.id = f.person"
      " where f.county = $1 and f.hash = $2",
      {county, db::Bytes{hash}}, [&](const db::Row& row) {
        return NumberedFile{{std::string(county), row.id(0)}, row.date(1)};
      });
  std::sort(files.begin(), files.end(), [](const NumberedFile& left, const NumberedFile& right) {
    return std::tie(right.registered_on, right.key.id) < std::tie(left.registered_on, left.key.id);
  });
  return files;
}

std::map<Id, Brief> load_briefs(db::Session& session, std::string_view county, const std::vector<Id>& people) {
  static const std::string sql =
      "select id, area, ledger_digest from people where county = $1 and id in (" + db::placeholders(2) + ")";
  std::map<Id, Brief> briefs;
  db::query_together(session, sql, {county}, people, [&](const db::Row& row) {
    briefs.emplace(row.id(0), Brief{row.string(1), bytes_of(row, 2)});
  });
  return briefs;
}

std::vector<File> load_files(db::Session& session, std::string_view county, const std::vector<Id>& people) {
  static const std::string sql =
      "select county, id, area, name, pinyin, initials, sex, birth_date, citizen_number, phone, phone_hash, address,"
      " registered_on, registered_at, facts, fact_origins, ledger_digest, classified_until"
      " from people where county = $1 and id in (" +
      db::placeholders(2) + ")";
  std::vector<File> files;
  db::query_together(session, sql, {county}, people, [&](const db::Row& row) { files.push_back(read_file(row)); });
  return files;
}

File load_file(db::Session& session, const PersonKey& key) {
  std::optional<File> file = session.first(
      "select county, id, area, name, pinyin, initials, sex, birth_date, citizen_number, phone, phone_hash, address,"
      " registered_on, registered_at, facts, fact_origins, ledger_digest, classified_until"
      " from people where county = $1 and id = $2",
      {key.county, key.id}, read_file);
  if (!file) throw problems::person_unknown();
  return std::move(*file);
}

std::vector<File> load_files_to_classify(db::Session& session, std::string_view county, Date classified_before,
                                         Id after, std::int64_t limit) {
  std::string day = classified_before.iso();
  return session.all(
      "select county, id, area, name, pinyin, initials, sex, birth_date, citizen_number, phone, phone_hash, address,"
      " registered_on, registered_at, facts, fact_origins, ledger_digest, classified_until"
      " from people where county = $1 and id > $2 and classified_until < $3 order by id limit $4",
      {county, after, day, limit}, read_file);
}

void insert_files(db::Session& session, std::span<const File> files) {
  std::string birth_date, registered_on, classified_until, facts, origins;
  session.execute_many(
      "insert into people (county, id, area, name, pinyin, initials, sex, birth_date, citizen_number, phone,"
      " phone_hash, address, registered_on, registered_at, facts, fact_origins, ledger_digest, classified_until)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
      files.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const File& file = files[i];
        birth_date = file.birth_date.iso();
        registered_on = file.registered_on.iso();
        classified_until = file.classified_until.iso();
        facts = file.known.facts_text();
        origins = file.known.origins_text();
        out.insert(out.end(),
                   {file.key.county, file.key.id, file.area, file.name, file.pinyin, file.initials, file.sex,
                    birth_date, db::Bytes{file.citizen_number}, bytes_or_null(file.phone),
                    bytes_or_null(file.phone_hash), bytes_or_null(file.address), registered_on, file.registered_at,
                    facts, origins, bytes_or_null(file.ledger_digest), classified_until});
      });
}

void update_files(db::Session& session, std::span<const File> files) {
  std::string classified_until, facts, origins;
  session.execute_many(
      "update people set area = $3, name = $4, pinyin = $5, initials = $6, citizen_number = $7, phone = $8,"
      " phone_hash = $9, address = $10, facts = $11, fact_origins = $12, ledger_digest = $13, classified_until = $14"
      " where county = $1 and id = $2",
      files.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const File& file = files[i];
        classified_until = file.classified_until.iso();
        facts = file.known.facts_text();
        origins = file.known.origins_text();
        out.insert(out.end(),
                   {file.key.county, file.key.id, file.area, file.name, file.pinyin, file.initials,
                    db::Bytes{file.citizen_number}, bytes_or_null(file.phone), bytes_or_null(file.phone_hash),
                    bytes_or_null(file.address), facts, origins, bytes_or_null(file.ledger_digest), classified_until});
      });
}

std::optional<PersonKey> find_person_by_id(db::Session& session, std::string_view within, Id id) {
  auto read = [](const db::Row& row) { return PersonKey{row.string(0), row.id(1)}; };
  if (within.size() >= 6) {
    return session.first("select county, id from people where county = $1 and id = $2", {within.substr(0, 6), id},
                         read);
  }
  // The counties are few: every step is a look-up by the key of people.
  std::string first(within);
  return session.first(
      "select p.county, p.id from counties c cross join people p where c.county >= $1 and c.county < $2"
      " and p.county = c.county and p.id = $3 order by p.county limit 1",
      {first, first + ":", id}, read);
}

std::optional<std::string> find_area_of(db::Session& session, const PersonKey& key) {
  return session.first("select area from people where county = $1 and id = $2", {key.county, key.id},
                       [](const db::Row& row) { return row.string(0); });
}

}  // namespace tanfang::registry
