// A report as it is kept: the parts that are encrypted, as one JSON text. Inside the room only.
#pragma once

#include "alarms/alarms.h"

namespace tanfang::alarms {

std::string write_content(const Report& report);
/// Into `report`, beside what the row itself holds.
void read_content(std::string_view text, Report& report);

}  // namespace tanfang::alarms
