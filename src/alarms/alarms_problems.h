// The refusals of emergencies.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::alarms::problems {

inline Problem malformed(std::string field, Words text) {
  return Problem("emergency.malformed", 422,
                 {"报告的内容有误，见所列字段", "the report is wrong: mend the field named"},
                 {{std::move(field), "emergency.malformed", std::move(text)}});
}
inline Problem unknown() {
  return Problem("emergency.unknown", 404,
                 {"没有这条紧急情况，请从列表中选择", "no such emergency; choose one of the list"});
}
inline Problem closed() {
  return Problem("emergency.closed", 409,
                 {"这条紧急情况已经办结，请刷新列表", "the emergency was closed already; load the list again"});
}
inline Problem outcome() {
  Words text{"请写明处置结果，2 至 1000 个字", "say how it ended, in 2 to 1000 characters"};
  return Problem("emergency.outcome", 422, text, {{"outcome", "emergency.outcome", text}});
}

}  // namespace tanfang::alarms::problems
