#include "platform/crypto/crypto.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <thread>

#include "base/problem.h"

namespace tanfang::crypto {
namespace {

TEST(Digest, AgreesWithThePublishedVectors) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(current_digest().of("abc"), sha256("abc"));
  EXPECT_EQ(find_digest(current_digest().name()), &current_digest());
  EXPECT_EQ(find_digest("md5"), nullptr);
}

TEST(RandomBytes, DoNotRepeat) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random_bytes(12)).second);
}

TEST(FieldCipher, SealsTheSamePlainTextDifferentlyEachTime) {
  auto cipher = KeyRing::for_tests().field_cipher();
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(cipher->encrypt("same", "people.phone:1")).second);
}

RC_GTEST_PROP(FieldCipher, OpensWhatItSealed, (const std::string& plain, const std::string& context)) {
  auto cipher = KeyRing::for_tests().field_cipher();
  std::string sealed = cipher->encrypt(plain, context);
  RC_ASSERT(sealed.size() == 1 + 4 + 12 + plain.size() + 16);
  RC_ASSERT(cipher->decrypt(sealed, context) == plain);
  RC_ASSERT(cipher->key_of(sealed) == cipher->current_key());
}

RC_GTEST_PROP(FieldCipher, FindsEveryChangedByte, (const std::string& plain)) {
  auto cipher = KeyRing::for_tests().field_cipher();
  std::string sealed = cipher->encrypt(plain, "people.phone:1");
  std::size_t at = *rc::gen::inRange<std::size_t>(0, sealed.size());
  sealed[at] = static_cast<char>(sealed[at] ^ *rc::gen::inRange(1, 256));
  RC_ASSERT_THROWS_AS(cipher->decrypt(sealed, "people.phone:1"), Failure);
}

TEST(FieldCipher, RefusesAnotherPlace) {
  auto cipher = KeyRing::for_tests().field_cipher();
  std::string sealed = cipher->encrypt("13800000000", "people.phone:1");
  EXPECT_THROW(cipher->decrypt(sealed, "people.phone:2"), Failure);
  EXPECT_THROW(cipher->decrypt(sealed, "people.address:1"), Failure);
  EXPECT_THROW(cipher->decrypt(sealed, ""), Failure);
}

TEST(FieldCipher, RefusesEveryTruncation) {
  auto cipher = KeyRing::for_tests().field_cipher();
  std::string sealed = cipher->encrypt("13800000000", "c");
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    EXPECT_THROW(cipher->decrypt(sealed.substr(0, length), "c"), Failure) << length;
  }
  EXPECT_THROW(cipher->key_of("short"), Failure);
}

TEST(FieldCipher, StaysGoodAfterARefusal) {
  auto cipher = KeyRing::for_tests().field_cipher();
  std::string sealed = cipher->encrypt("value", "c");
  EXPECT_THROW(cipher->decrypt(sealed, "d"), Failure);
  EXPECT_EQ(cipher->decrypt(sealed, "c"), "value");
}

TEST(FieldCipher, ReadsOldKeysAndWritesWithTheNewest) {
  KeyRing ring = KeyRing::for_tests();
  auto before = ring.field_cipher();
  std::string old = before->encrypt("value", "c");
  ring.add_field_key();
  auto after = ring.field_cipher();
  EXPECT_EQ(after->decrypt(old, "c"), "value");
  EXPECT_EQ(after->key_of(old), 1u);
  EXPECT_EQ(after->current_key(), 2u);
  EXPECT_EQ(after->key_of(after->encrypt("value", "c")), 2u);
  EXPECT_THROW(before->decrypt(after->encrypt("value", "c"), "c"), Failure);  // the key is missing there
}

TEST(FieldCipher, WorksFromManyThreadsAndWithManyCiphersInTurn) {
  auto one = KeyRing::for_tests().field_cipher();
  auto other = KeyRing::fresh().field_cipher();
  auto work = [&] {
    for (int i = 0; i < 500; ++i) {
      std::string text = std::to_string(i);
      EXPECT_EQ(one->decrypt(one->encrypt(text, "c"), "c"), text);
      EXPECT_EQ(other->decrypt(other->encrypt(text, "c"), "c"), text);
      EXPECT_THROW(other->decrypt(one->encrypt(text, "c"), "c"), Failure);
    }
  };
  std::thread left(work);
  std::thread right(work);
  left.join();
  right.join();
}

TEST(KeyedHash, DependsOnKeyPurposeAndText) {
  KeyRing ring = KeyRing::for_tests();
  std::string hash = ring.keyed_hash("citizen_number", "1");
  EXPECT_EQ(hash.size(), 32u);
  EXPECT_EQ(hash, KeyRing::for_tests().keyed_hash("citizen_number", "1"));
  EXPECT_NE(hash, ring.keyed_hash("citizen_number", "2"));
  EXPECT_NE(hash, ring.keyed_hash("phone", "1"));
  EXPECT_NE(hash, KeyRing::fresh().keyed_hash("citizen_number", "1"));
  EXPECT_NE(ring.keyed_hash("a", "bc"), ring.keyed_hash("ab", "c"));
}

TEST(KeyedHash, StaysWhenKeysRotate) {
  KeyRing ring = KeyRing::for_tests();
  std::string hash = ring.keyed_hash("citizen_number", "1");
  std::string fingerprint = ring.fingerprint();
  ring.add_field_key();
  EXPECT_EQ(ring.keyed_hash("citizen_number", "1"), hash);
  EXPECT_EQ(ring.fingerprint(), fingerprint);
  EXPECT_TRUE(ring.contains(KeyRing::for_tests()));
  EXPECT_FALSE(KeyRing::for_tests().contains(ring));
  EXPECT_FALSE(KeyRing::fresh().contains(KeyRing::for_tests()));
}

}  // namespace
}  // namespace tanfang::crypto
