// Forms with files, in pieces of every size.
#include "platform/http/multipart.h"

#include <gtest/gtest.h>

#include "platform/http/test_client.h"

namespace tanfang::http {
namespace {

const std::string kForm =
    "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n张三\r\n--X\r\n"
    "\r\n--B\r\ncontent-disposition: form-data; name=\"ledger\"; filename=\"C:\\a\\b%22.csv\"\r\n"
    "Content-Type: text/csv\r\nX-Other: 1\r\n\r\n1,2\r\n3,4\r\n\r\n--B\r\n"
    "Content-Disposition: form-data; name=\"photo\"; filename=\"x\"; filename*=UTF-8''%E5%BC%A0.jpg\r\n\r\n"
    "\r\n--B--\r\n";

std::vector<Part> read(const std::string& form, std::size_t step, MultipartLimits limits = {}) {
  MultipartReader reader("B", limits, "/tmp");
  for (std::size_t at = 0; at < form.size(); at += step) reader.push(std::string_view(form).substr(at, step));
  return reader.finish();
}

TEST(Multipart, IsReadInPiecesOfAnySize) {
  for (std::size_t step = 1; step <= kForm.size(); ++step) {
    std::vector<Part> parts = read(kForm, step);
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(parts[0].name, "note");
    EXPECT_EQ(parts[0].text, "张三\r\n--X\r\n");
    EXPECT_EQ(parts[0].file, nullptr);
    EXPECT_EQ(parts[1].file_name, "b\".csv");
    EXPECT_EQ(parts[1].content_type, "text/csv");
    EXPECT_EQ(parts[1].file->content(100), "1,2\r\n3,4\r\n");
    EXPECT_EQ(parts[2].file_name, "张.jpg");
    EXPECT_EQ(parts[2].file->size(), 0u);
  }
}

TEST(Multipart, JudgesAHeaderAsLongAsTheLimitAlikeInPiecesOfAnySize) {
  std::string header = "Content-Disposition: form-data; name=\"a\"";
  std::string form = "--B\r\n" + header + "\r\n\r\n1\r\n--B--\r\n";
  MultipartLimits limits;
  for (std::size_t step = 1; step <= form.size(); ++step) {
    limits.header_bytes = header.size();
    EXPECT_EQ(read(form, step, limits).size(), 1u) << step;
    limits.header_bytes = header.size() - 1;
    EXPECT_EQ(refusal([&] { read(form, step, limits); }), "http.multipart_too_large") << step;
  }
}

TEST(Multipart, OfNoPartsIsRead) { EXPECT_TRUE(read("--B--", 2).empty()); }

TEST(Multipart, RefusesWhatIsMalformedOrCutShort) {
  const std::string disposition = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n";
  const std::string cases[]{
      "",
      "preamble\r\n--B--",
      "--C--",
      "--Bx",
      kForm.substr(0, kForm.size() - 4),
      kForm + "epilogue",
      "--B\r\n\r\n\r\n--B--",
      "--B\r\nContent-Disposition: form-data\r\n\r\n\r\n--B--",
      "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n\r\n--B--",
      "--B\r\nno colon\r\n\r\n\r\n--B--",
      disposition + "Content-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--B--",
      disposition + "\r\n\xff\r\n--B--",
      "--B\r\nContent-Disposition: form-data; name=\"\x01\"\r\n\r\n\r\n--B--",
      "--B\r\nContent-Disposition: form-data; name=\"a\"; filename*=utf-8''%zz\r\n\r\n\r\n--B--",
      disposition + "X: a\nb\r\n\r\n\r\n--B--",
  };
  for (const std::string& form : cases) {
    EXPECT_EQ(refusal([&] { read(form, 7); }), "http.multipart") << form;
  }
}

TEST(Multipart, KeepsItsLimits) {
  MultipartLimits parts;
  parts.parts = 2;
  MultipartLimits names;
  names.name_bytes = 5;
  MultipartLimits headers;
  headers.header_bytes = 50;
  MultipartLimits texts;
  texts.text_bytes = 10;
  for (const MultipartLimits& limits : {parts, names, headers, texts}) {
    EXPECT_EQ(refusal([&] { read(kForm, 9, limits); }), "http.multipart_too_large");
  }
}

TEST(Multipart, FindsItsBoundary) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=x; boundary=\"a b\""), "a b");
  EXPECT_EQ(refusal([] { multipart_boundary("application/json"); }), "http.media_type");
  EXPECT_EQ(refusal([] { multipart_boundary(""); }), "http.media_type");
  for (const char* type : {"multipart/form-data", "multipart/form-data; boundary=",
                           "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a\\\"\""}) {
    EXPECT_EQ(refusal([&] { multipart_boundary(type); }), "http.multipart") << type;
  }
  EXPECT_EQ(refusal([] { multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')); }),
            "http.multipart");
}

}  // namespace
}  // namespace tanfang::http
