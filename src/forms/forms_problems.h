// The refusals that forms can give. Inside the room only.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "forms/forms.h"

namespace tanfang::forms {

inline Problem invalid_forms(const std::vector<LintMessage>& messages) {
  std::vector<FieldProblem> fields;
  for (const LintMessage& message : messages) {
    fields.push_back({message.file + ":" + std::to_string(message.line), "forms.invalid", message.message});
  }
  return Problem("forms.invalid", 422,
                 {"表单定义有误，请按所列文件和行更正", "form definitions are wrong: mend the lines named"},
                 std::move(fields));
}

inline FieldProblem unknown_answer(std::string field) {
  return {std::move(field),
          "answer.unknown_field",
          {"表单没有这个字段，请删去", "the form has no such field: leave it out"}};
}
inline FieldProblem answer_required(std::string field) {
  return {std::move(field), "answer.required", {"必填，请填写", "required: fill it in"}};
}
inline FieldProblem answer_type(std::string field, const char* zh, const char* en) {
  return {std::move(field), "answer.type", {std::string("应填") + zh, std::string("must be ") + en}};
}
inline FieldProblem answer_option(std::string field) {
  return {
      std::move(field), "answer.option", {"不是所列选项，请从选项中选", "not one of the options: choose one of them"}};
}
inline FieldProblem answer_repeated(std::string field) {
  return {std::move(field),
          "answer.repeated",
          {"同一选项选了两次，请去掉一个", "the same option is chosen twice; leave one out"}};
}
inline FieldProblem answer_range(std::string field, const std::string& range) {
  return {std::move(field), "answer.range", {"数值应在 " + range + " 之间", "must lie within " + range}};
}
inline FieldProblem answer_length(std::string field, int limit) {
  std::string most = std::to_string(limit);
  return {std::move(field), "answer.length", {"过长，最多 " + most, "too long: at most " + most}};
}
inline FieldProblem answer_date(std::string field) {
  return {std::move(field),
          "answer.date",
          {"日期应写作 2024-03-01（年月写作 2024-03）", "write a date as 2024-03-01, a month as 2024-03"}};
}
inline FieldProblem answer_phone(std::string field) {
  return {std::move(field), "answer.phone", {"电话应为 5 至 15 位数字", "a phone number has 5 to 15 digits"}};
}
inline FieldProblem answer_citizen_number(std::string field) {
  return {
      std::move(field), "answer.citizen_number", {"公民身份号码有误，请核对", "the citizen number is wrong: check it"}};
}
inline FieldProblem answer_area(std::string field) {
  return {std::move(field),
          "answer.area",
          {"区划代码应为 2、4、6、9 或 12 位", "an area code has 2, 4, 6, 9 or 12 digits"}};
}

}  // namespace tanfang::forms
