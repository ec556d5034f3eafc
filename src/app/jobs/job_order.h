// Which work of a county waits for which.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace tanfang::app::jobs {

/// `kind` does not begin while `before` is due or runs for the same county, nor `before` while `kind` runs.
struct Order {
  std::string_view before;
  std::string_view kind;
};

/// Without circles. A recount beside the work that it checks would find what is only half done.
inline constexpr std::array kOrders = {Order{"classify", "open_windows"}, Order{"classify", "recount"},
                                       Order{"open_windows", "recount"}};

/// Kinds between single spaces, or empty: those that go before, and those that `kind` must not run beside.
struct Neighbours {
  std::string before;
  std::string beside;
};

inline Neighbours neighbours_of(std::string_view kind) {
  auto add = [](std::string& words, std::string_view word) {
    if (words.empty()) words = " ";
    words.append(word).append(" ");
  };
  Neighbours found;
  for (const Order& order : kOrders) {
    if (order.kind == kind) add(found.before, order.before);
    if (order.kind == kind) add(found.beside, order.before);
    if (order.before == kind) add(found.beside, order.kind);
  }
  return found;
}

}  // namespace tanfang::app::jobs
