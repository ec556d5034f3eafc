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

}  // namespace tanfang::reports::problems
