#include "platform/process/memory.h"

#include <sys/types.h>

#include <cstddef>
#include <string>

/// jemalloc's, where that is linked (jemalloc.net/jemalloc.3.html).
extern "C" [[gnu::weak]] int mallctl(const char* name, void* old_value, std::size_t* old_size, void* new_value,
                                     std::size_t new_size);

namespace tanfang::process {
namespace {

void set_decay(const std::string& name, ssize_t milliseconds) {
  mallctl(name.c_str(), nullptr, nullptr, &milliseconds, sizeof milliseconds);
}

}  // namespace

void return_memory_at_once() {
  if (mallctl == nullptr) return;
  unsigned arenas = 0;
  std::size_t size = sizeof arenas;
  if (mallctl("arenas.narenas", &arenas, &size, nullptr, 0) != 0) return;
  for (const char* kind : {"dirty_decay_ms", "muzzy_decay_ms"}) {
    set_decay(std::string("arenas.") + kind, 0);
    for (unsigned arena = 0; arena < arenas; ++arena) set_decay("arena." + std::to_string(arena) + "." + kind, 0);
  }
}

}  // namespace tanfang::process
