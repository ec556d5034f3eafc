// People as JSON objects, as commands print them and the interface answers them.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "registry/registry.h"

namespace tanfang::app::people {

boost::json::object to_json(const registry::Person& person);
boost::json::object to_json(const registry::Found& found);
boost::json::object to_json(const registry::StatementRecord& record);
boost::json::object to_json(const registry::Explanation& explanation);
boost::json::object to_json(const registry::Classification& verdict);
boost::json::object to_json(const registry::StatusSpan& span);
boost::json::object to_json(const registry::Transfer& transfer);
boost::json::array to_json(const std::vector<std::string>& words);

}  // namespace tanfang::app::people
