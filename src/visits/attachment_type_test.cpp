// What may be kept as evidence is told from its bytes, whatever its sender calls it.
#include "visits/attachment_type.h"

#include <gtest/gtest.h>

#include <string>

namespace tanfang::visits {
namespace {

using namespace std::string_literals;

const std::string kPng = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"s;
const std::string kJpeg = "\xff\xd8\xff\xe0\0\x10JFIF\0"s;

TEST(AttachmentTypeTest, KnowsPicturesByTheirFirstBytes) {
  EXPECT_EQ(media_type_of(kPng), "image/png");
  EXPECT_EQ(media_type_of(kJpeg), "image/jpeg");
  EXPECT_EQ(media_type_of("\xff\xd8\xff\xe1\0\x10"
                          "Exif\0"s),
            "image/jpeg");
  EXPECT_EQ(media_type_of("\xff\xd8\xff\xdb\0"s), "image/jpeg");
}

TEST(AttachmentTypeTest, RefusesEverythingElse) {
  const std::string hostile[] = {
      "",
      "\xff",
      "\xff\xd8",
      "\xff\xd8\xff",          // cut off
      "\xff\xd8\xff\0"s,       // no marker follows
      "\xff\xd8\xff<script>",  // a picture only by its name
      kPng.substr(0, 8),       // the signature alone
      kPng.substr(0, 12),      // a first chunk without a name
      "\x89PNG\r\n\x1a\n\0\0\0\rIDAT"s,
      "\x89PNG\n\x1a\n\0\0\0\rIHDR"s,  // line ends lost on the way
      " " + kPng,                      // something stands before it
      "GIF89a" + kPng,
      "<!doctype html><img>",
      "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
      "%PDF-1.7",
      "PK\3\4" + kJpeg,
      "MZ\x90\0"s,
      "\0\0\0\x18"
      "ftypheic"s,
      "RIFF\0\0\0\0WEBPVP8 "s,
      "\x7f"
      "ELF",
      "#!/bin/sh\n",
      "\xef\xbb\xbf" + kPng,
  };
  for (const std::string& content : hostile) {
    EXPECT_EQ(media_type_of(content), std::nullopt) << testing::PrintToString(content.substr(0, 24));
  }
}

}  // namespace
}  // namespace tanfang::visits
