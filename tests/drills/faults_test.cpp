// What happens around a server: its clock jumps, its disk is full.
#include <sqlite3.h>

#include <algorithm>
#include <set>

#include "app/server/test_server.h"
#include "platform/db/test_file_layer.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class FaultsTest : public ServerTest {
 protected:
  static constexpr std::int64_t kMinute = 60'000;
  static constexpr std::int64_t kHour = 60 * kMinute;

  void jump(std::int64_t milliseconds) { clock_.set({clock_.now().milliseconds + milliseconds}); }
  /// A clerk of their own for each moment.
  Client clerk(const std::string& login) {
    identity::create_account(serving_->service().identity(), clock_.now(), "command:test",
                             identity::operator_at_command(), {login, "测试员", Role::county_bureau, kCounty},
                             kPassword);
    return sign_in(login, kPassword);
  }
  http::Answer record(const Client& by, int key) {
    return post(by, "/visits", visit(std::to_string(key), format_id(key_.id), "2025-06-10"));
  }
  int status_of(const Client& client) { return get(client, "/session").status; }
};
INSTANTIATE_TEST_SUITE_P(On, FaultsTest, testing::Values("sqlite", "postgresql"),
                         [](const auto& engine) { return std::string(engine.param); });

TEST_P(FaultsTest, IdsGoOnWhileTheClockJumps) {
  std::vector<std::string> ids;
  for (std::int64_t hours : {0, -5, 3, 8, -6}) {
    jump(hours * kHour);
    Client by = clerk("clerk" + std::to_string(ids.size()));
    for (int i = 0; i < 3; ++i) {
      http::Answer answer = record(by, static_cast<int>(ids.size()));
      ASSERT_EQ(answer.status, 201) << answer.body;
      ids.emplace_back(json_of(answer).at("id").as_string());
    }
  }
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

TEST_P(FaultsTest, SessionsOfAClockThatWasAheadEndLikeOthers) {
  jump(6 * kHour);
  Client ahead = clerk("ahead");
  EXPECT_EQ(status_of(ahead), 200);
  jump(-6 * kHour);
  EXPECT_EQ(status_of(ahead), 200);
  std::int64_t idle = settings_.identity.office_session.idle;
  jump(idle + kMinute);
  EXPECT_EQ(status_of(ahead), 401) << "idle since the clock was set right";
}

TEST_P(FaultsTest, SessionsOfAClockThatWasFarAheadDoNotLast) {
  jump(10 * 365 * 24 * kHour);
  Client ahead = clerk("ahead");
  EXPECT_EQ(status_of(ahead), 200);
  jump(-10 * 365 * 24 * kHour);
  for (int hours = 0; hours < 24; ++hours) {
    jump(settings_.identity.office_session.idle / 2);
    status_of(ahead);
    jump(settings_.identity.office_session.idle / 2);
  }
  EXPECT_EQ(status_of(ahead), 401);
}

TEST_P(FaultsTest, RequestsAreCountedAnewWhereTheClockJumpsBack) {
  jump(-2 * kHour);
  EXPECT_EQ(get({}, "/session").status, 401);
  EXPECT_EQ(status_of(clerk("clerk")), 200);
}

class FullDiskTest : public ServerTest {
 protected:
  void SetUp() override {
    // Whoever opens a database from here on, opens it on the layer.
    sqlite3_vfs_register(sqlite3_vfs_find(layer_.name().c_str()), 1);
    ServerTest::SetUp();
  }
  void TearDown() override {
    // All that is open on the layer goes before it.
    layer_.write_result = SQLITE_OK;
    serving_.reset();
    surroundings_ = Surroundings();
    database_.reset();
  }

  db::TestFileLayer layer_{"full"};
};
INSTANTIATE_TEST_SUITE_P(OnFaults, FullDiskTest, testing::Values("sqlite"),
                         [](const auto& engine) { return std::string(engine.param); });

TEST_P(FullDiskTest, IsToldAndPasses) {
  Client by = as(Role::county_bureau, kCounty);
  layer_.write_result = SQLITE_FULL;
  for (int key = 0; key < 3; ++key) {
    http::Answer full = post(by, "/visits", visit(std::to_string(key), format_id(key_.id), "2025-06-10"));
    EXPECT_EQ(full.status, 507);
    EXPECT_EQ(http::code_of(full), "http.no_space");
  }
  EXPECT_EQ(get(by, "/visits").status, 200);
  // Long after the session was used last, when its use should be written down.
  for (int minutes : {1, 10}) {
    clock_.set({clock_.now().milliseconds + minutes * identity::kMinute});
    EXPECT_EQ(get(by, "/visits").status, 200) << minutes;
  }
  layer_.write_result = SQLITE_OK;
  EXPECT_EQ(post(by, "/visits", visit("0", format_id(key_.id), "2025-06-10")).status, 201);
}

}  // namespace
}  // namespace tanfang::app::server
