// The certificate is replaced under load: no request fails, new connections get the new one, and a broken one changes
// nothing.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "drills/deployment.h"
#include "platform/http/test_tls.h"

namespace tanfang::drills {
namespace {

constexpr int kClients = 8;

class Certificate : public testing::Test {
 protected:
  void SetUp() override {
    http::write_certificate(files_, "first");
    deployment_.start();
    for (int i = 0; i < kClients; ++i) {
      clients_.emplace_back([this, keeps = i % 2 == 0] {
        while (!ended_) ask(keeps ? 20 : 1);
      });
    }
  }
  void TearDown() override {
    ended_ = true;
    for (std::thread& client : clients_) client.join();
    EXPECT_EQ(deployment_.stop(), 0);
    EXPECT_EQ(failed_, 0);
    EXPECT_GT(answered_, 0);
  }

  /// So many requests on one connection.
  void ask(int requests) {
    http::TlsTestClient client(deployment_.port());
    for (int i = 0; i < requests; ++i) {
      client.send(http::get("/health"));
      bool good = client.read_until("\"ok\"}").starts_with("HTTP/1.1 200");
      ++(good ? answered_ : failed_);
    }
  }
  std::string served() { return http::TlsTestClient(deployment_.port()).certificate_name(); }
  /// SIGHUP, and waits until the server has said `words` so often.
  void reload(const std::string& words, int times) {
    deployment_.server().signal(SIGHUP);
    for (;;) {
      std::string said = deployment_.said();
      int count = 0;
      for (std::size_t at = 0; (at = said.find(words, at)) != std::string::npos; at += words.size()) ++count;
      if (count >= times) return;
      ask(1);
    }
  }

  db::TestFolder folder_;
  http::TlsFiles files_{folder_.file("certificate.pem"), folder_.file("key.pem")};
  Deployment deployment_{
      "", "[server]\ntls_certificate = \"" + files_.certificate + "\"\ntls_key = \"" + files_.key + "\"\n"};
  std::vector<std::thread> clients_;
  std::atomic<bool> ended_ = false;
  std::atomic<std::int64_t> answered_ = 0;
  std::atomic<std::int64_t> failed_ = 0;
};

TEST_F(Certificate, IsReplacedUnderLoad) {
  EXPECT_EQ(served(), "first");
  int changes = is_long() ? 50 : 3;
  for (int change = 1; change <= changes; ++change) {
    std::string name = "renewed " + std::to_string(change);
    http::write_certificate(files_, name);
    reload("certificate read again", change);
    EXPECT_EQ(served(), name);
  }
  std::string last = served();
  files::write_whole(files_.key, "nonsense");
  reload("certificate kept", 1);
  EXPECT_EQ(served(), last);
}

}  // namespace
}  // namespace tanfang::drills
