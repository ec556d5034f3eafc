// The index as a clerk with the pile reads it.
#include "app/archives/archive_index.h"

#include <gtest/gtest.h>

#include "platform/pdf/test_poppler.h"

namespace tanfang::app::archives {
namespace {

std::string read(const Cover& cover, const std::vector<IndexLine>& lines) {
  std::size_t at = 0;
  std::string pdf = draw_index(cover, [&](IndexLine& line) {
    if (at == lines.size()) return false;
    line = lines[at++];
    return true;
  });
  return pdf::without_breaks(pdf::poppler("pdftotext -raw @ -", pdf));
}

TEST(ArchiveIndex, SaysOfEachRecordInWhichFileItStandsOnWhichPages) {
  Cover cover{"兆雅镇", "2025-06", "0000000000001", "zhenjie", *parse_instant("2025-07-01T09:00"), 2, 5, 2, 2, 3};
  std::string text = read(cover, {{1, "大寨村", "赵一", "2025-06-10", "探访记录表", 1, 1, 1},
                                  {2, "小寨村", "赵二", "2025-06-11", "探访记录表", 2, 3, 2}});
  EXPECT_TRUE(pdf::in_order(text, {"兆雅镇", "2025年6月探访记录归档", "第2份（一式3份）", "共2册5页", "册号是文件名开头的编号",
                                   "目录", "册", "页码", "大寨村赵一2025-06-10探访记录表0011",
                                   "小寨村赵二2025-06-11探访记录表0023—4"}))
      << text;
}

TEST(ArchiveIndex, NamesTheVillageAgainOnEachPage) {
  std::vector<IndexLine> lines(40, {1, "大寨村", "赵一", "2025-06-10", "探访记录表", 1, 1, 1});
  std::string text = read({"兆雅镇", "2025-06", "1", "a", *parse_instant("2025-07-01T09:00"), 40, 40, 1, 1, 1}, lines);
  EXPECT_TRUE(pdf::in_order(text, {"一式1份", "目录", "大寨村", "目录第1页", "大寨村", "目录第2页"})) << text;
}

}  // namespace
}  // namespace tanfang::app::archives
