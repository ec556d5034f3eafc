// Every refusal that accounts and their rights can give.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::identity::problems {

/// A refusal whose one field says what the whole says.
inline Problem refusal(const std::string& field, const std::string& code, int status, const Words& text) {
  return {code, status, text, {{field, code, text}}};
}

inline Problem forbidden() {
  return refusal("permission", "identity.forbidden", 403,
                 {"您的账号没有这项权限；如工作需要，请联系为您开户的单位",
                  "your account may not do this; ask the office that made it if your work needs it"});
}

inline Problem outside_area() {
  return refusal("area", "identity.outside_area", 403,
                 {"不在您的管辖区域内；请核对区划代码", "it lies outside your area; check the area code"});
}

}  // namespace tanfang::identity::problems
