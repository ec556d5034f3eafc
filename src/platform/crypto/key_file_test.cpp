#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <thread>

#include "base/problem.h"
#include "platform/crypto/crypto.h"
#include "platform/files/files.h"

namespace tanfang::crypto {
namespace {

namespace fs = std::filesystem;

class KeyFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "tanfang-keys-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    path_ = (folder_ / "keys.json").string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  std::string path_;
};

template <typename Work>
std::string refusal_of(Work work) {
  try {
    work();
  } catch (const Problem& problem) {
    return problem.code;
  }
  return "none";
}

const std::string kKey(64, 'a');

TEST_F(KeyFile, IsMadeOnceAndReadAgain) {
  KeyRing made = KeyRing::open_or_create(path_);
  KeyRing read = KeyRing::open_or_create(path_);
  EXPECT_EQ(made.text(), read.text());
  EXPECT_NE(made.text(), KeyRing::fresh().text());
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(KeyFile, MadeByManyAtOnceHasOneContent) {
  std::vector<std::string> texts(8);
  std::vector<std::thread> threads;
  for (std::string& text : texts) threads.emplace_back([&] { text = KeyRing::open_or_create(path_).text(); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : texts) EXPECT_EQ(text, texts[0]);
}

TEST_F(KeyFile, KeepsRotatedKeys) {
  KeyRing ring = KeyRing::open_or_create(path_);
  ring.add_field_key();
  ring.save(path_);
  EXPECT_EQ(KeyRing::open(path_).text(), ring.text());
  EXPECT_EQ(KeyRing::open(path_).current_field_key(), 2u);
}

TEST_F(KeyFile, RefusesWhatOthersMayRead) {
  KeyRing::open_or_create(path_);
  for (mode_t mode : {0640, 0604, 0660, 0644, 0777}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    EXPECT_EQ(refusal_of([&] { KeyRing::open_or_create(path_); }), "keys.open_to_others") << mode;
  }
}

TEST_F(KeyFile, RefusesAMissingFile) {
  EXPECT_EQ(refusal_of([&] { KeyRing::open(path_); }), "keys.missing");
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(KeyFile, RefusesMalformedFilesAndLeavesThem) {
  std::string good = KeyRing::fresh().text();
  const std::string list = R"("field_keys":[{"number":1,"key":")" + kKey + R"("}])";
  const std::string head = R"({"format":"tanfang-keys-1","hash_key":")" + kKey + "\",";
  ASSERT_NO_THROW(KeyRing::parse(head + list + "}"));
  const std::string cases[] = {
      "",
      "\xff\xfe",
      "[]",
      "{}",
      good.substr(0, good.size() / 2),
      R"({"format":"tanfang-keys-2","hash_key":")" + kKey + "\"," + list + "}",
      R"({"format":"tanfang-keys-1",)" + list + "}",
      R"({"format":"tanfang-keys-1","hash_key":"abc",)" + list + "}",
      R"({"format":"tanfang-keys-1","hash_key":"abcd",)" + list + "}",
      R"({"format":"tanfang-keys-1","hash_key":7,)" + list + "}",
      head + R"("field_keys":[]})",
      head + R"("field_keys":{}})",
      head + R"("field_keys":[7]})",
      head + R"("field_keys":[{"key":")" + kKey + R"("}]})",
      head + R"("field_keys":[{"number":0,"key":")" + kKey + R"("}]})",
      head + R"("field_keys":[{"number":99999999999,"key":")" + kKey + R"("}]})",
      head + R"("field_keys":[{"number":1,"key":"zz"}]})",
      head + R"("field_keys":[{"number":1,"key":")" + kKey.substr(2) + R"("}]})",
      head + R"("field_keys":[{"number":1,"key":")" + kKey + R"("},{"number":1,"key":")" + kKey + R"("}]})",
  };
  for (const std::string& text : cases) {
    files::write_whole(path_, text, 0600);
    EXPECT_EQ(refusal_of([&] { KeyRing::open_or_create(path_); }), "keys.malformed") << text;
    EXPECT_EQ(files::read_whole(path_), text);
  }
}

TEST_F(KeyFile, RefusalsNeverQuoteKeys) {
  std::string text = KeyRing::fresh().text();
  text.pop_back();
  text.pop_back();
  try {
    KeyRing::parse(text);
    FAIL();
  } catch (const Problem& problem) {
    std::string said = problem.text.zh + problem.text.en;
    for (std::size_t i = 0; i + 8 < text.size(); ++i) {
      std::string piece = text.substr(i, 8);
      if (piece.find_first_not_of("0123456789abcdef") == std::string::npos) {
        EXPECT_EQ(said.find(piece), std::string::npos);
      }
    }
  }
}

TEST(Passphrase, OpensOnlyWithTheRightOneAndUndamaged) {
  std::string plain = KeyRing::fresh().text();
  std::string sealed = seal_with_passphrase(plain, "correct horse");
  EXPECT_TRUE(is_sealed_with_passphrase(sealed));
  EXPECT_FALSE(is_sealed_with_passphrase(plain));
  EXPECT_FALSE(is_sealed_with_passphrase("nonsense"));
  EXPECT_EQ(open_with_passphrase(sealed, "correct horse"), plain);
  EXPECT_EQ(refusal_of([&] { open_with_passphrase(sealed, "Correct horse"); }), "keys.wrong_passphrase");
  EXPECT_EQ(refusal_of([&] { open_with_passphrase(sealed.substr(0, 90), "correct horse"); }), "keys.malformed");
  std::size_t digit = sealed.rfind('"') - 1;
  sealed[digit] = sealed[digit] == '0' ? '1' : '0';
  EXPECT_EQ(refusal_of([&] { open_with_passphrase(sealed, "correct horse"); }), "keys.wrong_passphrase");
}

}  // namespace
}  // namespace tanfang::crypto
