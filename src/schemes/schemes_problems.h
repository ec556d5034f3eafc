// What this room refuses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace tanfang::schemes {

inline FieldProblem fact_unknown(std::string field) {
  return {
      std::move(field),
      "fact.unknown",
      {"没有这个事实名称，请按事实清单填写", "no scheme knows a fact of this name; use a name of the list of facts"}};
}

inline FieldProblem fact_type(std::string field, std::string_view zh, std::string_view en) {
  return {std::move(field), "fact.type", {"类型不对，应为" + std::string(zh), "wrong type: give " + std::string(en)}};
}

inline FieldProblem fact_value(std::string field, const std::string& allowed) {
  return {std::move(field), "fact.value", {"没有这个取值，可用：" + allowed, "no such value; use one of: " + allowed}};
}

inline FieldProblem fact_range(std::string field, std::int64_t min, std::int64_t max) {
  std::string low = std::to_string(min);
  std::string high = std::to_string(max);
  return {std::move(field),
          "fact.range",
          {"超出范围，应在 " + low + " 到 " + high + " 之间", "out of range: give " + low + " to " + high}};
}

inline FieldProblem fact_date(std::string field) {
  return {std::move(field),
          "fact.date",
          {"日期无效，应为存在的日期，写作 2024-03-01", "not a date: give an existing day as 2024-03-01"}};
}

inline FieldProblem fact_area(std::string field) {
  return {std::move(field),
          "fact.area",
          {"区划代码无效，应为 2、4、6、9 或 12 位数字", "not an area code: give 2, 4, 6, 9 or 12 digits"}};
}

inline FieldProblem fact_member(std::string field, const std::string& allowed) {
  return {std::move(field),
          "fact.member",
          {"列表条目中没有这一项，可用：" + allowed, "entries have no such member; use one of: " + allowed}};
}

inline Problem scheme_unknown(std::string_view id, const std::string& known) {
  std::string name(id);
  return Problem("scheme.unknown", 404,
                 {"没有方案“" + name + "”，可用：" + known, "no scheme \"" + name + "\"; take one of: " + known},
                 {{"scheme", "scheme.unknown", {"没有这个方案，请核对编号", "no such scheme; check its id"}}});
}

inline Problem scheme_invalid(std::string_view id, std::vector<FieldProblem> mistakes) {
  std::string name(id);
  return Problem("scheme.invalid", 422,
                 {"方案“" + name + "”有错误，改正后才能使用", "scheme \"" + name + "\" has mistakes; mend them first"},
                 std::move(mistakes));
}

inline Problem scheme_ended(std::string_view id, const std::string& last_day) {
  std::string name(id);
  return Problem("scheme.ended", 422,
                 {"方案“" + name + "”施行到 " + last_day + " 为止，此日没有在施行的版本；请用这一天及以前的日期",
                  "scheme \"" + name + "\" was in force until " + last_day +
                      " and no version is on this day; give a day up to then"},
                 {{"on", "scheme.ended", {"施行到 " + last_day + " 为止", "in force until " + last_day}}});
}

inline Problem folder_missing(const std::string& folder) {
  return Problem(
      "schemes.folder_missing", 404,
      {"找不到方案文件夹，请核对路径：" + folder, "there is no such folder of schemes, check its path: " + folder},
      {{"schemes", "schemes.folder_missing", {"没有这个文件夹，请核对路径", "no such folder; check its path"}}});
}

}  // namespace tanfang::schemes
