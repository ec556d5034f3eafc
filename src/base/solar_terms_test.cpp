#include "base/solar_terms.h"

#include <gtest/gtest.h>

#include "base/lunar.h"

namespace tanfang {
namespace {

struct Row {
  const char* term;
  const char* day;
};

TEST(SolarTerms, FallOnThePublishedDays) {
  for (const Row& row : {Row{"lichun", "2021-02-03"},
                         {"lichun", "2024-02-04"},
                         {"lichun", "2025-02-03"},
                         {"chunfen", "2024-03-20"},
                         {"chunfen", "2023-03-21"},
                         {"xiazhi", "2025-06-21"},
                         {"dashu", "2023-07-23"},
                         {"liqiu", "2024-08-07"},
                         {"qiufen", "2025-09-23"},
                         {"lidong", "2023-11-08"},
                         {"dongzhi", "2020-12-21"},
                         {"dongzhi", "2023-12-22"},
                         {"dongzhi", "2024-12-21"},
                         {"xiaohan", "2025-01-05"},
                         {"dahan", "2025-01-20"}}) {
    auto term = parse_solar_term(row.term);
    ASSERT_TRUE(term) << row.term;
    EXPECT_EQ(solar_term_in(Date::parse(row.day)->year(), *term)->iso(), row.day) << row.term;
  }
  EXPECT_FALSE(parse_solar_term("winter"));
}

TEST(SolarTerms, AgreeWithQingmingAndLieAFortnightApart) {
  for (int year = 1900; year <= 2100; ++year) {
    EXPECT_EQ(solar_term_in(year, *parse_solar_term("qingming")), qingming_in(year)) << year;
    for (int term = 1; term < 24; ++term) {
      int apart = *solar_term_in(year, term) - *solar_term_in(year, term - 1);
      EXPECT_TRUE(apart >= 14 && apart <= 16) << year << " " << term << " " << apart;
    }
  }
  EXPECT_FALSE(solar_term_in(1899, 0) || solar_term_in(2101, 0) || solar_term_in(2024, 24) || solar_term_in(2024, -1));
}

}  // namespace
}  // namespace tanfang
