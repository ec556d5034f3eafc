#include "platform/db/sqlite_functions.h"

#include <cstring>

namespace tanfang::db {
namespace {

int compare(sqlite3_value* a, sqlite3_value* b) {
  if (sqlite3_value_type(a) == SQLITE_INTEGER && sqlite3_value_type(b) == SQLITE_INTEGER) {
    sqlite3_int64 x = sqlite3_value_int64(a), y = sqlite3_value_int64(b);
    return x < y ? -1 : x > y;
  }
  if (sqlite3_value_type(a) == SQLITE_TEXT && sqlite3_value_type(b) == SQLITE_TEXT) {
    int size_a = sqlite3_value_bytes(a), size_b = sqlite3_value_bytes(b);
    int order = std::memcmp(sqlite3_value_text(a), sqlite3_value_text(b),
                            static_cast<std::size_t>(size_a < size_b ? size_a : size_b));
    return order != 0 ? order : size_a - size_b;
  }
  double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
  return x < y ? -1 : x > y;
}

template <int sign>
void extreme(sqlite3_context* context, int count, sqlite3_value** values) {
  sqlite3_value* best = nullptr;
  for (int i = 0; i < count; ++i) {
    if (sqlite3_value_type(values[i]) == SQLITE_NULL) continue;
    if (!best || compare(values[i], best) * sign > 0) best = values[i];
  }
  if (best) sqlite3_result_value(context, best);
}

}  // namespace

void add_common_functions(sqlite3* connection) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  sqlite3_create_function(connection, "least", -1, kFlags, nullptr, extreme<-1>, nullptr, nullptr);
  sqlite3_create_function(connection, "greatest", -1, kFlags, nullptr, extreme<1>, nullptr, nullptr);
}

}  // namespace tanfang::db
