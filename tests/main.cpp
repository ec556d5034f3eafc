// The `main` of the rooms' tests: googletest's, and those of children that read foreign bytes.
#include <gtest/gtest.h>

#include "platform/excel/xls_child.h"
#include "platform/pictures/pictures.h"

int main(int count, char** words) {
  tanfang::excel::read_xls_for_parent(count, words);
  tanfang::pictures::serve_parent(count, words);
  testing::InitGoogleTest(&count, words);
  return RUN_ALL_TESTS();
}
