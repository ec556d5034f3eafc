// The `main` of the rooms' tests: googletest's, and that of a child that reads an `.xls`.
#include <gtest/gtest.h>

#include "platform/excel/xls_child.h"

int main(int count, char** words) {
  tanfang::excel::read_xls_for_parent(count, words);
  testing::InitGoogleTest(&count, words);
  return RUN_ALL_TESTS();
}
