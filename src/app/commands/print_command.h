// `tanfang print`.
#pragma once

#include "app/command_line.h"

namespace tanfang::app {

void add_print(CLI::App& program, Surroundings& surroundings);

}  // namespace tanfang::app
