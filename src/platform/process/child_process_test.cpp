// Children that do not do what they should.
#include "platform/process/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/problem.h"

namespace tanfang::process {
namespace {

class ChildProcessTest : public testing::Test {
 protected:
  ~ChildProcessTest() override { ::close(input_); }
  /// A child that runs `script` in a shell.
  ChildProcess shell(const std::string& script, const ChildLimits& limits = {}) {
    return {{"/bin/sh", "-c", script}, input_, limits};
  }
  static std::string all_of(ChildProcess& child) {
    std::string text;
    for (char one = 0; child.read(&one, 1);) text += one;
    return text;
  }
  int input_ = ::open(TANFANG_SOURCE_DIR "/tests/fixtures/tables/merged.xls", O_RDONLY | O_CLOEXEC);
};

TEST_F(ChildProcessTest, SeesItsInputAndNothingElse) {
  ::setenv("TANFANG_DATABASE", "postgresql://u:secret@h/d", 1);
  int other = ::dup(input_);
  ChildProcess child =
      shell("ls /proc/self/fd | tr '\\n' ' '; head -c 1 <&3 | od -An -tx1; echo \"$TANFANG_DATABASE.\"");
  std::string told = all_of(child);
  EXPECT_EQ(child.wait(), 0);
  // 0 to 3, and the folder that ls itself reads.
  EXPECT_EQ(told, "0 1 2 3 4  d0\n.\n");
  ::close(other);
  ::unsetenv("TANFANG_DATABASE");
}

TEST_F(ChildProcessTest, ThatHangsIsKilled) {
  ChildLimits limits;
  limits.silence = std::chrono::milliseconds(50);
  ChildProcess child = shell("printf ab; exec sleep 1000", limits);
  EXPECT_EQ(all_of(child), "ab");
  EXPECT_EQ(child.wait(), -1);
}

TEST_F(ChildProcessTest, ThatClosesItsOutputAndHangsIsKilled) {
  ChildLimits limits;
  limits.silence = std::chrono::milliseconds(50);
  ChildProcess child = shell("printf ab; exec >&-; exec sleep 1000", limits);
  EXPECT_EQ(all_of(child), "ab");
  EXPECT_EQ(child.wait(), -1);
}

TEST_F(ChildProcessTest, ThatDripsIsKilledWhenItsWaitsAddUp) {
  ChildLimits limits;
  limits.silence = std::chrono::milliseconds(200);
  ChildProcess child = shell("while :; do printf a; sleep 0.02; done", limits);
  EXPECT_LT(all_of(child).size(), 100u);
  EXPECT_EQ(child.wait(), -1);
}

TEST_F(ChildProcessTest, ThatOnlyComputesIsKilledByItsProcessorTime) {
  ChildLimits limits;
  limits.processor_seconds = 1;
  ChildProcess child = shell("while :; do :; done", limits);
  EXPECT_EQ(all_of(child), "");
  EXPECT_EQ(child.wait(), -1);
}

TEST_F(ChildProcessTest, ThatGrowsIsRefusedTheMemory) {
  ChildLimits limits;
  limits.memory = 64u << 20;
  ChildProcess child = shell("x=0123456789abcdef; while :; do x=$x$x; done", limits);
  EXPECT_EQ(all_of(child), "");
  EXPECT_NE(child.wait(), 0);
}

TEST_F(ChildProcessTest, ThatIsNotThereIsAFailure) {
  EXPECT_THROW(ChildProcess({"/nowhere/at/all"}, input_, {}), Failure);
}

}  // namespace
}  // namespace tanfang::process
