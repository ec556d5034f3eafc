// `tanfang export`.
#pragma once

#include "app/command_line.h"

namespace tanfang::app {

void add_export(CLI::App& program, Surroundings& surroundings);

}  // namespace tanfang::app
