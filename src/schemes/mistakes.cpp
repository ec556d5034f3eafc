#include "schemes/mistakes.h"

#include <algorithm>
#include <tuple>

namespace tanfang::schemes {
namespace {

/// Number of letters to insert, delete or change; two neighbours in the wrong order count once.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::vector<std::size_t>> steps(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
  for (std::size_t i = 0; i <= left.size(); ++i) steps[i][0] = i;
  for (std::size_t j = 0; j <= right.size(); ++j) steps[0][j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    for (std::size_t j = 1; j <= right.size(); ++j) {
      std::size_t changed = steps[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, changed});
      bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
    }
  }
  return steps[left.size()][right.size()];
}

}  // namespace

bool Mistakes::any_fatal() const {
  return std::any_of(list_.begin(), list_.end(), [](const SchemeMistake& mistake) { return mistake.blocks; });
}

std::vector<SchemeMistake> Mistakes::sorted() const {
  std::vector<SchemeMistake> out = list_;
  std::stable_sort(out.begin(), out.end(), [](const SchemeMistake& left, const SchemeMistake& right) {
    return std::tie(left.file, left.line) < std::tie(right.file, right.line);
  });
  auto same = [](const SchemeMistake& left, const SchemeMistake& right) {
    return left.file == right.file && left.line == right.line && left.text == right.text;
  };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

Words suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    std::size_t steps = distance(word, candidate);
    if (steps >= least) continue;
    least = steps;
    best = &candidate;
  }
  if (!best) return {};
  return {"，是否想写 “" + *best + "”", "; did you mean \"" + *best + "\"?"};
}

}  // namespace tanfang::schemes
