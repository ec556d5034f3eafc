#include "platform/crypto/envelope.h"

#include <gtest/gtest.h>

#include "platform/crypto/base64.h"

namespace tanfang::crypto {
namespace {

TEST(Base64, KeepsBytesAndRefusesWhatIsNone) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    bytes += static_cast<char>(i * 7);
  }
  EXPECT_EQ(to_base64("\xfb\xff"), "+/8=");
  EXPECT_EQ(to_base64("f"), "Zg==");
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "-_8=", "Z g=", "=Zg=", "===="})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Envelope, OpensForItsKeyAndContextOnly) {
  EnvelopeKeys keys = make_envelope_keys();
  for (const std::string& plain : {std::string(), std::string("a record"), std::string(900'000, 'x')}) {
    Envelope sealed = seal_envelope(keys.public_key, plain, "visit|1");
    EXPECT_EQ(open_envelope(keys.private_key, sealed, "visit|1"), plain);
    EXPECT_FALSE(open_envelope(keys.private_key, sealed, "visit|2"));
    for (std::string Envelope::*part : {&Envelope::wrapped_key, &Envelope::iv, &Envelope::data}) {
      Envelope altered = sealed;
      (altered.*part)[3] = static_cast<char>((altered.*part)[3] ^ 1);
      EXPECT_FALSE(open_envelope(keys.private_key, altered, "visit|1"));
      altered.*part = "";
      EXPECT_FALSE(open_envelope(keys.private_key, altered, "visit|1"));
    }
  }
  Envelope sealed = seal_envelope(keys.public_key, "a record", "");
  EXPECT_FALSE(open_envelope(make_envelope_keys().private_key, sealed, ""));
}

}  // namespace
}  // namespace tanfang::crypto
