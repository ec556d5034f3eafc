// The Chinese lunar calendar from 1900 to 2100, as a table: ICU is wrong for some years (it puts the Spring Festival of
// 2027 on 02-07 and of 2030 on 02-02).
#pragma once

#include <optional>

#include "base/date.h"

namespace tanfang {

/// The civil day of a day of the lunar year that begins in the civil year `year`; a leap month is not meant. nullopt
/// outside the table or where the month is too short.
std::optional<Date> lunar_day(int year, int month, int day);

/// The day of the civil year `year` that is that lunar day; the last months of a lunar year fall into the next civil
/// year. Day 30 of a month of 29 days is its last day (除夕 is 12-30).
std::optional<Date> lunar_day_in(int year, int month, int day);

/// The civil day of Qingming (清明, a solar term).
std::optional<Date> qingming_in(int year);

}  // namespace tanfang
