// Look-ups of many rows with few statements: `… where person in ($2, …, $65)`, run for that many values at a time.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "platform/db/database.h"

namespace tanfang::db {

inline constexpr std::size_t kTogether = 64;  // looked up with one statement

/// `$first, …` for kTogether placeholders.
inline std::string placeholders(int first) {
  std::string text;
  for (std::size_t i = 0; i < kTogether; ++i) {
    text += (i ? ", $" : "$") + std::to_string(static_cast<std::size_t>(first) + i);
  }
  return text;
}

/// Runs `sql` for kTogether values at a time, the last one repeated to fill up; `values` begin behind `before`.
template <typename Values, typename Bind>
void query_together(Session& session, const std::string& sql, std::vector<Parameter> before, const Values& values,
                    Bind bind, const std::function<void(const Row&)>& visit) {
  std::size_t fixed = before.size();
  for (std::size_t first = 0; first < values.size(); first += kTogether) {
    before.resize(fixed, nullptr);
    for (std::size_t i = 0; i < kTogether; ++i) before.push_back(bind(values[std::min(first + i, values.size() - 1)]));
    session.query(sql, before, visit);
  }
}
/// The same for ids.
inline void query_together(Session& session, const std::string& sql, std::vector<Parameter> before,
                           const std::vector<Id>& ids, const std::function<void(const Row&)>& visit) {
  query_together(
      session, sql, std::move(before), ids, [](Id id) { return Parameter(id); }, visit);
}

}  // namespace tanfang::db
