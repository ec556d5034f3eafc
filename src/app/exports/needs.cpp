#include "app/exports/needs.h"

#include <algorithm>
#include <boost/json.hpp>

namespace tanfang::app::exports {
namespace {

namespace js = boost::json;

std::string text_of(const js::object& answers, std::string_view code) {
  const js::value* answer = answers.if_contains(code);
  return answer != nullptr && answer->is_string() ? std::string(answer->get_string()) : "";
}

bool asks_after(const forms::Field& field, forms::Condition::Kind kind, std::string_view code) {
  return field.required_when && field.required_when->kind == kind && field.required_when->subject == code;
}

/// The field in which the words for 其他 stand.
const forms::Field* words_beside(const forms::Section& section, const std::string& code) {
  auto found = std::find_if(section.fields.begin(), section.fields.end(), [&](const forms::Field& field) {
    return asks_after(field, forms::Condition::Kind::answer, code);
  });
  return found == section.fields.end() ? nullptr : &*found;
}

void add_chosen(const forms::Section& section, const forms::Field& field, const js::object& answers,
                std::vector<Need>& needs) {
  const js::value* chosen = answers.if_contains(field.code);
  if (chosen == nullptr || !chosen->is_array()) return;
  const forms::Field* beside = words_beside(section, field.code);
  for (const js::value& code : chosen->get_array()) {
    for (const forms::Option& option : field.options) {
      if (!code.is_string() || option.code != std::string_view(code.get_string())) continue;
      bool worded = beside != nullptr && option.code == "other";
      needs.push_back({option.label.zh, worded ? text_of(answers, beside->code) : "", std::nullopt});
    }
  }
}

/// Whether it was met, where a field asks.
const forms::Field* met_of(const forms::Section& section, const std::string& code) {
  auto found = std::find_if(section.fields.begin(), section.fields.end(), [&](const forms::Field& field) {
    return field.indicator.starts_with("need.") && asks_after(field, forms::Condition::Kind::answered, code);
  });
  return found == section.fields.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Need> needs_of(const forms::Form& form, const js::object& answers) {
  std::vector<Need> needs;
  for (const forms::Section& section : form.sections) {
    for (const forms::Field& field : section.fields) {
      if (field.list == "needs") add_chosen(section, field, answers, needs);
      if (field.kind != forms::FieldKind::text) continue;
      const forms::Field* asked = met_of(section, field.code);
      std::string words = text_of(answers, field.code);
      if (words.empty() || (asked == nullptr && !field.code.ends_with("_needs"))) continue;
      const js::value* met = asked == nullptr ? nullptr : answers.if_contains(asked->code);
      needs.push_back({field.label.zh, words, met && met->is_bool() ? std::optional(met->get_bool()) : std::nullopt});
    }
  }
  return needs;
}

}  // namespace tanfang::app::exports
