// Every form, empty, typical and overfull, against what it was when somebody looked at it: its text in reading order,
// and its pages as pictures. Written anew where TANFANG_WRITE_GOLDEN names a folder, which gets the PDFs: look at them
// before keeping the rest.
#include <gtest/gtest.h>

#include "paper/paper_pictures.h"
#include "paper/paper_testing.h"

namespace tanfang::paper {
namespace {

using pictures::Raster;

const std::string kGolden = TANFANG_SOURCE_DIR "/src/paper/golden/";
const char* const kWrite = std::getenv("TANFANG_WRITE_GOLDEN");

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

/// Beside the tests' program.
std::string folder_of_differences() {
  auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "paper-differences";
  std::filesystem::create_directories(folder);
  return folder.string() + "/";
}

void expect_text(const std::string& name, const std::string& pdf) {
  std::string text = poppler("pdftotext -layout @ -", pdf);
  if (kWrite != nullptr) return write(kGolden + name + ".txt", text);
  EXPECT_EQ(text, read(kGolden + name + ".txt")) << name;
}

void expect_picture(const std::string& name, const std::string& pdf) {
  std::string now = pictures::encode_jpeg(picture_of(pdf), kPictureQuality);
  if (kWrite != nullptr) return write(kGolden + name + ".jpg", now);
  auto golden = pictures::decode(read(kGolden + name + ".jpg"));
  Raster picture = pictures::decode(now).value();
  auto places = differences(picture, golden.value_or(Raster{}));
  if (places.empty()) return;
  std::string shown = folder_of_differences() + name + ".jpg";
  write(shown, pictures::encode_jpeg(marked(picture, places), 90));
  ADD_FAILURE() << name << " looks otherwise: " << place_of(places.front()) << " and " << places.size() - 1
                << " places more, marked in " << shown;
}

struct Named {
  State state;
  const char* name;
};

TEST(PaperGolden, EveryFormReadsAndLooksAsItDid) {
  for (const forms::Form* form : catalog().all()) {
    for (Named each : {Named{State::empty, "empty"}, {State::typical, "typical"}, {State::overfull, "overfull"}}) {
      std::string name = replaced(form->id, "/", "-") + "-" + each.name;
      std::string pdf = pdf_of(*form, each.state);
      if (kWrite != nullptr) write(std::string(kWrite) + "/" + name + ".pdf", pdf);
      expect_text(name, pdf);
      expect_picture(name, pdf);
    }
  }
}

/// Light from the left to the right.
std::string ramp() {
  Raster made{120, 80, {}};
  for (int i = 0; i < 120 * 80; ++i) made.pixels.insert(made.pixels.end(), 3, static_cast<std::uint8_t>(i % 120 * 2));
  return pictures::encode_jpeg(made, 90);
}

TEST(PaperGolden, SignatureAndPhotosLookAsTheyDid) {
  const forms::Form& form = *catalog().find("luzhou-2023/visit");
  boost::json::object answers = answers_of(form, State::typical);
  Sheet sheet = sheet_of(form, answers, State::typical);
  sheet.filling.signatures["person_signature"] = ramp();
  sheet.photos = {{ramp(), "2024-03-01 09:00　位置误差约 12 米"}, {"GIF89a", "2024-03-01 09:01　未记录位置"}};
  expect_picture("luzhou-2023-visit-photos", print_pdf({sheet}, 1, {}));
}

Raster pages_of(const boost::json::object& answers) {
  return picture_of(print_pdf({sheet_of(*catalog().find("luzhou-2023/visit"), answers, State::typical)}, 1, {}));
}

TEST(PaperGolden, ATickOrALetterMoreIsADifference) {
  boost::json::object answers = answers_of(*catalog().find("luzhou-2023/visit"), State::typical);
  Raster before = pages_of(answers);
  EXPECT_TRUE(differences(before, pages_of(answers)).empty());
  boost::json::object ticked = answers;
  ticked["mood"] = "better";
  ASSERT_NE(ticked, answers);
  auto places = differences(pages_of(ticked), before);
  ASSERT_FALSE(places.empty());
  EXPECT_LT(places.size(), 40u) << "elsewhere nothing has changed";
  boost::json::object said = answers;
  said["care_suggested"] = "血压平稳，已提醒服药。";
  ASSERT_FALSE(differences(pages_of(said), before).empty());
}

TEST(PaperGolden, ACharacterThatNoFaceHasIsSeenByItsNumber) {
  boost::json::object answers = answers_of(*catalog().find("luzhou-2023/visit"), State::typical);
  answers["care_suggested"] = "王";
  Raster before = pages_of(answers);
  answers["care_suggested"] = "王\uE863";  // of the private area, as old name registers have them
  EXPECT_FALSE(differences(pages_of(answers), before).empty()) << "a frame with its number, not nothing";
}

TEST(PaperGolden, APictureOfAnotherSizeIsADifference) {
  Raster white{8, 8, std::vector<std::uint8_t>(8 * 8 * 3, 255)};
  Raster high{8, 16, std::vector<std::uint8_t>(8 * 16 * 3, 255)};
  EXPECT_TRUE(differences(white, white).empty());
  EXPECT_FALSE(differences(high, white).empty());
  Raster faint = white;
  for (std::uint8_t& light : faint.pixels) light -= kTolerance;
  EXPECT_TRUE(differences(faint, white).empty());
  EXPECT_EQ(marked(white, {{4, 4}}).pixels[(3 * 8 + 4) * 3 + 1], 0) << "framed in red";
  EXPECT_EQ(place_of({32, 32 + 375}), "page 2, 25 mm from the left, 25 mm from the top");
}

}  // namespace
}  // namespace tanfang::paper
