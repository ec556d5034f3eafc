// Answers against a form's definition.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "base/area_code.h"
#include "base/citizen_number.h"
#include "base/text.h"
#include "forms/forms.h"
#include "forms/forms_problems.h"

namespace tanfang::forms {
namespace {

using boost::json::value;

std::optional<double> number_of(const value& answer) {
  if (answer.is_int64()) return static_cast<double>(answer.get_int64());
  if (answer.is_uint64()) return static_cast<double>(answer.get_uint64());
  if (answer.is_double() && std::isfinite(answer.get_double())) return answer.get_double();
  return std::nullopt;
}

bool has_option(const Field& field, std::string_view code) {
  return std::any_of(field.options.begin(), field.options.end(),
                     [&](const Option& option) { return option.code == code; });
}

bool is_phone(std::string_view text) {
  std::size_t digits = 0;
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (c != '-' && c != ' ' && !(c == '+' && digits == 0)) {
      return false;
    }
  }
  return digits >= 5 && digits <= 15;
}

bool is_year_month(std::string_view text) { return text.size() == 7 && Date::parse(std::string(text) + "-01"); }

bool is_blank(const value& answer) {
  return answer.is_null() || (answer.is_string() && trimmed(std::string_view(answer.get_string())).empty()) ||
         (answer.is_array() && answer.get_array().empty());
}

class AnswerCheck {
 public:
  explicit AnswerCheck(std::vector<FieldProblem>& problems) : problems_(problems) {}

  void check(const Field& field, const value& answer, const std::string& path) {
    switch (field.kind) {
      case FieldKind::text:
        return check_text(field.max_length, answer, path);
      case FieldKind::signature:
        return check_text(200, answer, path);
      case FieldKind::integer:
      case FieldKind::decimal:
        return check_number(field, answer, path);
      case FieldKind::yes_no:
        if (!answer.is_bool()) add(answer_type(path, " true 或 false", "true or false"));
        return;
      case FieldKind::choice:
        return check_choice(field, answer, path);
      case FieldKind::choices:
        return check_choices(field, answer, path);
      case FieldKind::rows:
        return check_rows(field, answer, path);
      default:
        break;
    }
    if (!answer.is_string()) return add(answer_type(path, "文字", "text"));
    std::string_view text = answer.get_string();
    if (field.kind == FieldKind::date && !Date::parse(text)) add(answer_date(path));
    if (field.kind == FieldKind::year_month && !is_year_month(text)) add(answer_date(path));
    if (field.kind == FieldKind::phone && !is_phone(text)) add(answer_phone(path));
    if (field.kind == FieldKind::citizen_number && !read_citizen_number(text).number) add(answer_citizen_number(path));
    if (field.kind == FieldKind::area && !is_area_code(text)) add(answer_area(path));
  }

 private:
  void add(FieldProblem problem) { problems_.push_back(std::move(problem)); }

  void check_text(int limit, const value& answer, const std::string& path) {
    if (!answer.is_string()) return add(answer_type(path, "文字", "text"));
    if (length_of(std::string_view(answer.get_string())) > static_cast<std::size_t>(limit)) {
      add(answer_length(path, limit));
    }
  }

  void check_number(const Field& field, const value& answer, const std::string& path) {
    std::optional<double> number = number_of(answer);
    if (!number) return add(answer_type(path, "数字", "a number"));
    if (field.kind == FieldKind::integer && *number != std::floor(*number)) {
      return add(answer_type(path, "整数", "an integer"));
    }
    double least = field.minimum.value_or(-1e15);
    double most = field.maximum.value_or(1e15);
    if (*number < least || *number > most) add(answer_range(path, fmt::format("{}…{}", least, most)));
  }

  void check_choice(const Field& field, const value& answer, const std::string& path) {
    if (!answer.is_string()) return add(answer_type(path, "一个选项的代码", "the code of one option"));
    if (!has_option(field, answer.get_string())) add(answer_option(path));
  }

  void check_choices(const Field& field, const value& answer, const std::string& path) {
    if (!answer.is_array()) return add(answer_type(path, "选项代码的列表", "a list of option codes"));
    const auto& items = answer.get_array();
    for (auto item = items.begin(); item != items.end(); ++item) {
      check_choice(field, *item, path);
      if (std::find(items.begin(), item, *item) != item) add(answer_repeated(path));
    }
  }

  void check_rows(const Field& field, const value& answer, const std::string& path) {
    if (!answer.is_array()) return add(answer_type(path, "行的列表", "a list of rows"));
    const auto& rows = answer.get_array();
    if (rows.size() > static_cast<std::size_t>(field.max_length)) return add(answer_length(path, field.max_length));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::string row_path = fmt::format("{}[{}]", path, i);
      if (!rows[i].is_object()) {
        add(answer_type(row_path, "一行", "a row"));
        continue;
      }
      check_row(field, rows[i].get_object(), row_path);
    }
  }

  void check_row(const Field& field, const boost::json::object& row, const std::string& path) {
    for (const auto& [key, cell] : row) {
      std::string cell_path = path + "." + std::string(key);
      auto column = std::find_if(field.columns.begin(), field.columns.end(),
                                 [&, name = std::string_view(key)](const Field& known) { return known.code == name; });
      if (column == field.columns.end()) {
        add(unknown_answer(cell_path));
      } else if (!cell.is_null()) {
        check(*column, cell, cell_path);
      }
    }
    for (const Field& column : field.columns) {
      const value* cell = row.if_contains(column.code);
      if (column.required && (cell == nullptr || is_blank(*cell))) add(answer_required(path + "." + column.code));
    }
  }

  std::vector<FieldProblem>& problems_;
};

/// By how many a count changed: the number in the option's blank.
std::optional<double> changed_by(const Option& option, const boost::json::object& answers) {
  if (*option.effect == Effect::same) return 0;
  const value* blank = answers.if_contains(option.blank);
  std::optional<double> number = blank == nullptr ? std::nullopt : number_of(*blank);
  if (!number) return std::nullopt;
  return *option.effect == Effect::fewer ? -*number : *number;
}

Finding find_in(const Field& field, IndicatorKind kind, const value& answer, const boost::json::object& answers) {
  Finding finding{field.indicator, {}, std::nullopt, std::nullopt};
  if (kind == IndicatorKind::number) {
    finding.number = number_of(answer);
    finding.given = fmt::format("{}", *finding.number);
    return finding;
  }
  finding.given = answer.is_bool() ? (answer.get_bool() ? "yes" : "no") : std::string(answer.get_string());
  for (const Option& option : field.options) {
    if (option.code != finding.given) continue;
    finding.effect = option.effect;
    if (kind == IndicatorKind::count_change && option.effect) finding.number = changed_by(option, answers);
  }
  return finding;
}

void check_form_answers(const Form& form, const Vocabulary& vocabulary, const boost::json::object& answers,
                        const Context& context, Check& check) {
  for (const Section& section : form.sections) {
    for (const Field& field : section.fields) {
      const value* answer = answers.if_contains(field.code);
      if (answer == nullptr || is_blank(*answer)) {
        bool asked = context.complete && section.filled_by == FilledBy::visit;
        bool required =
            asked && (field.required || (field.required_when && holds(*field.required_when, answers, context) == true));
        if (required) check.problems.push_back(answer_required("answers." + field.code));
        continue;
      }
      std::size_t before = check.problems.size();
      AnswerCheck(check.problems).check(field, *answer, "answers." + field.code);
      if (check.problems.size() != before || field.indicator.empty()) continue;
      const Indicator* indicator = vocabulary.indicator(field.indicator);
      if (indicator != nullptr) check.findings.push_back(find_in(field, indicator->kind, *answer, answers));
    }
  }
}

}  // namespace

Check check_answers(const Form& form, const Form* supplement, const Vocabulary& vocabulary,
                    const boost::json::object& answers, const Context& context) {
  Check check;
  for (const auto& [key, answer] : answers) {
    std::string_view code(key);
    if (form.find(code) == nullptr && (supplement == nullptr || supplement->find(code) == nullptr)) {
      check.problems.push_back(unknown_answer("answers." + std::string(code)));
    }
  }
  check_form_answers(form, vocabulary, answers, context, check);
  if (supplement != nullptr) check_form_answers(*supplement, vocabulary, answers, context, check);
  return check;
}

}  // namespace tanfang::forms
