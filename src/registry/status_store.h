// Rows of `status_spans`.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/status.h"

namespace tanfang::registry {

struct SpanRow {
  PersonKey person;
  Id id;
  StatusSpan span;
  std::string sealed_reason;  // encrypted, empty for none; `span.reason` is not written
};

void insert_spans(db::Session& session, std::span<const SpanRow> rows);
void end_span(db::Session& session, const PersonKey& key, Id id, Date valid_to);
void remove_span(db::Session& session, const PersonKey& key, Id id);
/// All spans of a person, by valid_from; `span.reason` holds what an earlier version wrote in clear.
std::vector<SpanRow> load_spans(db::Session& session, const PersonKey& key);
/// Spans that touch from..to of the people between two ids, by person and valid_from.
void for_each_span(db::Session& session, std::string_view county, Id first, Id last, Date from, Date to,
                   const std::function<void(Id person, StatusSpan&&)>& visit);

/// One page of people of an area, registered by `to`, behind `after`, by id: without spans and classifications.
std::vector<Standing> load_standing_page(db::Session& session, std::string_view county, std::string_view area, Date to,
                                         Id after, std::int64_t limit);

}  // namespace tanfang::registry
