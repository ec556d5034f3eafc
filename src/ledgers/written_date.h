// Dates as clerks write them.
#pragma once

#include <optional>

#include "base/date.h"
#include "platform/excel/table.h"

namespace tanfang::ledgers {

/// What a cell says of a day. A year and month have no day, a year has no month.
struct WrittenDate {
  enum class Kind { none, year, month, day, two_digit_year, unreadable };
  Kind kind = Kind::none;
  int year = 0;
  int month = 0;
  int day = 0;

  /// Whether `date` is a day that the cell may mean. A year of two digits means the 1900s.
  bool agrees_with(Date date) const;
  std::optional<Date> date() const;
};

/// Reads 1942-10-21, 1942/10/21, 1942.10.21, 1942年10月21日, 一九四二年十月, 19421021, 194210, 1942, a date cell, a
/// serial number of Excel. Years lie between 1850 and 2100. An empty cell is `none`.
WrittenDate read_date(const excel::Cell& cell);

}  // namespace tanfang::ledgers
