#include "registry/status_rules.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "registry/registry_problems.h"

namespace tanfang::registry {
namespace {

constexpr std::array<std::string_view, 5> kStatuses = {"active", "declined", "suspended", "moved_out", "deceased"};

bool holds_on(const StatusSpan& span, Date day) {
  return span.valid_from <= day && (!span.valid_to || day < *span.valid_to);
}

bool is_closed(const std::vector<StatusSpan>& spans) {
  return std::any_of(spans.begin(), spans.end(),
                     [](const StatusSpan& span) { return span.status >= Status::moved_out && !span.valid_to; });
}

}  // namespace

std::string_view to_text(Status status) { return kStatuses[static_cast<std::size_t>(status)]; }

std::optional<Status> parse_status(std::string_view text) {
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    if (kStatuses[i] == text) return static_cast<Status>(i);
  }
  return std::nullopt;
}

Status status_on(const std::vector<StatusSpan>& spans, Date day) {
  Status status = Status::active;
  for (const StatusSpan& span : spans) {
    if (holds_on(span, day)) status = std::max(status, span.status);
  }
  return status;
}

std::size_t find_span(const std::vector<StatusSpan>& spans, Status status, Date day) {
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (spans[i].status == status && holds_on(spans[i], day)) return i;
  }
  return std::string::npos;
}

void check_suspension(const std::vector<StatusSpan>& spans, Date from, std::optional<Date> last,
                      std::string_view reason) {
  if (trimmed(reason).empty()) throw problems::status_reason_missing();
  if (last && *last < from) throw problems::status_dates("last");
  if (is_closed(spans)) throw problems::status_closed();
  for (const StatusSpan& span : spans) {
    bool ends_before = span.valid_to && *span.valid_to <= from;
    bool begins_after = last && *last < span.valid_from;
    if (span.status == Status::suspended && !ends_before && !begins_after) throw problems::status_overlap();
  }
}

void check_closing(const std::vector<StatusSpan>& spans, Date registered_on, Date on) {
  if (on < registered_on) throw problems::status_dates("on");
  if (is_closed(spans)) throw problems::status_closed();
}

}  // namespace tanfang::registry
