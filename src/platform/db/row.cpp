#include <stdexcept>

#include "platform/db/database.h"

namespace tanfang::db {

Date Row::date(int column) const {
  auto date = Date::parse(text(column));
  if (!date) throw std::logic_error("column " + std::to_string(column) + " is not a date");
  return *date;
}

std::optional<std::string> Row::optional_string(int column) const {
  if (is_null(column)) return std::nullopt;
  return string(column);
}

std::optional<std::int64_t> Row::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<Date> Row::optional_date(int column) const {
  if (is_null(column)) return std::nullopt;
  return date(column);
}

}  // namespace tanfang::db
