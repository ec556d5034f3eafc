// `tanfang report issue|list|write`.
#pragma once

#include "app/command_line.h"

namespace tanfang::app {

void add_report_issuing(CLI::App& group, Surroundings& surroundings);

}  // namespace tanfang::app
