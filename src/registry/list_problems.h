// Refusals of lists of areas and of search terms for what they hold.
#pragma once

#include <cstdint>
#include <string>

#include "base/problem.h"

namespace tanfang::registry::problems {

inline Problem areas_empty(const std::string& path) {
  return {"areas.empty",
          422,
          {"区划文件中没有一行区划；请核对文件（" + path + "）", path + ": not one area in the file; check it"},
          {{"file", "areas.empty", {"文件中没有区划", "no area in the file"}}}};
}

inline Problem areas_name(const std::string& path, std::int64_t line) {
  std::string at = "line " + std::to_string(line);
  return {
      "areas.name",
      422,
      {"区划文件第 " + std::to_string(line) + " 行的名称超过 100 个字或含有控制字符；请改正后重新导入（" + path + "）",
       path + ":" + std::to_string(line) + ": a name of 1 to 100 characters is needed; mend the line and import again"},
      {{at, "areas.name", {"名称须为 1 至 100 个字", "a name of 1 to 100 characters is needed"}}}};
}

inline Problem areas_orphan(const std::string& path, std::int64_t line, const std::string& code) {
  std::string at = "line " + std::to_string(line);
  return {
      "areas.orphan",
      422,
      {"区划文件第 " + std::to_string(line) + " 行：" + code + " 的上级区划不存在；请补上后重新导入（" + path + "）",
       path + ":" + std::to_string(line) + ": no area stands above " + code + "; add it and import again"},
      {{at, "areas.orphan", {"上级区划不存在", "no area stands above it"}}}};
}

inline Problem search_empty() {
  return {"search.empty",
          422,
          {"查询条件里没有可查的内容；请填写姓名、拼音字母或号码",
           "there is nothing in the term to search for; give a name, letters of pinyin or digits"},
          {{"search", "search.empty", {"查询条件为空", "an empty term"}}}};
}

}  // namespace tanfang::registry::problems
