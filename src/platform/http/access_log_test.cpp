// The log of a server whose reader is late or gone.
#include "platform/http/access_log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <utility>

namespace tanfang::http {
namespace {

class AccessLogTest : public testing::Test {
 protected:
  AccessLogTest() { EXPECT_EQ(::pipe2(pipe_, O_CLOEXEC), 0); }
  ~AccessLogTest() override {
    for (int end : pipe_) ::close(end);
  }
  static AccessEntry entry(int number) {
    AccessEntry made;
    made.id = "number-" + std::to_string(number);
    made.method = "GET";
    made.route = "/health";
    made.status = 200;
    return made;
  }
  /// What the pipe holds now.
  std::string read_now() {
    fcntl(pipe_[0], F_SETFL, O_NONBLOCK);
    std::string text;
    char bytes[65536];
    for (ssize_t got; (got = ::read(pipe_[0], bytes, sizeof bytes)) > 0;) text.append(bytes, static_cast<size_t>(got));
    return text;
  }
  static int lines_of(const std::string& text) { return static_cast<int>(std::count(text.begin(), text.end(), '\n')); }

  int pipe_[2] = {-1, -1};
};

TEST_F(AccessLogTest, WritesEveryLineInItsOrder) {
  std::optional<AccessLog> log(std::in_place, pipe_[1]);
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    (*log)(entry(i));
    expected += json_line(entry(i));
  }
  log->say("stopped");
  log.reset();
  EXPECT_EQ(read_now(), expected + "stopped\n");
}

TEST_F(AccessLogTest, NobodyWaitsForAReaderWhoIsLate) {
  constexpr int kLines = 40'000;
  std::optional<AccessLog> log(std::in_place, pipe_[1], 64u << 10);
  for (int i = 0; i < kLines; ++i) (*log)(entry(i));
  std::uint64_t dropped = log->dropped();
  EXPECT_GT(dropped, 0u);
  EXPECT_LT(dropped, static_cast<std::uint64_t>(kLines));
  log.reset();
  std::string kept = read_now();
  EXPECT_TRUE(kept.starts_with(json_line(entry(0)))) << kept.substr(0, 200);
  EXPECT_TRUE(kept.ends_with("}\n"));
  EXPECT_LT(lines_of(kept), kLines);
}

TEST_F(AccessLogTest, TellsHowMuchWasDroppedOnceThereIsRoom) {
  std::optional<AccessLog> log(std::in_place, pipe_[1], 300);
  for (int i = 0; i < 50; ++i) (*log)(entry(i));
  std::uint64_t dropped = log->dropped();
  EXPECT_GT(dropped, 0u);
  log.reset();
  EXPECT_NE(read_now().find("{\"dropped\":"), std::string::npos);
}

TEST_F(AccessLogTest, GoesOnWhereItsReaderHasGone) {
  std::signal(SIGPIPE, SIG_IGN);
  ::close(std::exchange(pipe_[0], -1));
  std::optional<AccessLog> log(std::in_place, pipe_[1]);
  (*log)(entry(1));
  log.reset();
}

}  // namespace
}  // namespace tanfang::http
