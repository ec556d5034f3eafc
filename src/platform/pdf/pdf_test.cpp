#include <gtest/gtest.h>

#include "platform/pdf/document.h"

namespace tanfang::pdf {
namespace {

TEST(PdfText, BreaksLinesAndSaysWhatFits) {
  std::string words = "一二三四五六七八九十";
  Text one = typesetter().lay(words, {10, false, Align::left}, 200);
  Text many = typesetter().lay(words, {10, false, Align::left}, 31);
  EXPECT_NEAR(many.height(), 4 * one.height(), 6);
  EXPECT_EQ(one.fitting(one.height()), words.size());
  EXPECT_EQ(many.fitting(one.height() * 2.2), std::string("一二三四五六").size());
  EXPECT_EQ(many.fitting(1), 0);
  EXPECT_EQ(many.fitting(1000), words.size());
}

TEST(PdfText, KeepsAnOptionOnOneLine) {
  std::string words = "一二三 四五六";
  std::vector<Span> together{{0, 9}, {10, 19}};
  Text kept = typesetter().lay(words, {10, false, Align::left}, 45, together);
  EXPECT_EQ(kept.fitting(kept.height() / 2 + 1), std::string("一二三 ").size());
}

TEST(PdfText, TakesWhatIsNotUtf8AsFarAsItIs) {
  EXPECT_NO_THROW(typesetter().lay("老人\xff\xfe", {}, 100));
  EXPECT_EQ(typesetter().lay("\xff", {}, 100).fitting(1000), 0);
}

TEST(PdfDocument, RefusesPicturesThatAreNone) {
  std::string bytes;
  Document document([&](std::string_view part) { bytes += part; }, {"题", "", {}});
  Box box{0, 0, 10, 10};
  EXPECT_FALSE(document.png("", box));
  EXPECT_FALSE(document.png("\x89PNG\r\n\x1a\n", box));
  std::string bomb("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x0f\xff\xff\0\x0f\xff\xff", 24);
  EXPECT_FALSE(document.png(bomb, box));
  std::string torn("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\0\x10\x08\0\0\0\0", 29);
  EXPECT_FALSE(document.png(torn, box));
  document.qr("TF1", {0, 0, 40, 40});
  EXPECT_THROW(document.qr(std::string(4000, 'x'), box), Failure);
  document.end_page();
  document.finish();
  EXPECT_TRUE(bytes.starts_with("%PDF-"));
}

TEST(PdfDocument, PassesOnWhatItsSinkThrows) {
  Document document([](std::string_view) { throw Failure("the disk is full"); }, {});
  document.line(0, 0, 100, 100, 1);
  EXPECT_THROW(
      {
        document.end_page();
        document.finish();
      },
      Failure);
}

}  // namespace
}  // namespace tanfang::pdf
