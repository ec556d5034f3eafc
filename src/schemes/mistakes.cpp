#include "schemes/mistakes.h"

#include <algorithm>
#include <tuple>

namespace tanfang::schemes {
namespace {

/// Number of letters to insert, delete or change.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < right.size(); ++j) {
      std::size_t changed = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, changed});
    }
  }
  return row.back();
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
