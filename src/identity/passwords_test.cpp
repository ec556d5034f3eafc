#include "identity/passwords.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>
#include <thread>

#include "base/text.h"
#include "identity/identity_fixture.h"
#include "platform/files/files.h"

namespace tanfang::identity {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

struct PasswordCase {
  const char* title;
  Role role;
  std::string password;
  const char* code;
};

const PasswordCase kPasswords[] = {
    {"a phrase", Role::county_bureau, "泸县春分后三只鹤飞来了呢", ""},
    {"letters of any script", Role::county_bureau, "žluťoučký kůň", ""},
    {"an office needs twelve", Role::county_bureau, "kR4-tulip-x", "identity.password_short"},
    {"a visitor eight", Role::visitor, "kR4-tulip-x", ""},
    {"but not seven", Role::visitor, "kR4-tul", "identity.password_short"},
    {"seven characters of Chinese", Role::visitor, "春分三只鹤来了", "identity.password_short"},
    {"counted as they are kept: a ligature is three letters", Role::visitor, "kR4-tﬃ", ""},
    {"128 characters", Role::visitor, repeated("abcdefgh", 16), ""},
    {"129 characters", Role::visitor, repeated("abcdefgh", 16) + "i", "identity.password_long"},
    {"a flood", Role::visitor, std::string(100'000, 'x'), "identity.password_long"},
    {"not UTF-8", Role::visitor, "kR4-tulip\xff", "identity.password_text"},
    {"a control character", Role::visitor, "kR4-\ttulip", "identity.password_text"},
    {"the login", Role::visitor, "my-Wang.Min-2", "identity.password_name"},
    {"the login in full width", Role::visitor, "ｗａｎｇ．ｍｉｎ-77", "identity.password_name"},
    {"the name", Role::visitor, "我是王敏敏敏，老家泸县", "identity.password_name"},
    {"a common one", Role::visitor, "12345678", "identity.password_common"},
    {"in other letters", Role::visitor, "ＰＡＳＳＷＯＲＤ１２３", "identity.password_common"},
    {"a Chinese one", Role::visitor, "woaini1314", "identity.password_common"},
    {"of an office", Role::county_bureau, "minzheng123456", "identity.password_common"},
    {"few characters over and over", Role::county_bureau, "ababababcabc", "identity.password_common"},
};

TEST(Passwords, AreTakenOrRefused) {
  Settings settings = cheap_settings();
  CommonPasswords common(std::string(TANFANG_SOURCE_DIR) + "/data/common_passwords.txt");
  for (const PasswordCase& each : kPasswords) {
    EXPECT_EQ(refusal_of([&] { check_password(settings, common, each.role, "wang.min", "王敏", each.password); }),
              each.code)
        << each.title;
  }
}

// The standard asks for the 1,000 most common ones that the rules of length would take.
TEST(Passwords, CommonOnesAreMoreThanAThousand) {
  const std::string path = std::string(TANFANG_SOURCE_DIR) + "/data/common_passwords.txt";
  CommonPasswords common(path);
  std::set<std::string> fitting;
  for (const std::string& line : split(files::read_whole(path), '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    EXPECT_GE(length_of(line), 8u) << line << " is refused by its length already";
    EXPECT_TRUE(common.contains(line)) << line;
    EXPECT_TRUE(fitting.insert(line).second) << line << " stands there twice";
  }
  EXPECT_GE(fitting.size(), 1000u);
}

TEST(Passwords, RefusalsNeverRepeatThem) {
  Settings settings = cheap_settings();
  CommonPasswords common(std::string(TANFANG_SOURCE_DIR) + "/data/common_passwords.txt");
  for (const PasswordCase& each : kPasswords) {
    try {
      check_password(settings, common, each.role, "wang.min", "王敏", each.password);
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.text.zh.find(each.password), std::string::npos);
      EXPECT_EQ(problem.text.en.find(each.password), std::string::npos);
      ASSERT_EQ(problem.fields.size(), 1u);
      EXPECT_EQ(problem.fields[0].field, "password");
    }
  }
}

TEST(Passwords, AreKeptAsArgon2id) {
  PasswordHasher hasher{Settings{}};
  std::string phc = hasher.hash(kPassword);
  EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << phc;
  EXPECT_NE(phc, hasher.hash(kPassword));
  EXPECT_TRUE(hasher.matches(phc, kPassword));
  EXPECT_FALSE(hasher.matches(phc, std::string(kPassword) + "."));
  EXPECT_FALSE(hasher.is_outdated(phc));
  EXPECT_TRUE(PasswordHasher(cheap_settings()).is_outdated(phc));
  EXPECT_TRUE(PasswordHasher(cheap_settings()).matches(phc, kPassword));
}

TEST(Passwords, AreOneInAllTheirSpellings) {
  PasswordHasher hasher(cheap_settings());
  std::string phc = hasher.hash("caf\u00e9 三只鹤");
  EXPECT_TRUE(hasher.matches(phc, "cafe\u0301 三只鹤"));
  EXPECT_TRUE(hasher.matches(phc, "ｃａｆ\u00e9 三只鹤"));
}

TEST(Passwords, NothingMatchesWhereThereIsNone) {
  PasswordHasher hasher(cheap_settings());
  EXPECT_FALSE(hasher.matches("", ""));
  EXPECT_FALSE(hasher.matches("", kPassword));
  EXPECT_FALSE(hasher.matches(hasher.hash(""), std::string(5000, 'x')));
  EXPECT_FALSE(hasher.matches(hasher.hash("x"), "\xff"));
}

TEST(Passwords, OnlySoManyAreHashedAtOnce) {
  Settings settings = cheap_settings();
  settings.hash_cost = {19 * 1024, 2, 1};
  settings.hashes_at_once = 1;
  settings.hashes_waiting = 1;
  PasswordHasher hasher(settings);
  constexpr int kAtOnce = 16;
  std::latch start(kAtOnce);
  std::atomic<int> done = 0, busy = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kAtOnce; ++i) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      std::string code = refusal_of([&] { hasher.hash(kPassword); });
      if (code == "identity.busy") ++busy;
      if (code.empty()) ++done;
    });
  }
  threads.clear();
  EXPECT_EQ(done + busy, kAtOnce);
  EXPECT_GE(done, 2);
  EXPECT_GT(busy, 0);
  // Every place was given back.
  EXPECT_EQ(refusal_of([&] { hasher.hash(kPassword); }), "");
}

}  // namespace
}  // namespace tanfang::identity
