// What the commands about ledgers share.
#pragma once

#include <CLI/App.hpp>

#include "app/command_line.h"
#include "app/commands/ground.h"
#include "ledgers/ledgers.h"

namespace tanfang::app {

/// Both must outlive it.
ledgers::House house_of(Surroundings& surroundings, const Ground& ground);
/// `ledger list` and `ledger undo`.
void add_ledger_imports(CLI::App& group, Surroundings& surroundings);

}  // namespace tanfang::app
