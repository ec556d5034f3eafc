// Every refusal that the registry can give.
#pragma once

#include <cstdint>
#include <string>

#include "base/problem.h"

namespace tanfang::registry::problems {

inline Problem areas_malformed(const std::string& path, std::int64_t line) {
  std::string at = path + ":" + std::to_string(line);
  return {"areas.malformed",
          422,
          {"区划文件第 " + std::to_string(line) + " 行不是“代码,名称”；请改正后重新导入（" + path + "）",
           at + ": not `code,name` with a code of 2, 4, 6, 9 or 12 digits; mend the line and import again"},
          {{"line " + std::to_string(line),
            "areas.malformed",
            {"代码须为 2、4、6、9 或 12 位数字，名称不能为空",
             "a code of 2, 4, 6, 9 or 12 digits and a name are needed"}}}};
}

inline Problem areas_duplicate(const std::string& code) {
  return {"areas.duplicate",
          422,
          {"区划代码 " + code + " 在文件中出现两次；请只保留一行",
           "the area code " + code + " stands twice in the file; keep one line of them"},
          {{"code", "areas.duplicate", {"代码重复", "code given twice"}}}};
}

inline Problem area_unknown(const std::string& code) {
  return {"area.unknown",
          422,
          {"没有区划 " + code + "；请核对代码或先导入区划",
           "there is no area " + code + "; check the code or import the areas first"},
          {{"area", "area.unknown", {"未知区划", "unknown area"}}}};
}

}  // namespace tanfang::registry::problems
