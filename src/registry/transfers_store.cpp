#include "registry/transfers_store.h"

namespace tanfang::registry {
namespace {

/// Every code that begins with a prefix lies before the prefix and this (":" follows the digits).
constexpr char kBehindDigits = ':';

TransferRow read_transfer(const db::Row& row) {
  TransferRow found;
  found.transfer.county = row.string(0);
  found.transfer.id = row.id(1);
  found.transfer.person = row.id(2);
  found.transfer.to_area = row.string(3);
  found.proposed_at = row.instant(4);
  found.transfer.proposed_on = china_date(found.proposed_at);
  found.proposed_by = row.string(5);
  if (!row.is_null(6)) found.statement = std::string(row.bytes(6));
  found.transfer.status = row.string(7);
  if (auto decided = row.optional_integer(8)) found.transfer.decided_at = Instant{*decided};
  return found;
}

}  // namespace

void insert_transfer(db::Session& session, const TransferRow& row) {
  std::optional<db::Bytes> statement;
  if (!row.statement.empty()) statement = db::Bytes{row.statement};
  session.execute(
      "insert into transfers (county, id, person, to_area, proposed_at, proposed_by, statement, status, reason)"
      " values ($1, $2, $3, $4, $5, $6, $7, 'proposed', '')",
      {row.transfer.county, row.transfer.id, row.transfer.person, row.transfer.to_area, row.proposed_at,
       row.proposed_by, statement});
}

void replace_transfer_statement(db::Session& session, const TransferRow& row) {
  session.execute("update transfers set statement = $3 where county = $1 and id = $2",
                  {row.transfer.county, row.transfer.id, db::Bytes{row.statement}});
}

std::optional<TransferRow> find_open_transfer(db::Session& session, const PersonKey& person, std::string_view to_area) {
  return session.first(
      "select county, id, person, to_area, proposed_at, proposed_by, statement, status, decided_at from transfers"
      " where county = $1 and person = $2 and to_area = $3 and status = 'proposed'",
      {person.county, person.id, to_area}, read_transfer);
}

std::optional<TransferRow> load_open_transfer(db::Session& session, std::string_view county, Id transfer) {
  std::string behind = std::string(county) + kBehindDigits;
  return session.first(
      "select county, id, person, to_area, proposed_at, proposed_by, statement, status, decided_at from transfers"
      " where (county = $1 or (to_area >= $1 and to_area < $2)) and id = $3 and status = 'proposed'",
      {county, behind, transfer}, read_transfer);
}

void decide_transfer(db::Session& session, const Transfer& transfer, std::string_view status,
                     const std::string& sealed_reason, Instant at, std::string_view actor) {
  std::optional<db::Bytes> reason;
  if (!sealed_reason.empty()) reason = db::Bytes{sealed_reason};
  session.execute(
      "update transfers set status = $3, sealed_reason = $4, decided_at = $5, decided_by = $6"
      " where county = $1 and id = $2",
      {transfer.county, transfer.id, status, reason, at, actor});
}

void reject_open_transfers(db::Session& session, const PersonKey& person, Instant at, std::string_view actor) {
  session.execute(
      "update transfers set status = 'rejected', reason = 'transfer', decided_at = $3, decided_by = $4"
      " where county = $1 and person = $2 and status = 'proposed'",
      {person.county, person.id, at, actor});
}

std::vector<Transfer> list_transfers(db::Session& session, std::string_view county, Instant since, Id after,
                                     std::int64_t limit) {
  std::string behind = std::string(county) + kBehindDigits;
  return session.all(
      "select county, id, person, to_area, proposed_at, proposed_by, statement, status, decided_at from transfers"
      " where (county = $1 or (to_area >= $1 and to_area < $2)) and (status = 'proposed' or decided_at >= $3)"
      " and id > $4 order by id limit $5",
      {county, behind, since, after, limit}, [&](const db::Row& row) {
        Transfer transfer = read_transfer(row).transfer;
        if (transfer.county != county) {
          transfer.county.clear();
          transfer.person = Id{};
        }
        return transfer;
      });
}

}  // namespace tanfang::registry
