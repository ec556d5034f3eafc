#include "platform/toml/depth.h"

#include <algorithm>
#include <cstddef>

namespace tanfang::toml {
namespace {

constexpr int kMostParts = 16;
constexpr int kDeepest = 16;

/// Behind the string whose first quote stands at `at`; a string of one line ends with its line.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  auto quotes_at = [&](std::size_t from) {
    std::size_t end = std::min(text.find_first_not_of(quote, from), text.size());
    return end - from;
  };
  std::size_t opening = quotes_at(at);
  if (opening == 2) return at + 2;
  const bool many_lines = opening >= 3;
  for (std::size_t i = at + (many_lines ? 3 : 1); i < text.size(); ++i) {
    if (text[i] == '\n' && !many_lines) return i;
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text[i] == quote) {
      // Up to two quotes before the closing three are the string's own.
      std::size_t closing = quotes_at(i);
      if (!many_lines) return i + 1;
      if (closing >= 3) return i + std::min<std::size_t>(closing, 5);
      i += closing - 1;
    }
  }
  return text.size();
}

}  // namespace

int line_of_excess(std::string_view text) {
  int dots = 0;
  int open = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] == '\'') {
      i = end_of_string(text, i) - 1;
    } else if (text[i] == '#') {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (text[i] == '.') {
      ++dots;
    } else if (std::string_view("\n=,[]{}").find(text[i]) != std::string_view::npos) {
      dots = 0;
      if (text[i] == '[' || text[i] == '{') ++open;
      if (text[i] == ']' || text[i] == '}') --open;
    }
    if (dots >= kMostParts || open > kDeepest) {
      return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i), '\n'));
    }
  }
  return 0;
}

}  // namespace tanfang::toml
