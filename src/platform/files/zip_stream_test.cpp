// The ZIP as other programs read it.
#include "platform/files/zip_stream.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <filesystem>
#include <fstream>

#include "base/problem.h"

namespace tanfang::files {
namespace {

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& content) {
  std::string bytes;
  ZipStream zip([&](std::string_view part) { bytes += part; }, *parse_instant("2024-05-31T18:42"));
  for (const auto& [name, text] : content) zip.add(name, text);
  zip.finish();
  EXPECT_EQ(zip.size(), bytes.size());
  return bytes;
}

using Files = std::vector<std::pair<std::string, std::string>>;

void expect_files(const std::string& bytes, const Files& content) {
  std::string path = (std::filesystem::temp_directory_path() / ("zip-" + std::to_string(::getpid()))).string();
  std::ofstream(path, std::ios::binary) << bytes;
  zip_t* read = ::zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(::zip_get_num_entries(read, 0), static_cast<zip_int64_t>(content.size()));
  for (const auto& [name, text] : content) {
    zip_file_t* file = ::zip_fopen(read, name.c_str(), 0);
    ASSERT_NE(file, nullptr) << name;
    std::string found(text.size() + 1, '\0');
    auto size = ::zip_fread(file, found.data(), found.size());
    EXPECT_EQ(size, static_cast<zip_int64_t>(text.size()));
    found.resize(text.size());
    EXPECT_EQ(found, text);
    EXPECT_EQ(::zip_fclose(file), 0) << "its checksum";
  }
  ::zip_discard(read);
  std::filesystem::remove(path);
}

TEST(ZipStream, IsReadAgainAsItWasWritten) {
  std::vector<std::pair<std::string, std::string>> content{{"000-封面.pdf", "%PDF-1"}, {"第1份/001-村.pdf", ""}};
  content.emplace_back("大.pdf", std::string(300'000, 'x'));
  std::string bytes = zip_of(content);
  EXPECT_EQ(zip_of(content), bytes) << "the same files, the same bytes";
  expect_files(bytes, content);
}

TEST(ZipStream, StoresWhatComesInPieces) {
  std::string one(70'000, 'a'), two(90'000, 'b');
  auto begin = [&](ZipStream& zip) {
    zip.begin_stored("村.pdf", one.size() + two.size(),
                     joined_checksum(checksum_of(one), checksum_of(two), two.size()));
  };
  std::string bytes;
  ZipStream zip([&](std::string_view part) { bytes += part; }, *parse_instant("2024-05-31T18:42"));
  begin(zip);
  zip.store(one);
  zip.store(two);
  zip.end_stored();
  zip.add("末.pdf", "%PDF");
  zip.finish();
  expect_files(bytes, {{"村.pdf", one + two}, {"末.pdf", "%PDF"}});
  EXPECT_EQ(bytes, zip_of({{"村.pdf", one + two}, {"末.pdf", "%PDF"}})) << "as if it had come whole";
  begin(zip);
  zip.store(one);
  EXPECT_THROW(zip.end_stored(), Failure);
  EXPECT_THROW(zip.store(two + "x"), Failure);
}

TEST(ZipStream, PacksWhatComesInPieces) {
  std::string bytes;
  ZipStream zip([&](std::string_view part) { bytes += part; }, *parse_instant("2024-05-31T18:42"));
  zip.begin_packed("大.xml");
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    std::string row = "<row>" + std::to_string(i * 7919) + "</row>";
    zip.pack(row);
    text += row;
  }
  zip.end_packed();
  zip.begin_packed("nothing");
  zip.end_packed();
  zip.add("behind", "b");
  zip.finish();
  EXPECT_LT(bytes.size(), text.size() / 2);
  expect_files(bytes, {{"大.xml", text}, {"nothing", ""}, {"behind", "b"}});
}

TEST(ZipStream, HasRoomForFourGigabytesLessTheNamesOfItsFiles) {
  constexpr std::int64_t kRoom = (std::int64_t{1} << 32) - (16 << 20) - 1;
  EXPECT_TRUE(fits_zip(1, kRoom - 1'030));
  EXPECT_FALSE(fits_zip(1, kRoom - 1'029));
  EXPECT_FALSE(fits_zip(2, kRoom - 1'030));
  EXPECT_TRUE(fits_zip(65'535, 0));
  EXPECT_FALSE(fits_zip(65'536, 0));
  ZipStream zip([](std::string_view) {}, *parse_instant("2024-05-31T18:42"));
  std::string name(1'000, 'n');
  EXPECT_NO_THROW(zip.begin_stored(name, static_cast<std::uint64_t>(kRoom - 1'030), 0)) << "as it says";
}

}  // namespace
}  // namespace tanfang::files
