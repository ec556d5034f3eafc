#include "app/test_program.h"
#include "platform/db/test_database.h"

namespace tanfang::app {
namespace {

constexpr const char* kNow = "2024-03-10T09:00";

TEST(JobsCommand, RunsAJobNowAndListsHowItEnded) {
  db::TestFolder folder;
  Answer made = run_program(folder.path(), kNow,
                            {"demo", "--people", "10", "--months", "1", "--seed", "1", "--county", "510521"});
  ASSERT_EQ(made.code, kDone) << made.err;
  Answer ran = run_program(folder.path(), kNow, {"jobs", "run", "recount", "--county", "510521"});
  EXPECT_EQ(ran.code, kDone) << ran.err;
  EXPECT_NE(ran.out.find("agrees"), std::string::npos) << ran.out;
  Answer listed = run_program(folder.path(), kNow, {"--json", "jobs", "list"});
  EXPECT_NE(listed.out.find(R"("kind":"recount","subject":"510521","state":"done","due_at":"2024-03-11T02:40:00)"),
            std::string::npos)
      << listed.out;
  EXPECT_NE(listed.out.find(R"("kind":"classify","subject":"510521","state":"waiting")"), std::string::npos);
  Answer refused = run_program(folder.path(), kNow, {"jobs", "run", "nothing"});
  EXPECT_EQ(refused.code, kRefused);
  EXPECT_NE(refused.err.find("job.unknown"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace tanfang::app
