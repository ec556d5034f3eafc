// A grade of disability as clerks write it.
#pragma once

#include <string>

#include "ledgers/words.h"

namespace tanfang::ledgers {

/// What a text says of a grade of disability.
struct GradeSaid {
  int grade = 0;       // the gravest of several, 1 to 4; 0 for none
  bool whole = false;  // nothing but grades and words of disability stands there
  bool kind = false;   // a word of disability stands there (肢体, 残疾)
  bool level = false;  // 级 stands behind a grade
};

/// Reads `残疾三级`, `肢体2级`, `肢体Ⅱ`, `听力四级、肢体二级`. Of `肢体二级（2019年评定）` the beginning is read,
/// `whole` is false.
GradeSaid read_grade(const Words& words, const std::string& plain);

}  // namespace tanfang::ledgers
