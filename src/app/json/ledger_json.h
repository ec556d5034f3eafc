// Ledgers and differences as JSON objects, as commands print them and the interface answers them.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>

#include "ledgers/ledgers.h"

namespace tanfang::app {

/// At most so many refused and remarked rows are listed; `refused_count` and `remarked_count` count all.
boost::json::object to_json(const ledgers::LedgerResult& result, std::size_t most = SIZE_MAX);
boost::json::object to_json(const ledgers::ShownRow& row, const ledgers::LedgerResult& result);
boost::json::object to_json(const ledgers::ImportRecord& record);
boost::json::object to_json(const ledgers::Difference& difference);

}  // namespace tanfang::app
