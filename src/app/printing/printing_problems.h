// The refusals that printing can give.
#pragma once

#include "base/problem.h"

namespace tanfang::app {

inline Problem unknown_form() {
  return Problem("print.form", 404,
                 {"没有这张表单；请按 luzhou-2023/visit 的写法给出编号",
                  "there is no such form; give its id as luzhou-2023/visit"});
}

}  // namespace tanfang::app
