#include "paper/answers_text.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>

#include "base/date.h"
#include "base/text.h"

namespace tanfang::paper {
namespace {

namespace js = boost::json;
using forms::Field;
using forms::FieldKind;
using forms::Option;

constexpr std::string_view kBlank = "　　";
constexpr std::string_view kOpen = "__";
/// An option's words stay on one line; what was written into a longer one flows to the next.
constexpr std::size_t kMostTogether = 24;

bool is_choice(const Field& field) { return field.kind == FieldKind::choice || field.kind == FieldKind::choices; }

std::string number_text(const js::value& value) {
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  return fmt::format("{}", value.get_double());
}

std::string plain_text(const js::value& value) {
  if (value.is_string()) return trimmed(std::string_view(value.get_string()));
  if (value.is_number()) return number_text(value);
  if (value.is_bool()) return value.get_bool() ? "是" : "否";
  return value.is_null() ? "" : js::serialize(value);
}

std::string date_words(const std::string& text) {
  if (auto date = Date::parse(text)) return fmt::format("{}年{}月{}日", date->year(), date->month(), date->day());
  return text;
}

std::string month_words(const std::string& text) {
  if (auto date = Date::parse(text + "-01")) return fmt::format("{}年{}月", date->year(), date->month());
  return text;
}

std::string with_unit(const Field& field, std::string text) {
  bool told = field.unit.empty() || field.label.zh.find(field.unit) != std::string::npos;
  return told || text.empty() ? text : text + field.unit;
}

const Option* option_of(const Field& field, std::string_view code) {
  for (const Option& option : field.options) {
    if (option.code == code) return &option;
  }
  return nullptr;
}

}  // namespace

const FieldLayout& layout_of(const Layout& layout, std::string_view field) {
  static const FieldLayout kPlain;
  auto found = layout.fields.find(field);
  return found == layout.fields.end() ? kPlain : found->second;
}

AnswersText::AnswersText(const forms::Form& form, const Layout& layout, const Filling& filling)
    : form_(form), layout_(layout), filling_(filling), answers_(filling.answers) {}

void AnswersText::use_quarter(int quarter) {
  quarter_ = quarter;
  auto index = static_cast<std::size_t>(quarter) - 1;
  answers_ = quarter == 0 ? filling_.answers : index < filling_.quarters.size() ? filling_.quarters[index] : nullptr;
}

const js::value* AnswersText::answer(std::string_view code) const {
  const js::value* found = answers_ == nullptr ? nullptr : answers_->if_contains(code);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::string AnswersText::words_of(const Field& field, const js::value* answer) const {
  if (field.prefill == "visit.quarter" && quarter_ > 0) {
    constexpr std::array<const char*, 4> kNumerals{"一", "二", "三", "四"};
    return kNumerals[static_cast<std::size_t>(quarter_) - 1];
  }
  if (answer == nullptr) return "";
  if (is_choice(field)) {
    std::string words;
    for (const std::string& code : chosen(field, answer)) {
      const Option* option = option_of(field, code);
      words += (words.empty() ? "" : "、") + (option == nullptr ? code : label_of(*option));
    }
    return words;
  }
  std::string text = plain_text(*answer);
  if (field.kind == FieldKind::date) return date_words(text);
  if (field.kind == FieldKind::year_month) return month_words(text);
  return with_unit(field, std::move(text));
}

std::vector<std::string> AnswersText::chosen(const Field&, const js::value* answer) const {
  std::vector<std::string> codes;
  if (answer == nullptr) return codes;
  if (answer->is_string()) codes.emplace_back(answer->get_string());
  if (!answer->is_array()) return codes;
  for (const js::value& each : answer->get_array()) {
    if (each.is_string()) codes.emplace_back(each.get_string());
  }
  return codes;
}

/// An option's words with the answer that stands in their blank.
std::string AnswersText::label_of(const Option& option) const {
  std::size_t blank = option.label.zh.find(kOpen);
  if (blank == std::string::npos || option.blank.empty()) return option.label.zh;
  const Field* field = form_.find(option.blank);
  const js::value* given = answer(option.blank);
  std::string text = given == nullptr ? "" : plain_text(*given);
  if (field == nullptr || text.empty()) return option.label.zh;
  return replaced(option.label.zh, kOpen, text);
}

bool AnswersText::ticked(const Option& option, const std::vector<std::string>& chosen, const Field& field) const {
  static const js::object kNothing;
  for (const std::string& code : chosen) {
    const Option* given = option_of(field, code);
    if (given == nullptr || (given != &option && given->box != option.code)) continue;
    if (!given->box_when) return true;
    if (forms::holds(*given->box_when, answers_ == nullptr ? kNothing : *answers_, filling_.context).value_or(false)) {
      return true;
    }
  }
  return false;
}

Written AnswersText::boxes(const Field& field) const {
  Written written;
  const js::value* given = answer(field.code);
  auto add = [&](bool tick, const std::string& label, std::size_t open = std::string::npos) {
    if (!written.text.empty()) written.text += "\u2002";  // half a letter wide; lines may break behind it
    std::size_t begin = written.text.size();
    written.text += tick ? pdf::kTicked : pdf::kBox;
    std::size_t together = length_of(label) > kMostTogether ? std::min(open, label.size()) : label.size();
    written.together.push_back({begin, written.text.size() + together});
    written.text += label;
  };
  if (field.kind == FieldKind::yes_no) {
    bool known = given != nullptr && given->is_bool();
    add(known && given->get_bool(), "是");
    add(known && !given->get_bool(), "否");
    written.fixed = true;
    return written;
  }
  std::vector<std::string> codes = chosen(field, given);
  bool blanks = false;
  for (const Option& option : field.options) {
    if (!option.box.empty()) continue;
    std::string label = label_of(option);
    for (const std::string& code : codes) {
      const Option* other = option_of(field, code);
      if (other != nullptr && other->box == option.code && other->noted) label += "（" + other->label.zh + "）";
    }
    blanks = blanks || !option.blank.empty();
    add(ticked(option, codes, field), label, option.label.zh.find(kOpen));
  }
  for (const std::string& code : codes) {  // of an earlier version of the form
    if (option_of(field, code) == nullptr) add(true, code);
  }
  written.fixed = !blanks;
  return written;
}

void AnswersText::append_also(const Field& field, std::string& text) const {
  for (const std::string& code : layout_of(layout_, field.code).also) {
    const Field* other = form_.find(code);
    if (other == nullptr) continue;
    bool boxed = is_choice(*other) && !other->written;
    std::string words = boxed ? boxes(*other).text : words_of(*other, answer(code));
    if (boxed) {
      text += "\n" + words;
    } else if (field.kind == FieldKind::signature) {
      text += "\n" + (words.empty() ? std::string("　　年　月　日") : words);
    } else if (!words.empty()) {
      text += (text.empty() ? "" : "：") + words;
    }
  }
}

Written AnswersText::of(const Field& field) const {
  const FieldLayout& layout = layout_of(layout_, field.code);
  Written written;
  if (!layout.pattern.empty()) {
    written.text = fill(layout.pattern, &field);
  } else if ((is_choice(field) && !field.written) || field.kind == FieldKind::yes_no) {
    written = boxes(field);
  } else if (field.kind != FieldKind::signature && field.kind != FieldKind::rows) {
    written.text = words_of(field, answer(field.code));
    if (written.text.empty() && field.kind == FieldKind::date) written.text = "　　年　月　日";
  }
  if (!layout.also.empty()) written.fixed = false;
  append_also(field, written.text);
  return written;
}

std::string AnswersText::date_part(std::string_view part, const Field* own) const {
  const js::value* given = own == nullptr ? nullptr : answer(own->code);
  auto date = given == nullptr ? std::nullopt : Date::parse(plain_text(*given));
  if (!date) return std::string(kBlank);
  return std::to_string(part == ".year" ? date->year() : part == ".month" ? date->month() : date->day());
}

std::string AnswersText::placeholder(std::string_view inner, const Field* own) const {
  if (inner.starts_with('.')) return date_part(inner, own);
  std::size_t bar = inner.find('|');
  std::string_view code = inner.substr(0, bar);
  const Field* field = code.empty() ? own : form_.find(code);
  std::string words = field == nullptr ? "" : words_of(*field, answer(field->code));
  if (!words.empty()) return words;
  if (bar != inner.npos) return std::string(inner.substr(bar + 1));
  return std::string(field != nullptr && field->kind == FieldKind::date ? "　　年　月　日" : kBlank);
}

std::string AnswersText::fill(std::string_view pattern, const Field* own) const {
  std::string text;
  while (!pattern.empty()) {
    std::size_t open = pattern.find('{');
    std::size_t close = open == pattern.npos ? open : pattern.find('}', open);
    text += pattern.substr(0, close == pattern.npos ? close : open);
    if (close == pattern.npos) break;
    text += placeholder(pattern.substr(open + 1, close - open - 1), own);
    pattern.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace tanfang::paper
