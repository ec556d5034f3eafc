// Files may not grow, under load: clients are told so, nothing acknowledged is lost, and it works again when there is
// room.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>

#include "drills/phones.h"

namespace tanfang::drills {
namespace {

/// The largest size of a file that the process may write, as a limit or quota sets it. It needs no rights; how a full
/// disk is answered is tested beside the clock.
void limit_files(pid_t process, rlim_t bytes) {
  rlimit limit{bytes, RLIM_INFINITY};
  if (::prlimit(process, RLIMIT_FSIZE, &limit, nullptr) != 0) throw std::runtime_error("no limit on files");
}

TEST(LimitOfFiles, RefusesAndWorksAgainWhenThereIsRoom) {
  Deployment deployment;
  deployment.start();
  Phones phones(deployment.sign_in());
  for (int time = 0; time < (is_long() ? 10 : 2); ++time) {
    phones.start(deployment.port());
    phones.wait_until([](const Phones::Counts& counts) { return counts.acknowledged() >= 200; });
    limit_files(deployment.server().process(), std::filesystem::file_size(deployment.data() + "/tanfang.db-wal"));
    phones.wait_until([](const Phones::Counts& counts) { return counts.at(503) >= 200; });
    EXPECT_EQ(http::TestClient(deployment.port()).ask(http::get("/health")).status, 200) << "what is there can be read";
    limit_files(deployment.server().process(), RLIM_INFINITY);
    phones.wait_for_more(200);
    phones.stop();
    for (const auto& [status, count] : phones.counts().by_status) {
      EXPECT_TRUE(status == 200 || status == 201 || status == 503) << count << " answers of status " << status;
    }
  }
  phones.settle(deployment.port());
  EXPECT_EQ(deployment.stop(), 0);
  EXPECT_EQ(phones.faults(), std::vector<std::string>());
  EXPECT_EQ(phones.compare(deployment), std::vector<std::string>());
}

}  // namespace
}  // namespace tanfang::drills
