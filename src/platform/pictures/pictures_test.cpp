// Pages as scanners and phones make them, and files that are none.
#include "platform/pictures/pictures.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "platform/db/test_database.h"
#include "platform/pdf/document.h"
#include "platform/pictures/child.h"
#include "platform/pictures/codes.h"
#include "platform/pictures/test_camera.h"
#include "platform/process/child_process.h"

namespace tanfang::pictures {
namespace {

using namespace std::string_literals;

const std::string kCode = "TF1|luzhou-2023/visit|1|0A1B2C3D4E5F6|0000000000001|2";

/// Pages with the code at the upper right, as forms have it, a title and some ruling.
std::string printed(const std::vector<std::string>& codes, const std::string& title = "表") {
  std::string bytes;
  pdf::Document document([&](std::string_view part) { bytes += part; }, {title, "form", Instant{0}});
  constexpr double kSide = 17 * pdf::kMillimetre;
  constexpr double kMargin = 20 * pdf::kMillimetre;
  for (const std::string& code : codes) {
    for (double top = 90; top < 780; top += 22) {
      document.line(kMargin, top, pdf::kPageWidth - kMargin, top, 0.6);
      for (double left = kMargin; left < 500; left += 9) document.line(left, top + 6, left + 6, top + 15, 0.8);
    }
    if (!code.empty()) {
      document.qr(code, {pdf::kPageWidth - kMargin - kSide, 12 * pdf::kMillimetre, kSide, kSide});
    }
    document.end_page();
  }
  document.finish();
  return bytes;
}

std::unique_ptr<MemoryFile> file_of(std::string_view bytes) {
  auto file = std::make_unique<MemoryFile>();
  file->write(bytes);
  return file;
}

std::optional<Page> read(std::string_view picture) { return read_picture(*file_of(picture), "TF1|"); }

/// A page as it lies on the table.
const Raster& sheet() {
  static const Raster made = [] {
    auto page = read_pdf_page(*file_of(printed({kCode})), 1, "TF1|");
    return decode(page.value().jpeg).value();
  }();
  return made;
}

bool is_read(const Shot& shot) {
  auto page = read(photograph(sheet(), shot));
  return page && page->codes == std::vector<std::string>{kCode};
}

TEST(Pictures, ATitleDoesNotSayHowManyPagesThereAre) {
  for (const char* title : {"x\nPages: 1", "x\nPages: 500\nEncrypted: no"}) {
    EXPECT_EQ(count_pages(*file_of(printed({"", "", ""}, title))), 3) << title;
  }
}

TEST(Pictures, PagesOfAPdfAreReadOneByOne) {
  auto file = file_of(printed({kCode, "", "https://example.org/other"}));
  EXPECT_EQ(count_pages(*file), 3);
  auto first = read_pdf_page(*file, 1, "TF1|");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->codes, std::vector<std::string>{kCode});
  Raster drawn = decode(first->jpeg).value();
  EXPECT_EQ(drawn.height, kPageSide);
  EXPECT_NEAR(drawn.width, kPageSide * 210 / 297, 2);
  EXPECT_TRUE(read_pdf_page(*file, 2, "TF1|").value().codes.empty());
  EXPECT_EQ(read_pdf_page(*file, 3, "TF1|").value().codes, std::vector<std::string>{"https://example.org/other"});
  EXPECT_FALSE(read_pdf_page(*file, 4, "TF1|"));
}

TEST(Pictures, ScansAreReadFrom100PointsAnInchOn) {
  for (int dots : {100, 150, 200}) {
    Shot shot;
    shot.width = dots * 210 * 10 / 254;
    shot.height = dots * 297 * 10 / 254;
    shot.degrees = 1.5;
    shot.noise = 4;
    EXPECT_TRUE(is_read(shot)) << dots;
  }
}

TEST(Pictures, APageThatLiesOnItsSideIsTurnedUpright) {
  for (double degrees : {0.0, 90.0, 182.0, 267.0}) {
    Shot shot;
    bool lies = degrees == 90 || degrees == 267;
    shot.degrees = degrees;
    shot.width = lies ? 1754 : 1240;
    shot.height = lies ? 1240 : 1754;
    shot.scale = lies ? 0.67 : 0.95;
    auto page = read(photograph(sheet(), shot));
    ASSERT_TRUE(page) << degrees;
    EXPECT_EQ(page->codes, std::vector<std::string>{kCode}) << degrees;
    // Upright, the code is found without turning.
    std::vector<Code> again = find_codes(gray_of(decode(page->jpeg).value()), "TF1|");
    ASSERT_EQ(again.size(), 1u) << degrees;
    EXPECT_EQ(again.front().quarters, 0) << degrees;
  }
}

TEST(Pictures, PhonesSeeThePageFromTheSideInDimLightAndOutOfFocus) {
  Shot phone;
  phone.width = 1200;
  phone.height = 1600;
  phone.scale = 0.9;
  phone.degrees = 5;
  phone.tilt = 0.15;
  phone.skew = 0.08;
  phone.noise = 5;
  phone.quality = 60;
  EXPECT_TRUE(is_read(phone));
  Shot dim = phone;
  dim.light = 0.3;
  dim.shadow = 0.5;
  EXPECT_TRUE(is_read(dim)) << "dim";
  Shot blurred = phone;
  blurred.blur = 1;
  EXPECT_TRUE(is_read(blurred)) << "blurred";
  Shot coarse = phone;
  coarse.quality = 25;
  EXPECT_TRUE(is_read(coarse)) << "coarse";
}

TEST(Pictures, WhatIsNoPictureIsNone) {
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read("GIF89a"));
  EXPECT_FALSE(read("\xff\xd8\xff\xe0 and nothing behind"));
  EXPECT_FALSE(read("\x89PNG\r\n\x1a\n and nothing behind"));
  EXPECT_FALSE(count_pages(*file_of("%PDF-1.7\nnothing behind")));
  EXPECT_FALSE(read_pdf_page(*file_of("%PDF-1.7\nnothing behind"), 1, "TF1|"));
}

TEST(Pictures, APictureThatClaimsToBeEnormousIsRefusedBeforeItIsUnpacked) {
  // 60,000 by 60,000 in the first chunk of a PNG (with its CRC), and in the frame of a JPEG.
  EXPECT_FALSE(
      read("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\x9d\x6e\x72\x4c\0\0\0\0IDAT"s));
  std::string jpeg = encode_jpeg({8, 8, std::vector<std::uint8_t>(192, 200)}, 80);
  std::size_t frame = jpeg.find("\xff\xc0"s);
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xea\x60\xea\x60");
  EXPECT_FALSE(read(jpeg));
}

TEST(Pictures, ATornPictureIsShownAsFarAsItGoes) {
  std::string whole = encode_jpeg(sheet(), 80);
  auto torn = read(std::string_view(whole).substr(0, whole.size() / 2));
  ASSERT_TRUE(torn);
  EXPECT_EQ(torn->codes, std::vector<std::string>{kCode});
}

TEST(Pictures, WhatACameraWroteBesideThePictureIsNotKept) {
  std::string jpeg = encode_jpeg(sheet(), 80);
  std::string place = "GPS 28.87 N 105.44 E of the invented house";
  jpeg.insert(2, "\xff\xe1"s + '\0' + static_cast<char>(place.size() + 2) + place);
  auto page = read(jpeg);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->jpeg.find("GPS"), std::string::npos);
}

TEST(Pictures, AConfinedChildHasNoNetworkAndWritesNoFile) {
  db::TestFolder folder;
  std::string file = folder.file("written");
  auto input = file_of("x");
  process::ChildLimits limits;
  limits.memory = ~std::size_t{0};
  process::ChildProcess child(
      {"/proc/self/exe", std::string(kRunConfined), "/bin/bash", "-c",
       "echo begun; (exec 9<>/dev/tcp/127.0.0.1/1) 2>&1 | grep -m 1 -c 'not permitted'; echo more > " + file +
           "; ulimit -v; ulimit -t"},
      input->descriptor(), limits);
  std::string told = child.read_all(1000).value();
  EXPECT_EQ(told, "begun\n1\n" + std::to_string(kMemory >> 10) + "\n" + std::to_string(kProcessorSeconds) + "\n");
  EXPECT_EQ(child.wait(), 0);
  EXPECT_TRUE(!std::filesystem::exists(file) || std::filesystem::file_size(file) == 0);
}

TEST(Pictures, AnAnswerThatIsNoneIsRefused) {
  std::string answer = answer_of({"\xff\xd8\xff and more", {kCode, "b"}});
  auto page = read_answer(answer);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->codes, (std::vector<std::string>{kCode, "b"}));
  EXPECT_EQ(page->jpeg, "\xff\xd8\xff and more");
  for (std::size_t size = 0; size < answer.size(); ++size) EXPECT_FALSE(read_answer(answer.substr(0, size))) << size;
  EXPECT_FALSE(read_answer(answer + "x"));
  EXPECT_FALSE(read_answer(answer_of({"<script>", {}})));
  EXPECT_FALSE(read_answer(answer_of({"\xff\xd8\xff", std::vector<std::string>(9, "a")})));
}

}  // namespace
}  // namespace tanfang::pictures
