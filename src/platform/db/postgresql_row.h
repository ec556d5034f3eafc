// Rows of a PostgreSQL result in text form, read by the type that the server names.
#pragma once

#include <deque>

#include "platform/db/postgresql_connection.h"

namespace tanfang::db {

class PostgresRow : public Row {
 public:
  PostgresRow(const PGresult* result, std::string_view sql) : result_(result), sql_(sql) {}
  /// Goes to the next row; false after the last.
  bool advance();

  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view text(int column) const override;
  std::string_view bytes(int column) const override;

 private:
  std::string_view value(int column) const;
  [[noreturn]] void wrong(int column, const std::string& what) const;

  const PGresult* result_;
  std::string_view sql_;
  int row_ = -1;
  mutable std::deque<std::string> decoded_;
};

}  // namespace tanfang::db
