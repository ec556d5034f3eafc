// The refusals of the canvass.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::canvass::problems {

inline Problem invalid(const std::string& code, std::vector<FieldProblem> mistakes) {
  return Problem(code, 422, {"有内容需要更正，见各字段", "some fields need mending, see each"}, std::move(mistakes));
}
inline Problem unknown_canvass() {
  return Problem("canvass.unknown", 404,
                 {"没有这次摸底排查，请从列表中选择", "no such canvass; choose one of the list"});
}
inline Problem running() {
  return Problem("canvass.running", 409,
                 {"本县已有一次摸底排查正在进行，请先结束它", "a canvass is under way in the county; end it first"});
}
inline Problem none_runs() {
  return Problem(
      "canvass.none", 409,
      {"目前没有正在进行的摸底排查，请由县级先开始", "no canvass is under way; the county begins one first"});
}
inline FieldProblem canvass_name() {
  return {"name", "canvass.name", {"名称为 1 至 60 个字", "a name of 1 to 60 characters"}};
}
inline FieldProblem canvass_day() {
  return {"begun_on", "canvass.day", {"开始日期不能晚于今天", "it begins today or before"}};
}
inline Problem unknown_household() {
  return Problem("household.unknown", 404, {"没有这一户，请从名单中选择", "no such household; choose one of the list"});
}
inline Problem household_taken() {
  Words text{"本村已有同一组、同一门牌的户；请打开已有的那一户，或换一个名称",
             "the village has a household of that group and place; open that one, or give another name"};
  return Problem("household.taken", 409, text, {{"place", "household.taken", text}});
}
inline FieldProblem household_group(const std::string& field) {
  return {field, "household.group", {"组或网格的名称最多 30 个字", "a group's name of at most 30 characters"}};
}
inline FieldProblem household_place(const std::string& field) {
  return {field, "household.place", {"门牌或户名为 1 至 60 个字", "a door number or name of 1 to 60 characters"}};
}
inline Problem result_day() {
  Words text{"上门日期须在本次摸底排查开始之后、今天或之前", "a day from the canvass's beginning to today"};
  return Problem("household.result_day", 422, text, {{"on", "household.result_day", text}});
}
inline FieldProblem result_differs(std::string_view known_zh, std::string_view known_en) {
  std::string zh = "这一户别人已记为“" + std::string(known_zh) + "”，与您记的不同；先按原来的，请核实后再记一次";
  std::string en =
      "somebody noted “" + std::string(known_en) + "” here, unlike you; that stays until one is noted anew";
  return {"result", "household.differs", {zh, en}};
}
inline FieldProblem result_note() {
  return {"note", "household.note", {"备注最多 200 个字", "a note of at most 200 characters"}};
}

}  // namespace tanfang::canvass::problems
