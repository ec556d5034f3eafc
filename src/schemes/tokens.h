// The words of a rule.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tanfang::schemes {

struct Token {
  enum class Kind { name, number, date, text, sign, end };
  Kind kind = Kind::end;
  std::string text;  // the sign itself, the name, the digits, the text without quotes
  int column = 0;
};

/// Throws ExpressionMistake (expression.h).
std::vector<Token> split_tokens(std::string_view text);

}  // namespace tanfang::schemes
