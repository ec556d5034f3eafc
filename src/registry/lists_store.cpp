// Contacts, household members, consents, and the list of counties.
#include "platform/db/together.h"
#include "registry/files_store.h"
#include "registry/together_store.h"

namespace tanfang::registry {
namespace {

constexpr std::string_view kNote = "consents.note";

struct ListSql {
  const char* erase;
  const char* insert;
  const char* load;
  std::string load_many;
};

const ListSql& sql_of(ListKind kind) {
  static const ListSql contacts = {
      "delete from contacts where county = $1 and person = $2",
      "insert into contacts (county, person, position, details) values ($1, $2, $3, $4)",
      "select details from contacts where county = $1 and person = $2 order by position",
      "select person, details from contacts where county = $1 and person in (" + db::placeholders(2) +
          ") order by person, position",
  };
  static const ListSql household_members = {
      "delete from household_members where county = $1 and person = $2",
      "insert into household_members (county, person, position, details) values ($1, $2, $3, $4)",
      "select details from household_members where county = $1 and person = $2 order by position",
      "select person, details from household_members where county = $1 and person in (" + db::placeholders(2) +
          ") order by person, position",
  };
  return kind == ListKind::contacts ? contacts : household_members;
}

}  // namespace

void write_lists(db::Session& session, ListKind kind, std::string_view county, std::span<const SealedList> lists,
                 bool are_new) {
  const ListSql& sql = sql_of(kind);
  if (!are_new) {
    session.execute_many(sql.erase, lists.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
      out.insert(out.end(), {county, lists[i].person});
    });
  }
  struct Line {
    Id person;
    std::size_t position;
    const std::string* details;
  };
  std::vector<Line> lines;
  for (const SealedList& list : lists) {
    for (std::size_t i = 0; i < list.details.size(); ++i) lines.push_back({list.person, i + 1, &list.details[i]});
  }
  session.execute_many(sql.insert, lines.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
    out.insert(out.end(), {county, lines[i].person, lines[i].position, db::Bytes{*lines[i].details}});
  });
}

std::vector<std::string> load_list(db::Session& session, ListKind kind, const PersonKey& key) {
  return session.all(sql_of(kind).load, {key.county, key.id},
                     [](const db::Row& row) { return std::string(row.bytes(0)); });
}

std::map<Id, std::vector<std::string>> load_lists(db::Session& session, ListKind kind, std::string_view county,
                                                  const std::vector<Id>& people) {
  std::map<Id, std::vector<std::string>> lists;
  db::query_together(session, sql_of(kind).load_many, {county}, people,
                     [&](const db::Row& row) { lists[row.id(0)].emplace_back(row.bytes(1)); });
  return lists;
}

void insert_consent(db::Session& session, const SealedFields& fields, const PersonKey& key, Id id,
                    const Consent& consent, Instant recorded_at) {
  std::string day = consent.on.iso();
  std::string sealed = consent.note.empty() ? "" : fields.seal(kNote, key.id, consent.note);
  session.execute(
      "insert into consents (county, person, id, kind, given, given_on, recorded_at, note, sealed_note)"
      " values ($1, $2, $3, $4, $5, $6, $7, '', $8)",
      {key.county, key.id, id, consent.kind, consent.given, day, recorded_at,
       sealed.empty() ? std::optional<db::Bytes>() : db::Bytes{sealed}});
}

std::vector<Consent> load_consents(db::Session& session, const SealedFields& fields, const PersonKey& key) {
  return session.all(
      "select kind, given, given_on, note, sealed_note from consents where county = $1 and person = $2 order by id",
      {key.county, key.id}, [&](const db::Row& row) {
        // An earlier version wrote notes in clear.
        std::string note = row.is_null(4) ? row.string(3) : fields.open(kNote, key.id, row.bytes(4));
        return Consent{row.string(0), row.boolean(1), row.date(2), std::move(note)};
      });
}

std::map<Id, std::int64_t> count_consents(db::Session& session, std::string_view county,
                                          const std::vector<Id>& people) {
  static const std::string sql = "select person, count(*) from consents where county = $1 and person in (" +
                                 db::placeholders(2) + ") group by person";
  std::map<Id, std::int64_t> counts;
  db::query_together(session, sql, {county}, people,
                     [&](const db::Row& row) { counts.emplace(row.id(0), row.integer(1)); });
  return counts;
}

void note_county(db::Session& session, std::string_view county, std::string_view classified_with) {
  session.execute("insert into counties (county, classified_with) values ($1, $2) on conflict (county) do nothing",
                  {county, classified_with});
}

std::vector<std::string> load_counties(db::Session& session) {
  return session.all("select county from counties order by county", {},
                     [](const db::Row& row) { return row.string(0); });
}

std::string classified_with(db::Session& session, std::string_view county) {
  return session
      .first("select classified_with from counties where county = $1", {county},
             [](const db::Row& row) { return row.string(0); })
      .value_or("");
}

void set_classified_with(db::Session& session, std::string_view county, std::string_view fingerprint) {
  session.execute("update counties set classified_with = $2 where county = $1", {county, fingerprint});
}

}  // namespace tanfang::registry
