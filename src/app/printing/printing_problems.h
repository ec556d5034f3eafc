// The refusals that printing can give.
#pragma once

#include "base/problem.h"

namespace tanfang::app {

inline Problem unknown_form() {
  return Problem(
      "print.form", 404,
      {"没有这张表单；表单的编号如 luzhou-2023/visit", "there is no such form: its id is as luzhou-2023/visit"});
}

}  // namespace tanfang::app
