// `tanfang archive`, and `tanfang print month`, which makes one.
#pragma once

#include "app/command_line.h"

namespace tanfang::app {

void add_archive(CLI::App& program, Surroundings& surroundings);
Run define_print_month(CLI::App& command);

}  // namespace tanfang::app
