// PostgreSQL ends under load: while it is away the server says so, and goes on by itself when it is back.
#include "drills/postgres_server.h"

#include <gtest/gtest.h>

#include "drills/phones.h"

namespace tanfang::drills {
namespace {

class PostgresEnds : public testing::Test {
 protected:
  /// Some are written, then `end` happens; clients are told to come again, `begin`, and they are served again.
  void drill(const std::function<void()>& end, const std::function<void()>& begin) {
    phones_.start(deployment_.port());
    phones_.wait_until([](const Phones::Counts& counts) { return counts.acknowledged() >= 200; });
    end();
    phones_.wait_until([](const Phones::Counts& counts) { return counts.at(503) >= 1; });
    begin();
    phones_.wait_for_more(200);
    phones_.stop();
    for (const auto& [status, count] : phones_.counts().by_status) {
      EXPECT_TRUE(status == 200 || status == 201 || status == 503) << count << " answers of status " << status;
    }
  }

  PostgresServer postgres_;
  Deployment deployment_{postgres_.address()};
  Phones phones_{(deployment_.start(), deployment_.sign_in())};
};

TEST_F(PostgresEnds, AndTheServerGoesOnByItself) {
  for (int crash = 0; crash < (is_long() ? 10 : 1); ++crash) {
    drill([&] { postgres_.kill_a_child(); }, [] {});
    drill([&] { postgres_.stop_at_once(); },
          [&] {
            http::Answer health = http::TestClient(deployment_.port()).ask(http::get("/health"));
            EXPECT_EQ(health.status, 503);
            EXPECT_EQ(http::code_of(health), "http.unavailable");
            postgres_.start();
          });
    drill([&] { postgres_.kill_all(); }, [&] { postgres_.start(); });
  }
  EXPECT_EQ(http::TestClient(deployment_.port()).ask(http::get("/health")).status, 200);
  phones_.settle(deployment_.port());
  EXPECT_EQ(deployment_.stop(), 0);
  EXPECT_EQ(phones_.faults(), std::vector<std::string>());
  EXPECT_EQ(phones_.compare(deployment_), std::vector<std::string>());
}

}  // namespace
}  // namespace tanfang::drills
