// The nightly recount: what it finds is seen, and it repairs nothing.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class RecountTest : public ServerTest {
 protected:
  void recount() { serving_->service().jobs().run_now("recount", ""); }
  /// What the county's row says of the last run.
  std::string note() {
    js::object listed = json_of(get(as(Role::system_administrator, ""), "/jobs?limit=200"));
    for (const js::value& job : listed.at("jobs").as_array()) {
      bool wanted = job.at("kind").as_string() == "recount" && job.at("subject").as_string() == kCounty;
      if (wanted) return std::string(job.at("note").as_string());
    }
    return "(none)";
  }
  bool measures(int counties) {
    std::string figures = get(as(Role::system_administrator, ""), "/metrics").body;
    return figures.find("\ntanfang_recount_differing " + std::to_string(counties) + "\n") != std::string::npos;
  }
};
TANFANG_ON_EACH_ENGINE(RecountTest);

TEST_P(RecountTest, ADifferenceIsMeasuredUntilItIsRepaired) {
  recount();
  EXPECT_EQ(note(), "agrees");
  EXPECT_TRUE(measures(0));

  write([](audit::Work& work) {
    EXPECT_GT(work.session.execute("update coverage_tiers set owed = owed + 1 where county = $1", {kCounty}), 0);
    work.unchanged();
  });
  recount();
  EXPECT_TRUE(note().starts_with("differs: 2025-06:")) << note();
  EXPECT_TRUE(measures(1)) << "one county of two";
  recount();
  EXPECT_TRUE(measures(1)) << "it repairs nothing";

  write([this](audit::Work& work) {
    planning::recount_month(work, serving_->service().policies(), kCounty, {2025, 6}, true);
  });
  recount();
  EXPECT_EQ(note(), "agrees");
  EXPECT_TRUE(measures(0));
}

/// What follows from visits is compared too: how somebody is by now.
TEST_P(RecountTest, AStatusThatNoVisitSaysIsADifference) {
  js::object worse = visit("a", format_id(key_.id), "2025-06-10");
  worse["answers"].as_object()["mood"] = "worse";
  http::Answer visited = post(as(Role::village_clerk, kVillage), "/visits", worse);
  ASSERT_EQ(visited.status, 201) << visited.body;
  recount();
  EXPECT_EQ(note(), "agrees");
  write([](audit::Work& work) {
    EXPECT_GT(work.session.execute("delete from status_changes where county = $1", {kCounty}), 0);
    work.unchanged();
  });
  recount();
  EXPECT_TRUE(note().starts_with("differs: statuses:")) << note();
  EXPECT_TRUE(measures(1));
}

}  // namespace
}  // namespace tanfang::app::server
