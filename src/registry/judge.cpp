#include "registry/judge.h"

#include <algorithm>

#include "platform/json/json.h"

namespace tanfang::registry {
namespace {

constexpr int kMonthsAhead = 14;

std::string between_spaces(const std::vector<std::string>& words) {
  std::string text = " ";
  for (const std::string& word : words) text += word + " ";
  return text;
}

void append_number(std::string& text, std::string_view name, int number) {
  text += ",\"";
  text += name;
  text += "\":" + std::to_string(number);
}

std::string obligations_text(const std::vector<schemes::Obligation>& obligations) {
  std::string text = "[";
  for (const schemes::Obligation& owed : obligations) {
    if (text.size() > 1) text += ',';
    text += "{\"window\":\"" + std::string(schemes::name_of(owed.window)) + "\"";
    append_number(text, "min", owed.min);
    if (owed.days) append_number(text, "days", owed.days);
    if (!owed.event.empty()) {
      text += ",\"event\":";
      json::append_quoted(text, owed.event);
      append_number(text, "hours", owed.hours);
    }
    text += ",\"methods\":[";
    bool first = true;
    for (int i = 0; i < schemes::kMethodCount; ++i) {
      auto method = static_cast<schemes::Method>(i);
      if (!owed.methods.holds(method)) continue;
      text += (first ? "\"" : ",\"") + std::string(schemes::name_of(method)) + "\"";
      first = false;
    }
    text += "]";
    if (!owed.mark.empty()) {
      text += ",\"mark\":";
      json::append_quoted(text, owed.mark);
    }
    text += "}";
  }
  return text + "]";
}

}  // namespace

Judge::Judge(std::shared_ptr<const CountyPolicy> policy)
    : policy_(std::move(policy)),
      book_(policy_->schemes().vocabulary()),
      timeline_(*policy_),
      facts_(policy_->schemes().vocabulary()) {}

Date Judge::horizon(Date today) { return add_months(today.first_of_month(), kMonthsAhead); }

ClassificationRow Judge::row_of(const VerdictSpan& span) const {
  ClassificationRow row;
  row.scheme = span.scheme->id;
  row.version = span.scheme->version;
  row.valid_from = span.from;
  row.valid_to = span.to;
  if (span.verdict.eligible != schemes::Truth::unknown) row.eligible = span.verdict.eligible == schemes::Truth::yes;
  if (span.verdict.tier >= 0) row.tier = span.scheme->tiers[static_cast<std::size_t>(span.verdict.tier)].id;
  row.categories = between_spaces(schemes::category_ids(*span.scheme, span.verdict.categories));
  row.possible_categories = between_spaces(schemes::category_ids(*span.scheme, span.verdict.possible_categories));
  row.possible_tiers = between_spaces(schemes::tier_ids(*span.scheme, span.verdict.possible_tiers));
  row.obligations = obligations_text(span.verdict.obligations);
  return row;
}

std::vector<ClassificationRow> Judge::judge(const File& file, Date from, Date until) {
  book_.fill(file.known, facts_);
  std::vector<Date> dates = file.known.dates();
  std::vector<VerdictSpan> spans = timeline_.work_out({facts_, file.birth_date, file.area, dates}, from, until);
  std::vector<ClassificationRow> rows;
  rows.reserve(spans.size());
  for (const VerdictSpan& span : spans) {
    rows.push_back(row_of(span));
    rows.back().person = file.key.id;
    if (span.to == until) rows.back().valid_to.reset();
  }
  return rows;
}

bool store_verdicts(db::Session& session, const PersonKey& key, Date from, std::vector<ClassificationRow> rows) {
  std::vector<ClassificationRow> before = load_classification_rows(session, key);
  cut_classifications(session, key, from);
  // A verdict that held on the day before and goes on saying the same is one row.
  std::erase_if(rows, [&](const ClassificationRow& row) {
    if (row.valid_from != from) return false;
    auto held = std::find_if(before.begin(), before.end(), [&](const ClassificationRow& old) {
      return old.valid_from < from && (!old.valid_to || *old.valid_to >= from) && old.says_the_same(row);
    });
    if (held == before.end()) return false;
    held->valid_to = row.valid_to;
    end_classification(session, key, *held);
    return true;
  });
  insert_classifications(session, key.county, rows);
  std::vector<ClassificationRow> after = load_classification_rows(session, key);
  return !std::equal(before.begin(), before.end(), after.begin(), after.end(),
                     [](const ClassificationRow& left, const ClassificationRow& right) {
                       return left.valid_from == right.valid_from && left.valid_to == right.valid_to &&
                              left.says_the_same(right);
                     });
}

}  // namespace tanfang::registry
