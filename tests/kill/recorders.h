// The kinds of recorders; each stands in a file of its own.
#pragma once

#include "recorder.h"

namespace tanfang::kill {

std::unique_ptr<Recorder> open_row_recorder(const std::string& folder);
std::unique_ptr<Recorder> open_visit_recorder(const std::string& folder);

}  // namespace tanfang::kill
