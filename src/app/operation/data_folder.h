// Whether there is anything to work on, and the folder for what is to come.
#pragma once

#include "app/command_line.h"

namespace tanfang::app {

/// Whether there is a database with this program's tables; makes nothing. Throws Failure where a server cannot be
/// reached.
bool has_data(const Surroundings& surroundings);

/// Problem `data.missing` where there is none.
void require_data(const Surroundings& surroundings);

/// Makes the data folder, for its owner alone, where it is missing. Throws Failure.
void make_data_folder(const std::string& path);

}  // namespace tanfang::app
