// The refusals of planning.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"

namespace tanfang::planning::problems {

inline Problem refusal(const std::string& code, const std::string& field, Words text) {
  return Problem(code, 422, text, {{field, code, text}});
}

inline Problem month_malformed() {
  return refusal("month.malformed", "month",
                 {"月份写成 YYYY-MM，例如 2024-03", "write the month as YYYY-MM, such as 2024-03"});
}
inline Problem month_not_open(const std::string& month) {
  return refusal(
      "month.not_open", "month",
      {"该县 " + month + " 尚未开月，请先执行 plan open", month + " is not open in that county; run plan open first"});
}
inline Problem month_out_of_range() {
  return refusal("month.out_of_range", "month",
                 {"可开 2000 年起、至本月之后 12 个月的月份，请核对年月",
                  "a month from 2000 on, at most 12 months ahead, can be opened; check the year"});
}
inline Problem county_malformed() {
  return refusal("county.malformed", "county", {"县区代码为 6 位数字", "a county's code has 6 digits"});
}
inline Problem event_unknown() {
  return refusal("event.unknown", "event",
                 {"该县现行方案没有这种事件，可用 schemes show 查看",
                  "no scheme in force in the county knows this event; see schemes show"});
}
inline Problem event_in_future() {
  return refusal("event.in_future", "at",
                 {"事件时间晚于现在，请在发生后登记", "the event lies in the future; note it when it has happened"});
}
inline Problem round_kind() {
  return refusal("round.kind", "kind",
                 {"专项探访的种类为 heat、cold、rain、flood、epidemic、festival 或 other",
                  "a round is of kind heat, cold, rain, flood, epidemic, festival or other"});
}
inline Problem round_dates() {
  return refusal("round.dates", "last_day",
                 {"专项探访的结束日期不能早于开始日期，且不超过一年",
                  "a round ends on or after the day it begins and lasts a year at most"});
}
inline Problem round_area() {
  return refusal(
      "round.area", "area",
      {"专项探访的区域须为本县区或其下的乡镇、村居", "a round's area is the county or a town or village of it"});
}
inline Problem round_tier(const std::string& tier) {
  return refusal("round.tier", "tiers",
                 {"该县现行方案没有层级 " + tier + "，请从方案中选择",
                  "no scheme in force in the county has the tier " + tier + "; choose one of theirs"});
}
inline Problem round_category(const std::string& category) {
  return refusal("round.category", "categories",
                 {"该县现行方案没有对象类别 " + category + "，请从方案中选择",
                  "no scheme in force in the county has the category " + category + "; choose one of theirs"});
}
inline Problem round_people() {
  return refusal("round.people", "people",
                 {"选定的人须都住在该区域内，且不能再按层级、类别筛选",
                  "the people chosen must live in the area, and are not chosen by tiers and categories as well"});
}
inline Problem round_unknown() {
  return Problem("round.unknown", 404,
                 {"没有这个专项探访；请从列表中选择", "there is no such round; choose one of the list"});
}
inline Problem declaration_dates() {
  return refusal("declaration.dates", "last_day",
                 {"结束日期不能早于开始日期，且不超过一年",
                  "a declaration ends on or after the day it begins and lasts a year at most"});
}
inline Problem declaration_area() {
  return refusal("declaration.area", "area",
                 {"区域须为本县区或其下的乡镇、村居", "the area is the county or a town or village of it"});
}
inline Problem declaration_reason() {
  return refusal("declaration.reason", "reason", {"须写明不能上门的原因", "say why home visits are impossible"});
}
inline Problem declaration_unknown() {
  return Problem("declaration.unknown", 404,
                 {"没有这项声明；请从列表中选择", "there is no such declaration; choose one of the list"});
}

inline Problem plan_cursor() {
  return refusal("plan.cursor", "cursor",
                 {"翻页标记无效，请从第一页重新开始", "the cursor is not one of ours; begin at the first page"});
}
inline FieldProblem visitor_name() {
  return {"name", "visitor.name", {"请填写姓名，不超过 64 字", "give a name of 64 characters at most"}};
}
inline FieldProblem visitor_kind() {
  return {
      "kind", "visitor.kind", {"没有这种探访力量，请从列表中选择", "no such kind of visitor; choose one of the list"}};
}
inline FieldProblem visitor_home() {
  return {"home",
          "visitor.home",
          {"填写本县区的村（社区）代码（12 位）；设置服务半径时必填",
           "give the 12-digit code of a village of the county; a radius needs one"}};
}
inline FieldProblem visitor_villages() {
  return {"villages",
          "visitor.villages",
          {"填写本县区的村（社区）代码，最多 500 个", "give codes of villages of the county, 500 at most"}};
}
inline FieldProblem visitor_radius() {
  return {"radius_metres", "visitor.radius", {"服务半径为 0 至 200000 米", "a radius is 0 to 200,000 metres"}};
}
inline FieldProblem visitor_capacity() {
  return {"capacity", "visitor.capacity", {"每月探访次数为 1 至 1000", "visits a month are 1 to 1,000"}};
}
inline FieldProblem visitor_service() {
  return {"service", "visitor.service", {"服务内容不超过 200 字", "200 characters at most"}};
}
inline FieldProblem visitor_login() {
  return {"login",
          "visitor.login",
          {"这个账号已属于另一名探访人员，请换一个", "another visitor has this account; take another"}};
}
inline Problem visitor_invalid(std::vector<FieldProblem> mistakes) {
  return Problem("visitor.invalid", 422,
                 {"探访人员信息有误，未保存；请按提示修改", "the visitor's file is wrong and was not kept; mend it"},
                 std::move(mistakes));
}
inline Problem visitor_unknown() {
  return Problem("visitor.unknown", 404,
                 {"没有这名探访人员，或已停用；请从列表中选择",
                  "there is no such visitor, or not any more; choose one of the list"});
}
inline FieldProblem assignment_of_another(std::size_t index) {
  return {"assignments[" + std::to_string(index) + "]",
          "assignment.changed",
          {"此人现在的探访人员与您看到的不同，请刷新后再分派",
           "this person has another visitor by now than was seen; load the list again"}};
}
inline Problem assignment_changed(std::vector<FieldProblem> changed) {
  return Problem("assignment.changed", 409,
                 {"有人已被他人另行分配，未作任何改动；请刷新后核对再提交",
                  "others have been assigned meanwhile and nothing was changed; read the list again and decide anew"},
                 std::move(changed));
}
inline Problem point_range() {
  return refusal("point.range", "latitude",
                 {"纬度为 -90 至 90，经度为 -180 至 180", "a latitude is -90 to 90, a longitude -180 to 180"});
}

}  // namespace tanfang::planning::problems
