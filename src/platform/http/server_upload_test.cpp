// Bodies that go to the disk, and files that come from it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "platform/files/files.h"
#include "platform/http/percent.h"
#include "platform/http/server.h"
#include "platform/http/test_client.h"
#include "platform/http/unlinked.h"

namespace tanfang::http {
namespace {

namespace fs = std::filesystem;

class Uploads : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/tanfang_upload_XXXXXX";
    folder_ = mkdtemp(name);
  }
  void TearDown() override { fs::remove_all(folder_); }

  Settings settings() const {
    Settings made;
    made.upload_folder = folder_;
    return made;
  }
  bool folder_empty() const { return fs::is_empty(folder_); }

  Router keeping() {
    Router router;
    router.add({Method::put,
                "/files/{name}",
                [this](const Request& request) {
                  request.file->sync();
                  request.file->keep_as(folder_ + "/" + request.path_parameter("name"));
                  return text_response(std::to_string(request.file->size()));
                },
                BodyRule::file(10'000'000),
                {}});
    router.get("/files/{name}", [this](const Request& request) {
      return file_response(File::open(folder_ + "/" + request.path_parameter("name")), "application/octet-stream");
    });
    router.post(
        "/form",
        [](const Request& request) {
          const Part* file = request.part("file");
          const Part* note = request.part("note");
          if (!file || !note || !file->file) return no_content();
          return text_response(note->text + " " + file->file_name + " " + files::read_whole(file->file->path()));
        },
        BodyRule::multipart(2'000));
    router.post(
        "/plain-form",
        [](const Request& request) {
          std::string text = request.media_type();
          for (const Field& field : parse_form(request.body)) text += " " + field.name + "=" + field.value;
          return text_response(text);
        },
        BodyRule::memory());
    return router;
  }

  std::string folder_;
};

std::string put(std::string_view path, std::string_view body) {
  return "PUT " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

TEST_F(Uploads, GoToTheDiskAndComeBack) {
  TestServer server(keeping(), settings());
  std::string bytes;
  for (int i = 0; i < 5'000'000; ++i) bytes += static_cast<char>(i * 31 + i / 256);
  TestClient client = server.client();
  EXPECT_EQ(client.ask(put("/files/a", bytes)).body, "5000000");
  EXPECT_TRUE(files::read_whole(folder_ + "/a") == bytes);
  EXPECT_TRUE(client.ask(get("/files/a")).body == bytes);
  EXPECT_EQ(client.ask("HEAD /files/a HTTP/1.1\r\nHost: h\r\n\r\n").value("content-length"), "5000000");
}

TEST_F(Uploads, LeaveNothingWhenRefusedOrCutShort) {
  TestServer server(keeping(), settings());
  EXPECT_EQ(code_of(server.ask(put("/files/a", std::string(10'000'001, 'x')))), "http.body_too_large");
  {
    TestClient client = server.client();
    client.send("PUT /files/a HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\nsome");
  }
  EXPECT_TRUE(server.server.stop(std::chrono::seconds(10)));
  EXPECT_TRUE(folder_empty());
}

TEST_F(Uploads, OfFormsHavePartsAndFiles) {
  TestServer server(keeping(), settings());
  auto form = [](std::string_view content, std::string_view type = "multipart/form-data; boundary=B") {
    return post("/form",
                "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n你好\r\n--B\r\nContent-Disposition: "
                "form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" +
                    std::string(content) + "\r\n--B--\r\n",
                "Content-Type: " + std::string(type) + "\r\n");
  };
  EXPECT_EQ(server.ask(form("1,2")).body, "你好 a.csv 1,2");
  EXPECT_EQ(server.ask(form(std::string(3'000, 'x'))).status, 413);
  EXPECT_EQ(server.ask(form("x", "application/json")).status, 415);
  EXPECT_EQ(server.ask(form("x", "multipart/form-data; boundary=C")).status, 400);
  EXPECT_EQ(server.ask(post("/plain-form", "a=1+2&b=%E5%BC%A0", "Content-Type: Application/X; q=1\r\n")).body,
            "application/x a=1 2 b=张");
  EXPECT_EQ(code_of(server.ask(post("/plain-form", "a=%"))), "http.parameters");
  server.server.stop(std::chrono::seconds(10));
  EXPECT_TRUE(folder_empty());
}

TEST_F(Uploads, FailPlainlyWhereTheFolderIsGone) {
  Settings gone = settings();
  gone.upload_folder = folder_ + "/absent";
  TestServer server(keeping(), gone);
  EXPECT_EQ(code_of(server.ask(put("/files/a", "x"))), "http.failed");
}

TEST_F(Uploads, NeedNoFileSystemThatMakesFilesWithoutAName) {
  int descriptor = open_unlinked(folder_);
  ASSERT_GE(descriptor, 0);
  EXPECT_TRUE(folder_empty());
  EXPECT_EQ(::write(descriptor, "abc", 3), 3);
  char back[3];
  EXPECT_EQ(::pread(descriptor, back, 3, 0), 3);
  ::close(descriptor);
  EXPECT_LT(open_unlinked(folder_ + "/absent"), 0);
}

TEST_F(Uploads, TakeNamesOnlyOnce) {
  auto file = File::temporary(folder_);
  file->write("abc");
  file->keep_as(folder_ + "/a");
  EXPECT_THROW(File::temporary(folder_)->keep_as(folder_ + "/a"), Failure);
  EXPECT_THROW(file->content(2), Failure);
  EXPECT_THROW(File::open(folder_), Failure);
  EXPECT_THROW(File::open(folder_ + "/absent"), Failure);
}

}  // namespace
}  // namespace tanfang::http
