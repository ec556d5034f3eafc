#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "platform/pdf/document.h"
#include "platform/pdf/test_poppler.h"

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

/// One page with these lines.
std::string page_of(const std::vector<std::string>& lines) {
  std::string bytes;
  Document document([&](std::string_view part) { bytes += part; }, {"题", "", {}});
  double top = 40;
  for (const std::string& line : lines) {
    document.text(typesetter().lay(line, {12, false, Align::left}, 500), 40, top);
    top += 20;
  }
  document.end_page();
  document.finish();
  return bytes;
}

TEST(PdfLetters, RareOnesAmongCommonOnesAreReadInTheirOrder) {
  std::string text = poppler("pdftotext @ -", page_of({"王𠮷一㐂二䶮三", "☑是 □否 José Łuk", "鿃𠮷王"}));
  EXPECT_NE(text.find("王𠮷一㐂二䶮三"), text.npos) << text;
  EXPECT_NE(text.find("☑是 □否 José Łuk"), text.npos) << text;
  EXPECT_NE(text.find("鿃𠮷王"), text.npos) << text;
}

TEST(PdfLetters, CommonOnesAreOneSubset) {
  std::string fonts = poppler("pdffonts @", page_of({"四川省特殊困难老年人探访关爱服务记录表", "□是 ☑否 ABC 婷鑫琪"}));
  EXPECT_EQ(std::count(fonts.begin(), fonts.end(), '+'), 1) << fonts;
}

TEST(PdfLetters, ManyThreadsDrawTheSame) {
  const std::vector<std::string> lines{"王𠮷一㐂二䶮三", "☑是 □否"};
  std::string alone = page_of(lines);
  std::array<std::string, 4> drawn;
  std::vector<std::thread> threads;
  for (std::string& one : drawn) {
    threads.emplace_back([&] {
      for (int i = 0; i < 3; ++i) one = page_of(lines);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& one : drawn) EXPECT_EQ(one, alone);
}

/// In a process of its own, whose only face is this file; says the refusal's code on standard error.
[[noreturn]] void print_with_face(const std::string& content) {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("faces-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "faces");
  if (!content.empty()) std::ofstream(folder / "faces" / "NotoSerifCJK-Regular.ttc", std::ios::binary) << content;
  std::ofstream(folder / "fonts.conf") << "<fontconfig><dir>" << (folder / "faces").string() << "</dir><cachedir>"
                                       << (folder / "kept").string() << "</cachedir></fontconfig>";
  ::setenv("FONTCONFIG_FILE", (folder / "fonts.conf").c_str(), 1);
  int code = 0;
  try {
    page_of({"探访"});
  } catch (const Problem& problem) {
    std::cerr << problem.code << ": " << problem.text.zh;
    code = 3;
  }
  std::filesystem::remove_all(folder);
  std::_Exit(code);
}

TEST(PdfLetters, AMissingOrDamagedFaceIsRefused) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(print_with_face(""), testing::ExitedWithCode(3), "print.no_face: .*fonts-noto-cjk");
  std::string torn(500'000, '\0');
  std::ifstream("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", std::ios::binary)
      .read(torn.data(), static_cast<std::streamsize>(torn.size()));
  ASSERT_TRUE(torn.starts_with("ttcf"));
  EXPECT_EXIT(print_with_face(torn), testing::ExitedWithCode(3), "print.no_face: .*fonts-noto-cjk");
}

TEST(PdfDocument, RefusesPicturesThatAreNone) {
  std::string bytes;
  Document document([&](std::string_view part) { bytes += part; }, {"题", "", {}});
  Box box{0, 0, 10, 10};
  EXPECT_EQ(document.picture("", box), PictureFault::unknown_kind);
  EXPECT_EQ(document.picture("\x89PNG\r\n\x1a\n", box), PictureFault::damaged);
  std::string bomb("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x0f\xff\xff\0\x0f\xff\xff", 24);
  EXPECT_EQ(document.picture(bomb, box), PictureFault::too_large);
  std::string torn("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\0\x10\x08\0\0\0\0", 29);
  EXPECT_EQ(document.picture(torn, box), PictureFault::damaged);
  document.qr("TF1", {0, 0, 40, 40});
  EXPECT_THROW(document.qr(std::string(4000, 'x'), box), Failure);
  document.end_page();
  document.finish();
  EXPECT_TRUE(bytes.starts_with("%PDF-"));
}

TEST(PdfDocument, DrawsItsPagesAsPicturesAsWell) {
  std::vector<std::string> pages;
  Document document([&](std::string png) { pages.push_back(std::move(png)); }, 72);
  for (int i = 0; i < 2; ++i) {
    document.text(typesetter().lay("第一页", {20, false, Align::left}, 200), 50, 50);
    document.end_page();
  }
  document.finish();
  ASSERT_EQ(pages.size(), 2u);
  PictureHead head = look_at_picture(pages[0]);
  EXPECT_EQ(head.fault, PictureFault::none);
  EXPECT_EQ(head.width, 595);
  EXPECT_EQ(head.height, 841);
  EXPECT_EQ(pages[0], pages[1]) << "each begins white";
}

TEST(PdfPicture, SaysWhatIsWrongWithWhatItIsGiven) {
  using namespace std::string_literals;
  std::string start = "\xff\xd8"s;
  std::string frame = "\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00"s;
  std::string scan = "\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\xff\xd9"s;
  PictureHead head = look_at_picture(start + frame + scan);
  EXPECT_EQ(head.fault, PictureFault::none);
  EXPECT_TRUE(head.jpeg);
  EXPECT_EQ(head.width, 32);
  EXPECT_EQ(head.height, 16);
  std::string large = frame;
  large[5] = '\x7f';
  std::string twelve_bits = frame;
  twelve_bits[4] = '\x0c';
  std::string lossless = frame;
  lossless[1] = '\xc3';
  EXPECT_EQ(look_at_picture(start + large + scan).fault, PictureFault::too_large);
  EXPECT_EQ(look_at_picture(start + twelve_bits + scan).fault, PictureFault::unknown_kind);
  EXPECT_EQ(look_at_picture(start + lossless + scan).fault, PictureFault::unknown_kind);
  EXPECT_EQ(look_at_picture(start + scan).fault, PictureFault::damaged) << "a scan of nothing";
  EXPECT_EQ(look_at_picture(start + frame).fault, PictureFault::damaged) << "no scan";
  EXPECT_EQ(look_at_picture(start + frame + scan.substr(0, scan.size() - 2)).fault, PictureFault::damaged);
  EXPECT_EQ(look_at_picture(start + "\xff\xe0\x00\x01"s).fault, PictureFault::damaged);
  EXPECT_EQ(look_at_picture(start + "\xff\xe0\xff\xff"s).fault, PictureFault::damaged);
  EXPECT_EQ(look_at_picture("").fault, PictureFault::unknown_kind);
}

TEST(PdfDocument, PassesOnWhatItsSinkThrows) {
  Document document([](std::string_view) { throw Failure("the disk is full"); }, Properties{});
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
