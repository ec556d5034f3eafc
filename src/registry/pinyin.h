// Pinyin of personal names, as it is stored for search.
#pragma once

#include <string>
#include <string_view>

namespace tanfang::registry {

struct Pinyin {
  std::string full;      // zhangxiaoli; a to z only
  std::string initials;  // zxl
};

/// The pinyin of a name: surnames by their own readings (曾 zeng, 单 shan), corrections from `data/pinyin.csv`; ü is
/// written u; what is not a letter or a Chinese character is left out. Each character is looked up once a process.
/// Throws Failure where the shipped data cannot be read.
Pinyin pinyin_of(std::string_view name);

/// What somebody types to find it: lower case, without spaces and tone marks, lü, lv and lyu made lu.
std::string plain_pinyin_query(std::string_view typed);

}  // namespace tanfang::registry
