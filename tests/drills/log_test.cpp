// Nobody reads the log, or whoever read it has gone: the server goes on, and ends when it is told to.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "drills/deployment.h"

namespace tanfang::drills {
namespace {

class UnreadLog : public testing::Test {
 protected:
  void SetUp() override {
    std::string said = deployment_.folder().file("said");
    ASSERT_EQ(::mkfifo(said.c_str(), 0600), 0);
    reader_ = ::open(said.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ASSERT_GE(reader_, 0);
    deployment_.start();
  }
  void TearDown() override { leave(); }
  void leave() {
    if (reader_ >= 0) ::close(std::exchange(reader_, -1));
  }
  /// More lines than a pipe holds.
  void ask_often() {
    http::TestClient client(deployment_.port());
    for (int i = 0; i < 2'000; ++i) ASSERT_EQ(client.ask(http::get("/health")).status, 200) << i;
  }

  Deployment deployment_;
  int reader_ = -1;
};

TEST_F(UnreadLog, StopsNothing) {
  ask_often();
  EXPECT_EQ(deployment_.stop(), 0);
}

TEST_F(UnreadLog, MayLoseItsReader) {
  leave();
  ask_often();
  EXPECT_EQ(deployment_.stop(), 0);
}

}  // namespace
}  // namespace tanfang::drills
