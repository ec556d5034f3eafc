// For the tests of this room: fillings made from a form itself.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "base/text.h"
#include "paper/paper.h"
#include "platform/pdf/test_poppler.h"

namespace tanfang::paper {

using pdf::heard_from;
using pdf::in_order;
using pdf::poppler;
using pdf::without_breaks;

inline const std::string kSchemes = TANFANG_SOURCE_DIR "/schemes";

inline const forms::Catalog& catalog() {
  static const forms::Catalog kCatalog = forms::load_catalog({kSchemes});
  return kCatalog;
}
inline const Layouts& layouts() {
  static const Layouts kLayouts = load_layouts({kSchemes}, catalog());
  return kLayouts;
}

enum class State { empty, typical, overfull };

/// `length` characters that are told apart by their place, so that a lost one shows.
inline std::string long_text(int length) {
  static const std::u32string kWords = U"老人独居需要每周送餐和陪伴";
  std::string text;
  for (int i = 0; i < length; ++i) {
    std::string number = std::to_string(i);
    if (i % 20 == 0 && length - i > 20) {
      text += number;
      i += static_cast<int>(number.size()) - 1;
    } else {
      append_utf8(text, kWords[static_cast<std::size_t>(i) % kWords.size()]);
    }
  }
  return text;
}

inline boost::json::value answer_of(const forms::Field& field, State state);

inline boost::json::value rows_of(const forms::Field& field, State state) {
  boost::json::array rows;
  int count = state == State::overfull ? field.max_length : 2;
  for (int i = 0; i < count; ++i) {
    boost::json::object row;
    for (const forms::Field& column : field.columns) row[column.code] = answer_of(column, State::typical);
    rows.push_back(std::move(row));
  }
  return rows;
}

inline boost::json::value choices_of(const forms::Field& field, State state) {
  if (field.kind == forms::FieldKind::choice) {
    return boost::json::value(state == State::overfull ? field.options.back().code : field.options.front().code);
  }
  boost::json::array codes;
  for (const forms::Option& option : field.options) {
    if (state == State::overfull || codes.size() < 2) codes.emplace_back(option.code);
  }
  return codes;
}

inline boost::json::value text_of(const forms::Field& field, State state) {
  bool overfull = state == State::overfull;
  if (overfull) return boost::json::value(long_text(field.max_length));
  if (field.code.find("name") != std::string::npos || field.code == "visitor") return "欧阳𠮷䶮";
  if (field.code.find("address") != std::string::npos)
    return "合江县福宝镇大亨村三组青瓦房二十八号院内东侧第二间（老粮站旁）";
  return field.max_length > 100 ? "血压平稳，已提醒按时服药。" : "有";
}

inline boost::json::value answer_of(const forms::Field& field, State state) {
  using forms::FieldKind;
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::area:
      return text_of(field, state);
    case FieldKind::integer:
      if (field.prefill == "visit.year") return 2024;
      return static_cast<std::int64_t>(field.maximum && state == State::overfull ? *field.maximum : 3);
    case FieldKind::decimal:
      return field.maximum && state == State::overfull ? *field.maximum - 0.5 : 20.5;
    case FieldKind::date:
      return "2024-03-01";
    case FieldKind::year_month:
      return "1941-12";
    case FieldKind::choice:
    case FieldKind::choices:
      return choices_of(field, state);
    case FieldKind::yes_no:
      return true;
    case FieldKind::phone:
      return state == State::overfull ? "+86 13800138000" : "13800138000";
    case FieldKind::citizen_number:
      return "51052119410203001X";
    case FieldKind::signature:
      return nullptr;
    case FieldKind::rows:
      return rows_of(field, state);
  }
  return nullptr;
}

inline boost::json::object answers_of(const forms::Form& form, State state) {
  boost::json::object answers;
  if (state == State::empty) return answers;
  for (const forms::Section& section : form.sections) {
    for (const forms::Field& field : section.fields) answers[field.code] = answer_of(field, state);
  }
  return answers;
}

inline Sheet sheet_of(const forms::Form& form, const boost::json::object& answers, State state) {
  Sheet sheet{&form, &layouts().of(form.id), {}};
  if (state == State::empty) return sheet;
  sheet.filling.answers = &answers;
  sheet.filling.quarters = {&answers, &answers, nullptr, &answers};
  sheet.filling.person = "0A1B2C3D4E5F6";
  sheet.filling.record = "0000000000001";
  sheet.filling.name = "欧阳𠮷䶮";
  return sheet;
}

inline std::string pdf_of(const forms::Form& form, State state, int copies = 1) {
  boost::json::object answers = answers_of(form, state);
  return print_pdf({sheet_of(form, answers, state)}, copies, *parse_instant("2024-03-01T09:00"));
}

}  // namespace tanfang::paper
