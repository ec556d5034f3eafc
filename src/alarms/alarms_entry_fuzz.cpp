// Foreign bytes: a report of an emergency from a phone must be read or refused; what was read is kept as it is.
#include <cstdint>
#include <cstdlib>

#include "alarms/alarms_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tanfang;
  alarms::Report report;
  try {
    report = alarms::read_report(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const Problem&) {
    return 0;
  }
  alarms::Report kept;
  alarms::read_content(alarms::write_content(report), kept);
  if (kept.note != report.note || kept.called.size() != report.called.size()) std::abort();
  return 0;
}
