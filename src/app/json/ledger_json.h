// Ledgers and differences as JSON objects, as commands print them and the interface answers them.
#pragma once

#include <boost/json/fwd.hpp>

#include "ledgers/ledgers.h"

namespace tanfang::app {

boost::json::object to_json(const ledgers::LedgerResult& result);
boost::json::object to_json(const ledgers::Difference& difference);

}  // namespace tanfang::app
