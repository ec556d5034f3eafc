// The refusals of the audit trail.
#pragma once

#include "base/problem.h"

namespace tanfang::audit {

inline Problem keys_foreign() {
  return Problem("keys.foreign", 409,
                 {"密钥不属于这个数据库：请使用该数据库原来的密钥文件",
                  "the keys do not belong to this database; use the key file that it was made with"});
}

}  // namespace tanfang::audit
