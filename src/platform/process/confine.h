// What a process gives up before it touches foreign bytes.
#pragma once

#include <cstddef>

namespace tanfang::process {

struct Confinement {
  std::size_t memory = 0;  // bytes of address space; 0: as it is
  int processor_seconds = 30;
};

/// From here on this process, and what it becomes by exec, has no network, traces and signals no other process, opens no
/// file for writing, changes no name or size of a file, and gains no rights. What its user may read it can read. False
/// where the system refuses: then nothing foreign may be read.
bool confine(const Confinement& confinement);

}  // namespace tanfang::process
