// The server is told to stop while a request hangs in the database: it ends all the same.
#include <gtest/gtest.h>

#include <semaphore>
#include <thread>

#include "drills/deployment.h"
#include "drills/postgres_server.h"

namespace tanfang::drills {
namespace {

class Stopping : public testing::Test {
 protected:
  void SetUp() override {
    deployment_.start();
    blocker_ = std::thread([this] {
      database_->write([&](db::Session& session) {
        session.execute("lock table sign_in_waits in access exclusive mode", {});
        client_ = std::make_unique<http::TestClient>(deployment_.port());
        client_->send(http::post("/api/v1/sessions", R"({"login":"nobody","password":"wrong"})",
                                 "Content-Type: application/json\r\n"));
        while (!somebody_waits(session)) std::this_thread::yield();
        hangs_.release();
        go_on_.acquire();
      });
    });
    hangs_.acquire();
  }
  void TearDown() override {
    go_on_.release();
    blocker_.join();
  }
  static bool somebody_waits(db::Session& session) {
    return session
        .first("select 1 from pg_locks where not granted limit 1", {},
               [](const db::Row& row) { return row.integer(0); })
        .has_value();
  }

  PostgresServer postgres_;
  Deployment deployment_{postgres_.address(), "[server]\ndrain_seconds = 1\n"};
  std::unique_ptr<db::Database> database_ = db::open_postgresql(postgres_.address());
  std::unique_ptr<http::TestClient> client_;
  std::binary_semaphore hangs_{0};
  std::binary_semaphore go_on_{0};
  std::thread blocker_;
};

TEST_F(Stopping, IsBounded) { EXPECT_EQ(deployment_.stop(), 0); }

TEST_F(Stopping, IsCutShortWhenAskedForAgain) {
  deployment_.server().signal(SIGTERM);
  EXPECT_EQ(deployment_.stop(), 0);
}

}  // namespace
}  // namespace tanfang::drills
