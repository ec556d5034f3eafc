// Rows of `transfers`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registration.h"

namespace tanfang::registry {

struct TransferRow {
  Transfer transfer;
  std::string proposed_by;
  Instant proposed_at;
  std::string statement;  // encrypted, empty where only the number was given
};

void insert_transfer(db::Session& session, const TransferRow& row);
void replace_transfer_statement(db::Session& session, const TransferRow& row);
std::optional<TransferRow> find_open_transfer(db::Session& session, const PersonKey& person, std::string_view to_area);
/// Of those that leave the county or arrive in it.
std::optional<TransferRow> load_open_transfer(db::Session& session, std::string_view county, Id transfer);
void decide_transfer(db::Session& session, const Transfer& transfer, std::string_view status,
                     const std::string& sealed_reason, Instant at, std::string_view actor);
/// All that still ask for this file.
void reject_open_transfers(db::Session& session, const PersonKey& person, Instant at, std::string_view actor);

}  // namespace tanfang::registry
