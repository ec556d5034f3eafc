// The disk is full under load, really: clients are told so in words, what is there can be read, nothing acknowledged is
// lost, and it works again when there is room. It mounts a disk of its own, so it is run by ./test --long as
//   unshare --map-root-user --mount long_drills_test --gtest_filter=FullDisk.*
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "drills/phones.h"

namespace tanfang::drills {
namespace {

class FullDisk : public testing::Test {
 protected:
  void SetUp() override {
    int code = ::mount("tmpfs", disk_.path().c_str(), "tmpfs", 0, "size=256m");
    ASSERT_EQ(code, 0) << "this machine grants no mount: " << std::strerror(errno);
    const char* before = std::getenv("TMPDIR");
    if (before) temporary_ = before;
    ::setenv("TMPDIR", disk_.path().c_str(), 1);
  }
  void TearDown() override {
    if (temporary_.empty()) {
      ::unsetenv("TMPDIR");
    } else {
      ::setenv("TMPDIR", temporary_.c_str(), 1);
    }
    ::umount2(disk_.path().c_str(), MNT_DETACH);
  }

  std::string filler() const { return disk_.file("filler"); }
  /// To the last byte.
  void fill() {
    int file = ::open(filler().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ASSERT_GE(file, 0);
    for (std::string bytes(1u << 20, 'x'); !bytes.empty();) {
      if (::write(file, bytes.data(), bytes.size()) > 0) continue;
      ASSERT_EQ(errno, ENOSPC);
      bytes.resize(bytes.size() / 2);
    }
    ::close(file);
  }

  db::TestFolder disk_;
  std::string temporary_;
};

TEST_F(FullDisk, IsToldAndPassesUnderLoad) {
  Deployment deployment;
  deployment.start();
  Session session = deployment.sign_in();
  Phones phones(session);
  for (int time = 0; time < (is_long() ? 10 : 3); ++time) {
    phones.start(deployment.port());
    phones.wait_until([](const Phones::Counts& counts) { return counts.acknowledged() >= 200; });
    fill();
    // What the log of the database had room for still goes in.
    phones.wait_until([](const Phones::Counts& counts) { return counts.at(507) >= 200; });
    http::Answer refused;
    for (int tries = 0; tries < 1000 && refused.status != 507; ++tries) {
      refused = http::TestClient(deployment.port())
                    .ask(http::post("/api/v1/session/views", R"({"screen":"people","name":"n","view":{}})",
                                    session.headers()));
    }
    EXPECT_EQ(refused.status, 507);
    EXPECT_EQ(http::code_of(refused), "http.no_space");
    EXPECT_NE(refused.body.find("空间"), std::string::npos) << refused.body;
    EXPECT_EQ(deployment.get(session, "/api/v1/visits?limit=1").status, 200) << "what is there can be read";
    EXPECT_EQ(http::TestClient(deployment.port()).ask(http::get("/health")).status, 200);

    std::filesystem::remove(filler());
    phones.wait_for_more(200);
    phones.stop();
    for (const auto& [status, count] : phones.counts().by_status) {
      EXPECT_TRUE(status == 200 || status == 201 || status == 507) << count << " answers of status " << status;
    }
  }
  phones.settle(deployment.port());
  EXPECT_EQ(deployment.stop(), 0);
  EXPECT_EQ(phones.faults(), std::vector<std::string>());
  EXPECT_EQ(phones.compare(deployment), std::vector<std::string>());
}

}  // namespace
}  // namespace tanfang::drills
