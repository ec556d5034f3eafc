// The refusals of reports.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::reports::problems {

inline Problem area_unknown(const std::string& area) {
  Words text{"没有区域 " + area + "，请用 2、4、6、9 或 12 位区划代码",
             "there is no area " + area + "; use a code of 2, 4, 6, 9 or 12 digits"};
  return Problem("area.unknown", 404, text, {{"area", "area.unknown", text}});
}

inline Problem month_not_open(const std::string& month) {
  Words text{"该区域 " + month + " 尚未开月，请先执行 plan open",
             month + " is not open anywhere in the area; run plan open first"};
  return Problem("coverage.month_not_open", 409, text, {{"month", "coverage.month_not_open", text}});
}

inline Problem forecast_area(const std::string& area) {
  Words text{"预测只按区县、乡镇或村居计算，" + area + " 范围太大，请选择下级区域",
             "a forecast is made for a county, town or village; " + area + " is wider, choose one inside it"};
  return Problem("forecast.area", 422, text, {{"area", "forecast.area", text}});
}

inline Problem filter_too_long(const std::string& field) {
  Words text{"最多同时按 4 个信息项筛选，请减少条件", "at most 4 facts filter a list; take some away"};
  return Problem("list.filter", 422, text, {{field, "list.filter", text}});
}

}  // namespace tanfang::reports::problems
