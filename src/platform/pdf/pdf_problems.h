// The refusals of drawing.
#pragma once

#include "base/problem.h"

namespace tanfang::pdf::problems {

inline Problem no_face() {
  return Problem("print.no_face", 503,
                 {"服务器上没有可用的中文字体，无法打印；请管理员安装或修复字体软件包 fonts-noto-cjk 后再试",
                  "the server has no usable face for Chinese: the administrator installs or mends the package "
                  "fonts-noto-cjk"});
}

}  // namespace tanfang::pdf::problems
