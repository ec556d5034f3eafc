// Which change of status may follow on which.
#pragma once

#include <optional>
#include <vector>

#include "registry/status.h"

namespace tanfang::registry {

/// The span of that status that holds on the day, or npos.
std::size_t find_span(const std::vector<StatusSpan>& spans, Status status, Date day);

/// Throws the problem that stands against suspending from..last: `status.dates`, `status.closed`, `status.overlap`,
/// `status.reason_missing`.
void check_suspension(const std::vector<StatusSpan>& spans, Date from, std::optional<Date> last,
                      std::string_view reason);
/// Throws `status.closed` for whom the file has ended already, `status.dates` before the registration.
void check_closing(const std::vector<StatusSpan>& spans, Date registered_on, Date on);

}  // namespace tanfang::registry
