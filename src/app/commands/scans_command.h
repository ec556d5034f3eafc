// `tanfang scans`.
#pragma once

#include "app/command_line.h"

namespace tanfang::app {

void add_scans(CLI::App& program, Surroundings& surroundings);

}  // namespace tanfang::app
