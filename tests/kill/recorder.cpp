#include "recorder.h"

#include <stdexcept>

#include "recorders.h"

namespace tanfang::kill {

std::unique_ptr<Recorder> open_recorder(const std::string& kind, const std::string& folder) {
  if (kind == "rows") return open_row_recorder(folder);
  throw std::runtime_error("no recorder " + kind);
}

std::vector<std::string> recorder_kinds() { return {"rows"}; }

}  // namespace tanfang::kill
