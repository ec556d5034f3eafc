// Extra rounds and declarations that home visits are impossible: `tanfang plan round|epidemic …`.
#pragma once

#include <CLI/App.hpp>

#include "app/command_line.h"

namespace tanfang::app {

void add_rounds(CLI::App& plan, Surroundings& surroundings);
void add_declarations(CLI::App& plan, Surroundings& surroundings);

}  // namespace tanfang::app
