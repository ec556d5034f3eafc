#include "recorder.h"

#include <stdexcept>

#include "recorders.h"

namespace tanfang::kill {

std::unique_ptr<Recorder> open_recorder(const std::string& kind, const std::string& folder) {
  if (kind == "rows") return open_row_recorder(folder);
  if (kind == "visits") return open_visit_recorder(folder);
  throw std::runtime_error("no recorder " + kind);
}

}  // namespace tanfang::kill
