#include "app/operation/rotation_store.h"

namespace tanfang::app {
namespace {

constexpr EncryptedColumn kColumns[] = {
    {"people.citizen_number",
     "select county, id, 0, citizen_number from people where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by county, id limit $4",
     "update people set citizen_number = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and citizen_number = $5"},
    {"people.phone",
     "select county, id, 0, phone from people where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and phone is not null order by county, id limit $4",
     "update people set phone = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null and phone = $5"},
    {"people.address",
     "select county, id, 0, address from people where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and address is not null order by county, id limit $4",
     "update people set address = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and address = $5"},
    {"contacts.details",
     "select county, person, position, details from contacts where (county, person, position) > ($1, $2, $3)"
     " order by county, person, position limit $4",
     "update contacts set details = $4 where county = $1 and person = $2 and position = $3 and details = $5"},
    {"household_members.details",
     "select county, person, position, details from household_members where (county, person, position) > ($1, $2, $3)"
     " order by county, person, position limit $4",
     "update household_members set details = $4 where county = $1 and person = $2 and position = $3 and details = $5"},
    {"scheme_documents.content",
     "select county, id, 0, content from scheme_documents where (county, id) > ($1, $2)"
     " and cast($3 as bigint) is not null order by county, id limit $4",
     "update scheme_documents set content = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and content = $5",
     1},
    {"households.place",
     "select county, id, 0, place from households where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by county, id limit $4",
     "update households set place = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and place = $5"},
    {"household_results.note",
     "select county, household, id, note from household_results where (county, household, id) > ($1, $2, $3)"
     " and note is not null order by county, household, id limit $4",
     "update household_results set note = $4 where county = $1 and household = $2 and id = $3 and note = $5"},
    {"consents.note",
     "select county, person, id, sealed_note from consents where (county, person, id) > ($1, $2, $3)"
     " and sealed_note is not null order by county, person, id limit $4",
     "update consents set sealed_note = $4 where county = $1 and person = $2 and id = $3 and sealed_note = $5"},
    {"status_spans.reason",
     "select county, person, id, sealed_reason from status_spans where (county, person, id) > ($1, $2, $3)"
     " and sealed_reason is not null order by county, person, id limit $4",
     "update status_spans set sealed_reason = $4 where county = $1 and person = $2 and id = $3 and sealed_reason = $5"},
    {"verification_requests.reason",
     "select county, person, id, reason from verification_requests where (county, person, id) > ($1, $2, $3)"
     " order by county, person, id limit $4",
     "update verification_requests set reason = $4 where county = $1 and person = $2 and id = $3 and reason = $5"},
    {"statements.replaced",
     "select county, person, id, replaced from statements where (county, person, id) > ($1, $2, $3)"
     " and replaced is not null order by county, person, id limit $4",
     "update statements set replaced = $4 where county = $1 and person = $2 and id = $3 and replaced = $5"},
    {"transfers.statement",
     "select county, id, 0, statement from transfers where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and statement is not null order by county, id limit $4",
     "update transfers set statement = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and statement = $5"},
    {"proposals.content",
     "select county, id, 0, content from proposals where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by county, id limit $4",
     "update proposals set content = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and content = $5"},
    {"proposals.reason",
     "select county, id, 0, reason from proposals where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and reason is not null order by county, id limit $4",
     "update proposals set reason = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and reason = $5"},
    {"emergencies.content",
     "select county, id, 0, content from emergencies where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and content is not null order by county, id limit $4",
     "update emergencies set content = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and content = $5"},
    {"emergencies.outcome",
     "select county, id, 0, outcome from emergencies where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and outcome is not null order by county, id limit $4",
     "update emergencies set outcome = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and outcome = $5"},
    {"visits.answers",
     "select county, id, 0, answers from visits where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by county, id limit $4",
     "update visits set answers = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and answers = $5"},
    {"visits.evidence",
     "select county, id, 0, evidence from visits where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and evidence is not null order by county, id limit $4",
     "update visits set evidence = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and evidence = $5"},
    {"set_aside.content",
     "select '', id, 0, content from set_aside where ('', id) > ($1, $2) and cast($3 as bigint) is not null"
     " and length(content) > 0"
     " order by id limit $4",
     "update set_aside set content = $4 where $1 = '' and id = $2 and cast($3 as bigint) is not null"
     " and content = $5",
     8},
    {"attachments.content",
     "select county, id, 0, content from attachments where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by county, id limit $4",
     "update attachments set content = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and content = $5",
     8},
    {"archive_parts.content",
     "select county, archive, part, content from archive_parts where (county, archive, part) > ($1, $2, $3)"
     " order by county, archive, part limit $4",
     "update archive_parts set content = $4 where county = $1 and archive = $2 and part = $3 and content = $5", 8},
    {"scan_batches.name",
     "select county, id, 0, name from scan_batches where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by county, id limit $4",
     "update scan_batches set name = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and name = $5"},
    {"scan_parts.content",
     "select county, id, 0, content from scan_parts where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by county, id limit $4",
     "update scan_parts set content = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and content = $5",
     8},
    {"scan_pages.picture",
     "select county, id, 0, picture from scan_pages where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and picture is not null order by county, id limit $4",
     "update scan_pages set picture = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and picture = $5",
     8},
    {"scan_pages.note",
     "select county, id, 0, note from scan_pages where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and note is not null order by county, id limit $4",
     "update scan_pages set note = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and note = $5"},
    {"visits.reason",
     "select county, id, 0, sealed_reason from visits where (county, id) > ($1, $2) and cast($3 as bigint) is not null"
     " and sealed_reason is not null order by county, id limit $4",
     "update visits set sealed_reason = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and sealed_reason = $5"},
    {"visits.struck_reason",
     "select county, id, 0, sealed_struck_reason from visits where (county, id) > ($1, $2)"
     " and cast($3 as bigint) is not null and sealed_struck_reason is not null order by county, id limit $4",
     "update visits set sealed_struck_reason = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and sealed_struck_reason = $5"},
    {"transfers.reason",
     "select county, id, 0, sealed_reason from transfers where (county, id) > ($1, $2)"
     " and cast($3 as bigint) is not null and sealed_reason is not null order by county, id limit $4",
     "update transfers set sealed_reason = $4 where county = $1 and id = $2 and cast($3 as bigint) is not null"
     " and sealed_reason = $5"},
    {"imported_people.former",
     "select county, import, person, former from imported_people where (county, import, person) > ($1, $2, $3)"
     " and former is not null order by county, import, person limit $4",
     "update imported_people set former = $4 where county = $1 and import = $2 and person = $3 and former = $5"},
    {"accounts.factor_secret",
     "select '', id, 0, factor_secret from accounts where ('', id) > ($1, $2) and cast($3 as bigint) is not null"
     " and factor_secret is not null order by id limit $4",
     "update accounts set factor_secret = $4 where $1 = '' and id = $2 and cast($3 as bigint) is not null"
     " and factor_secret = $5"},
    {"field_keys.private_key",
     "select '', id, 0, private_key from field_keys where ('', id) > ($1, $2) and cast($3 as bigint) is not null"
     " order by id limit $4",
     "update field_keys set private_key = $4 where $1 = '' and id = $2 and cast($3 as bigint) is not null"
     " and private_key = $5"},
};

}  // namespace

std::span<const EncryptedColumn> encrypted_columns() { return kColumns; }

std::vector<Cell> next_cells(db::Session& session, const EncryptedColumn& column, const Cell& after,
                             std::int64_t limit) {
  return session.all(column.select, {after.county, after.row, after.position, limit}, [](const db::Row& row) {
    return Cell{row.string(0), row.integer(1), row.integer(2), std::string(row.bytes(3))};
  });
}

void replace_cells(db::Session& session, const EncryptedColumn& column, std::span<const Cell> cells,
                   std::span<const std::string> fresh) {
  session.execute_many(column.update, cells.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
    const Cell& cell = cells[i];
    out = {cell.county, cell.row, cell.position, db::Bytes{fresh[i]}, db::Bytes{cell.value}};
  });
}

}  // namespace tanfang::app
