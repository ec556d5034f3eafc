#include "platform/db/postgresql_row.h"

#include <charconv>
#include <stdexcept>

namespace tanfang::db {
namespace {

// Object identifiers of the types in PostgreSQL's catalogue, the same in every database.
constexpr Oid kBoolean = 16, kBytea = 17, kName = 19, kBigint = 20, kSmallint = 21, kInteger = 23, kText = 25,
              kReal = 700, kDouble = 701, kVarchar = 1043, kNumeric = 1700;

bool is_whole(Oid type) { return type == kBigint || type == kInteger || type == kSmallint || type == kNumeric; }

int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

}  // namespace

bool PostgresRow::advance() {
  decoded_.clear();
  return ++row_ < PQntuples(result_);
}

void PostgresRow::wrong(int column, const std::string& what) const {
  throw std::logic_error("column " + std::to_string(column) + " is " + what + ": " + std::string(sql_));
}

bool PostgresRow::is_null(int column) const {
  if (column < 0 || column >= PQnfields(result_)) wrong(column, "not selected");
  return PQgetisnull(result_, row_, column) == 1;
}

std::string_view PostgresRow::value(int column) const {
  if (is_null(column)) wrong(column, "null");
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t PostgresRow::integer(int column) const {
  std::string_view text = value(column);
  Oid type = PQftype(result_, column);
  if (type == kBoolean) return text == "t";
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!is_whole(type) || error != std::errc() || end != text.data() + text.size()) wrong(column, "not an integer");
  return number;
}

double PostgresRow::real(int column) const {
  std::string_view text = value(column);
  Oid type = PQftype(result_, column);
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if ((type != kDouble && type != kReal && !is_whole(type)) || error != std::errc() ||
      end != text.data() + text.size()) {
    wrong(column, "not a real");
  }
  return number;
}

std::string_view PostgresRow::text(int column) const {
  std::string_view text = value(column);
  Oid type = PQftype(result_, column);
  if (type != kText && type != kVarchar && type != kName) wrong(column, "not text");
  return text;
}

std::string_view PostgresRow::bytes(int column) const {
  std::string_view text = value(column);
  if (PQftype(result_, column) != kBytea || !text.starts_with("\\x")) wrong(column, "not bytes");
  std::string& bytes = decoded_.emplace_back((text.size() - 2) / 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(digit(text[2 + 2 * i]) * 16 + digit(text[3 + 2 * i]));
  }
  return bytes;
}

}  // namespace tanfang::db
