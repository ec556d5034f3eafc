// Files for browsers: listed once, tagged by content, compressed beforehand.
#include "platform/http/static_files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "platform/http/answer.h"
#include "platform/http/test_client.h"

namespace tanfang::http {
namespace {

namespace fs = std::filesystem;

class StaticFolder : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/tanfang_static_XXXXXX";
    folder_ = mkdtemp(name);
    write("index.html", "<p>");
    write("assets/desk-3f9a01bc.js", "let a;");
    write("assets/desk-3f9a01bc.js.gz", "zipped");
    write("assets/long-sentence.css", "p{}");
    write("notes.unknown", "x");
    write(".secret", "x");
    write(".git/config", "x");
    fs::create_symlink("/etc/passwd", folder_ + "/link.txt");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& content) {
    fs::create_directories(fs::path(folder_ + "/" + name).parent_path());
    std::ofstream(folder_ + "/" + name) << content;
  }
  std::string folder_;
};

TEST_F(StaticFolder, AnswersWithTypeTagAndAge) {
  StaticFiles files(folder_);
  EXPECT_EQ(files.count(), 3u);
  Response page = files.answer({}, "");
  EXPECT_EQ(page.file->content(100), "<p>");
  EXPECT_EQ(*page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(*page.header("cache-control"), "no-cache");
  EXPECT_EQ(page.header("etag")->size(), 22u);
  EXPECT_NE(page.header("last-modified")->find(" GMT"), std::string::npos);
  EXPECT_NE(page.header("content-security-policy")->find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(*files.answer({}, "assets/long-sentence.css").header("cache-control"), "no-cache");
  EXPECT_EQ(*files.answer({}, "assets/desk-3f9a01bc.js").header("cache-control"),
            "public, max-age=31536000, immutable");
}

TEST_F(StaticFolder, SendsWhatIsReadyCompressed) {
  StaticFiles files(folder_);
  Request request;
  Response plain = files.answer(request, "assets/desk-3f9a01bc.js");
  EXPECT_EQ(plain.file->content(100), "let a;");
  EXPECT_EQ(*plain.header("vary"), "Accept-Encoding");
  request.headers = {{"accept-encoding", "gzip"}};
  Response zipped = files.answer(request, "assets/desk-3f9a01bc.js");
  EXPECT_EQ(zipped.file->content(100), "zipped");
  EXPECT_EQ(*zipped.header("content-encoding"), "gzip");
  EXPECT_EQ(*zipped.header("content-type"), "text/javascript; charset=utf-8");
  request.headers.push_back({"If-None-Match", *plain.header("etag")});
  finish_answer(zipped, request);
  EXPECT_EQ(zipped.status, 304);
}

TEST_F(StaticFolder, KnowsNothingElse) {
  StaticFiles files(folder_);
  for (const char* path : {".secret", "notes.unknown", "assets/desk-3f9a01bc.js.gz", ".git/config", "link.txt",
                           "assets", "../etc/passwd", "/etc/passwd", "x.js"}) {
    EXPECT_EQ(refusal([&] { files.answer({}, path); }), "http.not_found") << path;
  }
  StaticFiles program(folder_, {.fallback = "index.html"});
  EXPECT_EQ(program.answer({}, "people/7").file->content(100), "<p>");
  EXPECT_EQ(refusal([&] { program.answer({}, "people/x.js"); }), "http.not_found");
  EXPECT_THROW(StaticFiles(folder_ + "/absent"), Failure);
}

}  // namespace
}  // namespace tanfang::http
