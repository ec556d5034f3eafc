// The text of a rule as a tree. The grammar stands in docs/writing-a-scheme.md; nothing is looked up here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/problem.h"

namespace tanfang::schemes {

struct Expression {
  enum class Kind {
    number,    // `number`
    date,      // `date`
    text,      // `text`: "2103"
    truth,     // `number` 0 or 1
    name,      // `text`: age, child.alive
    call,      // `text` = function, `parts` = arguments
    duration,  // parts[0], `text` = days, months, years
    negate,    // not parts[0]
    all,       // and
    any,       // or
    compare,   // parts[0] `text` parts[1]; text: = != < <= > >=
    in,        // parts[0] in (parts[1…])
    holds,     // parts[0] holds any/all/none (`text`) of (parts[1…])
    empty,     // parts[0] is empty
    every,     // every `text` in list where …: parts = list, filter, body
    some,
    count,  // count(`text` in list where …): parts = list, filter
    add,
    subtract,
    multiply,
    minus,
  };
  Kind kind = Kind::truth;
  std::string text;
  std::int64_t number = 0;
  Date date;
  std::vector<Expression> parts;
  int column = 0;  // from 1, in code points
};

/// Where and why a text is no rule.
struct ExpressionMistake {
  int column = 0;
  Words text;
};

/// Throws ExpressionMistake.
Expression parse_expression(std::string_view text);

}  // namespace tanfang::schemes
