// Visit records as `tanfang visits` prints them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "visits/visits.h"

namespace tanfang::app {

Problem line_too_long();

/// `{"key","id","status":"recorded"|"repeated","problems":[…]}`; the problems are notices that refuse nothing.
std::string recorded_json(const std::string& key, const visits::Recorded& recorded);
/// `{"key","id":null,"status":"refused","problems":[…]}`
std::string refused_json(const std::string& key, const Problem& problem);
/// One record; `answers` only where they were revealed.
std::string visit_json(const visits::Visit& visit);
/// The same behind `out`: a list has dozens of them.
void append_visit(std::string& out, const visits::Visit& visit);
std::string status_json(const visits::StatusChange& status);
/// One line for people.
std::string visit_line(const visits::Visit& visit);

}  // namespace tanfang::app
