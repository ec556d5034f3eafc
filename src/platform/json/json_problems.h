// What reading JSON refuses.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::json {

inline Problem malformed(std::size_t byte) {
  std::string place = std::to_string(byte + 1);
  return Problem(
      "json.malformed", 400,
      {"不是有效的 JSON：第 " + place + " 个字节处有误，请改正", "not valid JSON: mend it at byte " + place});
}

inline Problem duplicate_key(const std::string& key) {
  Words text{"同一对象中有重复的键，只保留一个", "a key stands twice in one object; keep one"};
  return Problem("json.duplicate_key", 400, text, {{key, "json.duplicate_key", text}});
}

inline Problem number_too_large() {
  return Problem("json.number_too_large", 400,
                 {"数字超出可表示的范围，请改为普通大小的数", "a number is too large; write one of usual size"});
}

inline Problem nul_character() {
  return Problem("json.nul", 400, {"文字中不能有 U+0000，请删去", "a text holds U+0000; remove it"});
}

inline Problem too_deep() {
  return Problem("json.too_deep", 400,
                 {"JSON 嵌套不能超过 32 层", "JSON is nested more than 32 levels deep; nest less"});
}

}  // namespace tanfang::json
