// `tanfang keys …`, added by add_operation.
#pragma once

#include "app/command_line.h"

namespace tanfang::app {

void add_keys(CLI::App& program, Surroundings& surroundings);

}  // namespace tanfang::app
