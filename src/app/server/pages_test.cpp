// The pages for browsers: found under their paths, guarded by their policy, and missed aloud.
#include "app/server/pages.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "platform/http/test_client.h"

namespace tanfang::app::server {
namespace {

namespace fs = std::filesystem;

class PagesTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/tanfang_pages_XXXXXX";
    folder_ = mkdtemp(name);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& content) {
    fs::create_directories(fs::path(folder_ + "/" + name).parent_path());
    std::ofstream(folder_ + "/" + name) << content;
  }
  http::Answer ask(const std::string& path) {
    http::Router router;
    add_pages(router, folder_);
    http::TestServer server(std::move(router));
    return server.ask(http::get(path));
  }
  std::string folder_;
};

TEST_F(PagesTest, LeadsToTheDesk) {
  for (const char* path : {"/", "/desk"}) {
    http::Answer answer = ask(path);
    EXPECT_EQ(answer.status, 302) << path;
    EXPECT_EQ(answer.value("location"), "/desk/") << path;
  }
}

TEST_F(PagesTest, LeadsARefusedSignOnToTheDesk) {
  EXPECT_EQ(ask("/sign-in?refused=sign_on.busy").value("location"), "/desk/sign-in?refused=sign_on.busy");
}

TEST_F(PagesTest, AnswersEveryPageOfTheDeskWithItsProgram) {
  write("desk/index.html", "<p>desk");
  write("desk/assets/index-3f9a01bc.js", "let a;");
  for (const char* path : {"/desk/", "/desk/people", "/desk/people/7"}) {
    http::Answer answer = ask(path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.body, "<p>desk") << path;
    EXPECT_NE(answer.value("content-security-policy").find("script-src 'self'; style-src 'self';"), std::string::npos)
        << path;
  }
  EXPECT_EQ(ask("/desk/assets/index-3f9a01bc.js").body, "let a;");
  EXPECT_EQ(ask("/desk/assets/absent.js").status, 404);
}

TEST_F(PagesTest, TheFieldApplicationStandsAtTheRoot) {
  write("field/index.html", "<p>field");
  write("field/sw.js", "let worker;");
  write("field/manifest.webmanifest", "{}");
  write("field/assets/index-3f9a01bc.js", "let a;");
  http::Answer page = ask("/");
  EXPECT_EQ(page.body, "<p>field");
  EXPECT_EQ(page.value("cache-control"), "no-cache");
  EXPECT_NE(page.value("content-security-policy").find("worker-src 'self'"), std::string::npos);
  EXPECT_EQ(ask("/sw.js").value("cache-control"), "no-cache");
  EXPECT_EQ(ask("/manifest.webmanifest").value("content-type"), "application/manifest+json");
  EXPECT_EQ(ask("/assets/index-3f9a01bc.js").body, "let a;");
  EXPECT_EQ(ask("/assets/absent.js").status, 404);
  EXPECT_EQ(ask("/api/v1/absent").status, 404);
  EXPECT_EQ(ask("/desk").value("location"), "/desk/");
}

TEST_F(PagesTest, SaysThatNobodyBuiltThem) {
  http::Answer answer = ask("/desk/");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(http::code_of(answer), "pages.missing");
}

}  // namespace
}  // namespace tanfang::app::server
