// Tables that several reports have. Inside the folder only.
#pragma once

#include <functional>

#include "app/names.h"
#include "app/reporting/report.h"
#include "reports/reports.h"

namespace tanfang::app::reporting {

/// By the areas next below.
Table area_table(const std::string& title, const std::vector<reports::Part>& parts, const reports::Figures& total);
/// By tier or category: `list` is the list of people that the rows are parts of, up to the part's own word, such as
/// `area=510521&tier=`.
Table word_table(const std::string& title, const std::string& first, const std::vector<reports::Part>& parts,
                 const std::string& list, const std::function<std::string(const std::string&)>& name);
Table trend_table(const std::string& title, const std::string& area, const std::vector<reports::MonthFigures>& months);
std::string percent(const std::optional<double>& rate);
std::string people(std::int64_t count);
/// Names of parts that `holds`, at most six, then how many more.
std::string names_of(const std::vector<reports::Part>& parts, const std::function<bool(const reports::Part&)>& holds,
                     const std::function<std::string(const reports::Part&)>& figure);
std::string month_name(const std::string& month);

}  // namespace tanfang::app::reporting
