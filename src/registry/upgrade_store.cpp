#include "registry/upgrade_store.h"

namespace tanfang::registry {

namespace {

constexpr PlainColumn kPlainColumns[] = {
    {"consents.note", true, "select county, person, id, note from consents where note <> ''",
     "update consents set note = '', sealed_note = $4 where county = $1 and person = $2 and id = $3"},
    {"status_spans.reason", true, "select county, person, id, reason from status_spans where reason <> ''",
     "update status_spans set reason = '', sealed_reason = $4 where county = $1 and person = $2 and id = $3"},
    // Another transfer of the same file closed this one: the program's word.
    {"transfers.reason", false,
     "select county, person, id, reason from transfers where reason <> '' and reason <> 'transfer'",
     "update transfers set reason = '', sealed_reason = $4 where county = $1 and person = $2 and id = $3"},
};

}  // namespace

std::span<const PlainColumn> plain_columns() { return kPlainColumns; }

std::vector<PlainText> load_plain_texts(db::Session& session, const PlainColumn& column) {
  return session.all(column.select, {}, [](const db::Row& row) {
    return PlainText{{row.string(0), row.id(1)}, row.id(2), row.string(3)};
  });
}

void seal_plain_text(db::Session& session, const PlainColumn& column, const PlainText& plain,
                     const std::string& sealed) {
  session.execute(column.seal, {plain.person.county, plain.person.id, plain.id, db::Bytes{sealed}});
}

std::vector<ForgottenFile> load_forgotten_files(db::Session& session) {
  return session.all(
      "select distinct p.county, p.id, p.citizen_number from transfers t"
      " join people p on p.county = t.county and p.id = t.person"
      " where t.status = 'accepted' and substr(t.to_area, 1, 6) <> t.county and not exists (select 1 from former_files "
      "f"
      " where f.county = t.county and f.person = t.person)",
      {}, [](const db::Row& row) {
        return ForgottenFile{{row.string(0), row.id(1)}, std::string(row.bytes(2))};
      });
}

}  // namespace tanfang::registry
