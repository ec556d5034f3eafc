// TLS: versions, answers, and a certificate changed while the server runs.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "platform/http/server.h"
#include "platform/http/test_tls.h"

namespace tanfang::http {
namespace {

namespace fs = std::filesystem;

class ServerTls : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/tanfang_tls_XXXXXX";
    folder_ = mkdtemp(name);
    files_ = {folder_ + "/certificate.pem", folder_ + "/key.pem"};
    write_certificate(files_, "first");
  }
  void TearDown() override { fs::remove_all(folder_); }

  Settings settings() const {
    Settings made;
    made.tls = files_;
    return made;
  }
  static Router routes() {
    Router router;
    router.get("/", [](const Request& request) { return text_response(request.secure ? "secure" : "plain"); });
    router.get("/large", [](const Request&) { return text_response(std::string(1'000'000, 'x')); });
    router.post("/", [](const Request& request) { return text_response(std::to_string(request.body.size())); });
    return router;
  }

  std::string folder_;
  TlsFiles files_;
};

TEST_F(ServerTls, AnswersOverItsNewestVersions) {
  TestServer server(routes(), settings());
  for (const auto& [newest, name] : {std::pair{TLS1_3_VERSION, "TLSv1.3"}, std::pair{TLS1_2_VERSION, "TLSv1.2"}}) {
    TlsTestClient client(server.server.port(), newest);
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(client.version(), name);
    client.send(get("/"));
    std::string answer = client.read_until("secure");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(answer.find("Strict-Transport-Security: max-age="), std::string::npos);
    client.send(post("/", std::string(500'000, 'x')));
    EXPECT_NE(client.read_until("500000").find("\r\n\r\n500000"), std::string::npos);
    client.send(get("/large", "Connection: close\r\n"));
    EXPECT_GT(client.read_until("never").size(), 1'000'000u);
    EXPECT_TRUE(client.ended_cleanly());
  }
}

TEST_F(ServerTls, RefusesOldVersionsAndPlainText) {
  TestServer server(routes(), settings());
  EXPECT_FALSE(TlsTestClient(server.server.port(), TLS1_1_VERSION).connected());
  TestClient plain = server.client();
  plain.send(get("/"));
  EXPECT_EQ(plain.read_answer().status, 0);
}

TEST_F(ServerTls, EndsHandshakesThatDoNotCome) {
  Settings hasty = settings();
  hasty.timeouts.handshake = std::chrono::milliseconds(20);
  TestServer server(routes(), hasty);
  EXPECT_TRUE(server.client().at_end());
}

TEST_F(ServerTls, RefusesABodyThatStillComes) {
  Settings slow = settings();
  slow.timeouts.body_grace = std::chrono::milliseconds(20);
  slow.timeouts.body_rate = 1'000'000;
  TestServer server(routes(), slow);
  TlsTestClient large(server.server.port());
  large.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9000000\r\n\r\n" + std::string(900'000, 'x'));
  EXPECT_TRUE(large.read_until("\r\n\r\n").starts_with("HTTP/1.1 413 "));
  TlsTestClient late(server.server.port());
  late.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx");
  EXPECT_TRUE(late.read_until("never").starts_with("HTTP/1.1 408 "));
}

TEST_F(ServerTls, TakesANewCertificateWhileItRuns) {
  TestServer server(routes(), settings());
  TlsTestClient before(server.server.port());
  EXPECT_EQ(before.certificate_name(), "first");

  write_certificate(files_, "second");
  server.server.reload_tls();
  TlsTestClient after(server.server.port());
  EXPECT_EQ(after.certificate_name(), "second");
  before.send(get("/"));
  EXPECT_NE(before.read_until("secure"), "");

  files::write_whole(files_.key, "nonsense");
  EXPECT_EQ(refusal([&] { server.server.reload_tls(); }), "http.tls_unusable");
  EXPECT_EQ(TlsTestClient(server.server.port()).certificate_name(), "second");
}

TEST_F(ServerTls, RefusesFilesThatDoNotBelongTogether) {
  TlsFiles other{folder_ + "/other.pem", folder_ + "/other_key.pem"};
  write_certificate(other, "other");
  for (const TlsFiles& files : {TlsFiles{files_.certificate, other.key}, TlsFiles{folder_ + "/absent", files_.key}}) {
    Settings bad;
    bad.tls = files;
    EXPECT_EQ(refusal([&] { TestServer(routes(), bad); }), "http.tls_unusable");
  }
}

TEST_F(ServerTls, StopsWithOpenSessions) {
  TestServer server(routes(), settings());
  TlsTestClient idle(server.server.port());
  idle.send(get("/"));
  idle.read_until("secure");
  EXPECT_TRUE(server.server.stop(std::chrono::seconds(20)));
  EXPECT_EQ(idle.read_until("never"), "");
}

}  // namespace
}  // namespace tanfang::http
