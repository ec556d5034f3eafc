#include "app/exports/exports.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "app/exports/cells.h"
#include "app/exports/exports_problems.h"
#include "app/exports/people_rows.h"
#include "app/exports/record_rows.h"
#include "base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/excel/table_writer.h"

namespace tanfang::app::exports {
namespace {

namespace js = boost::json;

constexpr std::array<std::pair<What, std::string_view>, 7> kKinds = {{{What::registry, "registry"},
                                                                      {What::left_behind, "left-behind"},
                                                                      {What::upward, "template"},
                                                                      {What::visits, "visits"},
                                                                      {What::obligations, "obligations"},
                                                                      {What::findings, "findings"},
                                                                      {What::needs, "needs"}}};
constexpr std::int64_t kMostRows = 1'000'000;
constexpr int kLongestPeriod = 366;
constexpr std::size_t kShortestReason = 4;
constexpr std::string_view kLeftBehind = "/left_behind";
/// Without what is taken for one another: 0 O, 1 I l.
constexpr std::string_view kPasswordLetters = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::size_t kPasswordLength = 20;

bool is_of_a_period(What what) { return what == What::visits || what == What::findings || what == What::needs; }

const Template& find_template(const Ground& ground, const std::string& id) {
  auto found = ground.templates.find(id);
  if (found == ground.templates.end()) throw unknown_template();
  return found->second;
}

Cells headings(const std::vector<Column>& columns) {
  Cells cells;
  for (const Column& column : columns) cells.push_back(text_cell(column.heading));
  return cells;
}

}  // namespace

std::string_view to_text(What what) {
  return std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& kind) { return kind.first == what; })->second;
}

std::optional<What> parse_what(std::string_view text) {
  auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& kind) { return kind.second == text; });
  return found == kKinds.end() ? std::nullopt : std::optional(found->first);
}

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> made;
    for (const auto& [what, word] : kKinds) made.emplace_back(word);
    return made;
  }();
  return words;
}

std::string left_behind_template(db::Session& session, const Ground& ground, const std::string& area) {
  auto policy = ground.policies.classifier.policy_of(session, area.substr(0, 6));
  for (const schemes::Scheme* scheme : policy->in_force(area, china_date(ground.now))) {
    std::string id = scheme->id + std::string(kLeftBehind);
    if (ground.templates.contains(id)) return id;
  }
  throw unknown_template();
}

Export prepare(db::Session& session, const Ground& ground, const Order& order) {
  registry::require_area(session, order.area);
  if (is_of_a_period(order.what) && (order.to < order.from || order.to - order.from > kLongestPeriod)) {
    throw wrong_period();
  }
  switch (order.what) {
    case What::registry:
      return registry_list(session, ground, order);
    case What::left_behind:
      return template_list(session, ground, order,
                           find_template(ground, left_behind_template(session, ground, order.area)));
    case What::upward:
      return template_list(session, ground, order, find_template(ground, order.template_id));
    case What::visits:
      return visits_list(session, ground, order);
    case What::obligations:
      return obligations_list(session, ground, order);
    case What::findings:
      return findings_list(session, ground, order);
    case What::needs:
      return needs_list(session, ground, order);
  }
  throw unknown_template();
}

std::int64_t write_sheet(db::Session& session, const Export& list, const std::string& path) {
  excel::TableWriter sheet(path, length_of(list.title) <= 31 ? list.title : "名册");
  int last = static_cast<int>(list.columns.size()) - 1;
  for (int i = 0; i <= last; ++i) sheet.set_width(i, list.columns[static_cast<std::size_t>(i)].width);
  sheet.set_page(last > 6, 2);
  if (last > 0) sheet.merge_in_next_row(0, last);
  sheet.add_row({text_cell(list.title)}, excel::Look::title);
  sheet.add_row(headings(list.columns), excel::Look::heading);
  sheet.filter_from_last_row(last + 1);
  std::int64_t rows = 0;
  list.rows(session, [&](const Cells& cells) {
    if (++rows > kMostRows) throw too_many_rows();
    sheet.add_row(cells);
  });
  sheet.close();
  return rows;
}

void require_reason(const std::string& reason) {
  if (length_of(trimmed(reason)) < kShortestReason) throw reason_missing();
}

void note(audit::Work& work, const Order& order, std::int64_t rows) {
  js::object details{{"list", to_text(order.what)}, {"rows", rows}, {"masked", order.masked()}};
  if (is_of_a_period(order.what)) {
    details["from"] = order.from.iso();
    details["to"] = order.to.iso();
  }
  if (order.what == What::obligations) details["month"] = planning::month_of(order.from).iso();
  if (order.what == What::upward) details["template"] = order.template_id;
  if (!order.masked()) {
    require_reason(order.reason);
    details["reason"] = trimmed(order.reason);
  }
  work.record({order.area.substr(0, 6), "list_exported", "area:" + order.area, js::serialize(details)});
}

std::string new_password() {
  std::string password;
  for (char byte : crypto::random_bytes(kPasswordLength)) {
    password += kPasswordLetters[static_cast<unsigned char>(byte) % kPasswordLetters.size()];
  }
  return password;
}

std::string file_name(const Export& list, const Order& order, Instant now) {
  std::string when = china_date(now).iso();
  if (is_of_a_period(order.what)) when = order.from.iso() + "_" + order.to.iso();
  if (order.what == What::obligations) when = planning::month_of(order.from).iso();
  return list.title + "-" + order.area + "-" + when;
}

}  // namespace tanfang::app::exports
