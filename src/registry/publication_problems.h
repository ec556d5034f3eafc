// The refusals of publishing schemes.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::registry::problems {

inline Problem scheme_published(const std::string& scheme, const std::string& in_force) {
  return Problem("scheme.published", 409,
                 {"本县方案 " + scheme + " 已有 " + in_force + " 起施行的版本，请另定生效日期",
                  "the county has a version of " + scheme + " in force from " + in_force + "; take another day"});
}

}  // namespace tanfang::registry::problems
