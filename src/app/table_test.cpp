#include "app/table.h"

#include <gtest/gtest.h>

namespace tanfang::app {
namespace {

TEST(Table, LinesUpChineseAndLatin) {
  EXPECT_EQ(width_of("探访 rate"), 9u);
  EXPECT_EQ(table_text({{"区域", "应访"}, {"Luzhou", "7"}}), "区域    应访\nLuzhou     7\n");
  EXPECT_EQ(table_text({}), "");
}

}  // namespace
}  // namespace tanfang::app
