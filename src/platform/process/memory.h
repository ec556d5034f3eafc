// What the program does with memory that it gives back.
#pragma once

namespace tanfang::process {

/// From here on it leaves the process at once, for work whose peak matters more than a tenth of its time; by default it
/// waits ten seconds for the next to ask. Where another allocator is linked, as with the sanitizers, nothing changes.
void return_memory_at_once();

}  // namespace tanfang::process
