// Two servers on one PostgreSQL share the jobs: one is killed in the middle of its own, the other takes that over when
// the lease is over, and all of them have been done once.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <thread>

#include "audit/audit.h"
#include "drills/deployment.h"
#include "drills/postgres_server.h"
#include "platform/time/system_clock.h"
#include "registry/registry.h"

namespace tanfang::drills {
namespace {

constexpr std::int64_t kDead = 120;
constexpr std::int64_t kTogether = 50;  // erased in one transaction
constexpr std::int64_t kOthers = 14;    // further jobs that are due: counties' and the whole house's
const std::string kSettings = "[jobs]\ndeceased_years = 1\nlease_seconds = 30\n";

class SharedJobs : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy_file(servers_[0].data() + "/keys.json", servers_[1].data() + "/keys.json");
    for (Deployment& server : servers_) server.use_the_machines_clock();
    database_ = db::open_postgresql(postgres_.address());
    bury();
    // Due before anybody serves.
    for (const char* kind : {"classify", "open_windows", "recount", "refresh_list", "purge_attachments", "purge_scans"}) {
      make_due(kind, Deployment::kCounty);
    }
    for (const char* kind : {"backup", "simulate", "archive", "finish_undos", "read_scans", "purge", "seal"}) {
      make_due(kind, "");
    }
  }
  void TearDown() override {
    release();
    for (Deployment& server : servers_) server.kill();
  }

  void bury() {
    crypto::KeyRing keys = crypto::KeyRing::open_or_create(servers_[0].data() + "/keys.json");
    IdSource ids(1);
    std::vector<Id> people = ids_of("select id from people order by id limit 120");
    database_->write([&](db::Session& session) {
      audit::Work work(session, SystemClock().now(), ids, "command:0", keys);
      for (Id id : people) registry::record_death(work, {Deployment::kCounty, id}, *Date::parse("2024-04-01"));
    });
    last_ = people.back();
  }
  void make_due(const std::string& kind, const std::string& subject) {
    database_->write([&](db::Session& session) {
      session.execute(
          "insert into jobs (kind, subject, due_at, attempts, run, holder, lease_until, outcome, note)"
          " values ($1, $2, 1, 0, null, '', 0, '', '') on conflict (kind, subject) do update set due_at = 1",
          {kind, subject});
    });
  }
  /// Whoever erases the last of the dead waits until it is released.
  void hold_the_last() {
    std::atomic<bool> held = false;
    holder_ = std::thread([this, &held] {
      db::open_postgresql(postgres_.address(), 1)->write([&](db::Session& session) {
        session.query("select valid_from from status_spans where person = $1 for update", {last_},
                      [](const db::Row&) {});
        held = true;
        held.notify_all();
        released_.wait(false);
      });
    });
    held.wait(false);
  }
  void release() {
    released_ = true;
    released_.notify_all();
    if (holder_.joinable()) holder_.join();
  }

  std::int64_t count(std::string_view sql) {
    std::int64_t found = -1;
    database_->read([&](db::Session& session) {
      found = session.first(sql, {}, [](const db::Row& row) { return row.integer(0); }).value();
    });
    return found;
  }
  std::vector<Id> ids_of(std::string_view sql) {
    std::vector<Id> found;
    database_->read([&](db::Session& session) {
      found = session.all(sql, {}, [](const db::Row& row) { return row.id(0); });
    });
    return found;
  }
  std::string of_erasure(std::string_view sql) {
    std::string found;
    database_->read([&](db::Session& session) {
      found = session.first(sql, {}, [](const db::Row& row) { return row.string(0); }).value_or("");
    });
    return found;
  }
  /// Asks again and again, as long as a lease and a run may take; in between waits a moment for what `other` says.
  void wait_until(Deployment& other, const std::function<bool()>& so) {
    for (int tries = 0; tries < 900; ++tries) {
      if (so()) return;
      other.server().read_line(std::chrono::milliseconds(100));
    }
    std::string seen;
    database_->read([&](db::Session& session) {
      session.query("select kind, outcome, note, holder from jobs order by kind", {}, [&](const db::Row& row) {
        seen += "\n" + row.string(0) + " " + row.string(1) + " " + row.string(2) + " " + row.string(3);
      });
    });
    throw std::runtime_error("waited in vain:" + seen);
  }
  std::int64_t backups() const {
    std::int64_t found = 0;
    for (const Deployment& server : servers_) {
      if (!std::filesystem::exists(server.data() + "/backups")) continue;
      for (const auto& entry : std::filesystem::directory_iterator(server.data() + "/backups")) {
        found += entry.path().extension() == ".backup";
      }
    }
    return found;
  }

  PostgresServer postgres_;
  Deployment servers_[2] = {Deployment{postgres_.address(), kSettings},
                            Deployment{postgres_.address(), kSettings, Deployment::Content::nothing}};
  std::unique_ptr<db::Database> database_;
  Id last_;
  std::thread holder_;
  std::atomic<bool> released_ = false;
};

TEST_F(SharedJobs, AreDoneOnceThoughOneServerIsKilledInTheMiddle) {
  for (Deployment& server : servers_) server.start();
  // Both take from the same heap; the erasure comes last, because others would wait for it.
  wait_until(servers_[0],
             [&] { return count("select count(*) from jobs where outcome = 'done' and kind <> 'erase'") >= kOthers; });
  hold_the_last();
  make_due("erase", Deployment::kCounty);
  wait_until(servers_[0], [&] {
    return count("select count(*) from erased_people") == 2 * kTogether &&
           count("select count(*) from pg_locks where not granted") > 0;
  });
  std::string holder = of_erasure("select holder from jobs where kind = 'erase'");
  bool first = holder.ends_with(":" + std::to_string(servers_[0].server().process()));
  ASSERT_TRUE(first || holder.ends_with(":" + std::to_string(servers_[1].server().process()))) << holder;
  Deployment& killed = servers_[first ? 0 : 1];
  Deployment& other = servers_[first ? 1 : 0];
  killed.kill();
  release();

  wait_until(other, [&] { return count("select count(*) from jobs where outcome <> 'done'") == 0; });
  EXPECT_EQ(of_erasure("select note from jobs where kind = 'erase'"),
            "people=" + std::to_string(kDead - 2 * kTogether)) << "the part that was cut off was not kept";
  EXPECT_EQ(count("select count(*) from erased_people"), kDead);
  EXPECT_EQ(http::TestClient(other.port()).ask(http::get("/health")).status, 200);
  EXPECT_EQ(other.stop(), 0);

  EXPECT_NE(other.run({"audit", "verify", "--json"}).find("\"ok\":true"), std::string::npos);
  EXPECT_EQ(count("select count(*) from (select subject from audit_events where kind = 'person_erased'"
                  " union all select subject from audit_unsealed where kind = 'person_erased') told"),
            kDead)
      << "each is told of once";
  EXPECT_EQ(backups(), 1) << "of two servers one made it";
}

}  // namespace
}  // namespace tanfang::drills
