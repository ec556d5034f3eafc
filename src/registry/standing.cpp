// People with their status and verdicts for a period, page by page.
#include <algorithm>

#include "base/area_code.h"
#include "registry/classifications_store.h"
#include "registry/files_store.h"
#include "registry/for_visits.h"
#include "registry/registry_problems.h"
#include "registry/sealed_fields.h"
#include "registry/status_store.h"

namespace tanfang::registry {
namespace {

constexpr std::int64_t kPage = 2'000;

/// Puts the spans and verdicts that touch from..to to their people; `page` is ordered by id.
void complete(db::Session& session, std::string_view county, Date from, Date to, std::vector<Standing>& page) {
  if (page.empty()) return;
  Id first = page.front().person;
  Id last = page.back().person;
  auto at = page.begin();
  auto find = [&](Id person) -> Standing* {
    while (at != page.end() && at->person < person) ++at;
    return at != page.end() && at->person == person ? &*at : nullptr;
  };
  for_each_span(session, county, first, last, from, to, [&](Id person, StatusSpan&& span) {
    if (Standing* standing = find(person)) standing->spans.push_back(std::move(span));
  });
  at = page.begin();
  for_each_classification(session, county, first, last, from, to, [&](Id person, Classification&& verdict) {
    if (Standing* standing = find(person)) standing->classifications.push_back(std::move(verdict));
  });
}

/// The person alone, or an empty page.
std::vector<Standing> page_of(db::Session& session, const PersonKey& key) {
  std::vector<Standing> page =
      load_standing_page(session, key.county, key.county, *Date::from_ymd(9999, 12, 31), Id{key.id.value - 1}, 1);
  if (!page.empty() && page.front().person != key.id) page.clear();
  return page;
}

}  // namespace

const Classification* Standing::classification_on(std::string_view scheme, Date day) const {
  for (const Classification& verdict : classifications) {
    if (verdict.scheme == scheme && verdict.valid_from <= day && (!verdict.valid_to || day < *verdict.valid_to)) {
      return &verdict;
    }
  }
  return nullptr;
}

void for_each_standing(db::Session& session, std::string_view area, Date from, Date to,
                       const std::function<void(const Standing&)>& visit) {
  std::string county = county_of(area);
  for (Id after{0};;) {
    std::vector<Standing> page = load_standing_page(session, county, area, to, after, kPage);
    complete(session, county, from, to, page);
    for (const Standing& standing : page) visit(standing);
    if (static_cast<std::int64_t>(page.size()) < kPage) return;
    after = page.back().person;
  }
}

Standing load_standing(db::Session& session, const PersonKey& key, Date from, Date to) {
  std::vector<Standing> page = page_of(session, key);
  if (page.empty()) throw problems::person_unknown();
  complete(session, key.county, from, to, page);
  return std::move(page.front());
}

std::optional<Standing> find_standing_on(db::Session& session, const PersonKey& key, Date day) {
  std::vector<Standing> page = page_of(session, key);
  if (page.empty()) return std::nullopt;
  for_each_span(session, key.county, key.id, key.id, day, day,
                [&](Id, StatusSpan&& span) { page.front().spans.push_back(std::move(span)); });
  return std::move(page.front());
}

std::vector<Classification> load_classifications(db::Session& session, const PersonKey& key, Date from, Date to) {
  return load_standing(session, key, from, to).classifications;
}

std::vector<StatusSpan> load_status_history(db::Session& session, const PersonKey& key) {
  std::vector<StatusSpan> spans;
  for (SpanRow& row : load_spans(session, key)) {
    spans.push_back(std::move(row.span));
    spans.back().reason.clear();
  }
  return spans;
}

std::vector<StatusSpan> load_status_history(db::Session& session, const crypto::KeyRing& keys, const PersonKey& key) {
  SealedFields fields(keys);
  std::vector<StatusSpan> spans;
  for (SpanRow& row : load_spans(session, key)) {
    spans.push_back(std::move(row.span));
    if (!row.sealed_reason.empty()) {
      spans.back().reason = fields.open("status_spans.reason", key.id, row.sealed_reason);
    }
  }
  return spans;
}

}  // namespace tanfang::registry
