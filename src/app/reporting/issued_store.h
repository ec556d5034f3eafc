// Rows of issued_reports. Inside the folder only.
#pragma once

#include "app/reporting/issued.h"

namespace tanfang::app::reporting::store {

void insert(db::Session& session, const Issued& issued);
/// The latest issue of the same report.
std::optional<Issued> find_latest(db::Session& session, const std::string& county, const Asked& asked);
std::optional<Issued> find(db::Session& session, const std::string& within, Id id);
std::vector<Issued> list(db::Session& session, const IssuedFilter& filter);

}  // namespace tanfang::app::reporting::store
