// The server killed at any moment while 32 clients write over HTTP: nothing acknowledged is lost, and nothing is
// doubled when it is sent again.
#include <gtest/gtest.h>

#include "drills/phones.h"

namespace tanfang::drills {
namespace {

int kills() { return is_long() ? 50 : 5; }

TEST(KillServer, LosesAndDoublesNothing) {
  Deployment deployment;
  deployment.start();
  Phones phones(deployment.sign_in());
  std::mt19937 random(20240402);
  for (int kill = 0; kill < kills(); ++kill) {
    // In the middle of serving; each fifth also while it recovers and opens.
    std::int64_t answers = 1 + static_cast<std::int64_t>(random() % 400);
    // A command beside it must leave the log of the database alone.
    if (kill % 3 == 0) deployment.run({"jobs", "list"});
    phones.start(deployment.port());
    phones.wait_until([&](const Phones::Counts& counts) { return counts.acknowledged() >= answers; });
    deployment.kill();
    phones.stop();
    if (kill % 5 == 0) deployment.start_and_kill(std::chrono::milliseconds(random() % 300));
    deployment.start();
  }
  phones.settle(deployment.port());
  EXPECT_EQ(deployment.stop(), 0);
  EXPECT_EQ(phones.faults(), std::vector<std::string>());
  EXPECT_EQ(phones.compare(deployment), std::vector<std::string>());
  EXPECT_GT(phones.acknowledged(), kills() * 100);
  RecordProperty("acknowledged", static_cast<int>(phones.acknowledged()));
}

}  // namespace
}  // namespace tanfang::drills
