// The examples of RFC 7515, appendix A: keys, messages and signatures that others computed.
#include "platform/crypto/signature.h"

#include <gtest/gtest.h>

namespace tanfang::crypto {
namespace {

std::string bytes(std::string_view text) { return from_base64url(text).value(); }

const std::string kPayload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

TEST(Signature, VerifiesTheExampleOfRs256) {
  std::string modulus = bytes(
      "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
      "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB"
      "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia"
      "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ");
  std::string message = "eyJhbGciOiJSUzI1NiJ9." + kPayload;
  std::string signature = bytes(
      "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
      "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383"
      "LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy"
      "wlVmtVrBp0igcN_IoypGlUPQGe77Rw");
  EXPECT_TRUE(verify_rs256(modulus, bytes("AQAB"), message, signature));
  EXPECT_FALSE(verify_rs256(modulus, bytes("AQAB"), message + "x", signature));
  EXPECT_FALSE(verify_rs256(modulus, bytes("AQAB"), message, signature.substr(1)));
  EXPECT_FALSE(verify_rs256(modulus.substr(0, 128), bytes("AQAB"), message, signature));
  EXPECT_FALSE(verify_rs256(std::string(1025, '\xff'), bytes("AQAB"), message, signature));
  EXPECT_FALSE(verify_rs256("", "", message, signature));
}

TEST(Signature, VerifiesTheExampleOfEs256) {
  std::string x = bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
  std::string y = bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
  std::string message = "eyJhbGciOiJFUzI1NiJ9." + kPayload;
  std::string signature =
      bytes("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
  EXPECT_TRUE(verify_es256(x, y, message, signature));
  EXPECT_FALSE(verify_es256(x, y, message + "x", signature));
  EXPECT_FALSE(verify_es256(y, x, message, signature)) << "no point of the curve";
  EXPECT_FALSE(verify_es256(x, y, message, std::string(64, '\0')));
  EXPECT_FALSE(verify_es256(x, y, message, signature.substr(1)));
}

TEST(Signature, ReadsAndWritesBase64Url) {
  for (const char* text : {"", "a", "ab", "abc", "\xff\xfe\xfd\xfc"}) {
    EXPECT_EQ(from_base64url(to_base64url(text)), text);
  }
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
  for (const char* text : {"a", "ab=", "a+b/", "-_9", "ab cd"}) EXPECT_FALSE(from_base64url(text)) << text;
}

}  // namespace
}  // namespace tanfang::crypto
