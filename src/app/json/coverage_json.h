// Coverage as JSON objects, as the command prints it and the interface answers it.
#pragma once

#include <boost/json/fwd.hpp>

#include "reports/reports.h"

namespace tanfang::app {

boost::json::object to_json(const reports::Coverage& coverage);
boost::json::object to_json(const reports::PersonCoverage& person);
boost::json::object to_json(const reports::MonthFigures& month);
boost::json::object to_json(const reports::Forecast& forecast);
boost::json::object to_json(const reports::PersonListed& person);

}  // namespace tanfang::app
