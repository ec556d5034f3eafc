#include "audit/audit.h"

#include <gtest/gtest.h>

#include <thread>

#include "audit/chain.h"
#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::audit {
namespace {

class AuditTest : public db::EachEngine {
 protected:
  void record(const std::string& county, int count) {
    database().write([&](db::Session& session) {
      Work work(session, now_, ids_, "command:1000", keys_);
      std::vector<Event> events;
      for (int i = 0; i < count; ++i) {
        events.push_back({county, "visit_recorded", "visit:" + std::to_string(i), R"({"outcome":"met"})"});
      }
      work.record_many(events);
    });
  }
  /// Ten entries in 510521, five in 370125; county '' has two of its own and one for each of the others.
  void fill() {
    record("510521", 10);
    record("370125", 5);
    record("", 2);
    ASSERT_EQ(seal(database(), keys_), 17);
  }
  void run(const std::string& sql) {
    database().write([&](db::Session& session) { session.execute(sql); });
  }
  std::string verdict() {
    Verification found = verify(database(), keys_);
    EXPECT_EQ(found.ok, !found.first_bad.has_value());
    if (found.ok) return "ok";
    return found.first_bad->county + "/" + std::to_string(found.first_bad->number) + " " + found.first_bad->what;
  }

  Instant now_ = china_instant(*Date::parse("2024-03-01"), 570);
  IdSource ids_{7};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
};
TANFANG_ON_EACH_ENGINE(AuditTest);

TEST_P(AuditTest, AnEmptyDatabaseIsSound) {
  Verification found = verify(database(), keys_);
  EXPECT_TRUE(found.ok);
  EXPECT_EQ(found.entries, 0);
  EXPECT_EQ(seal(database(), keys_), 0);
  EXPECT_FALSE(is_bound(database()));
  bind_keys(database(), keys_);
  EXPECT_TRUE(is_bound(database()));
  EXPECT_EQ(verdict(), "ok");
}

TEST_P(AuditTest, NamesTheUnsealedTail) {
  fill();
  record("510521", 3);
  Verification found = verify(database(), keys_);
  EXPECT_TRUE(found.ok);
  EXPECT_EQ(found.entries, 22);
  EXPECT_EQ(found.sealed, 19);
  EXPECT_EQ(seal(database(), keys_), 3);
  EXPECT_EQ(verify(database(), keys_).sealed, 22);
  EXPECT_EQ(seal(database(), keys_), 0);
}

TEST_P(AuditTest, SealsManyBatchesAndCounties) {
  for (int i = 0; i < 30; ++i) record(std::to_string(510500 + i), 1);
  record("510521", 2500);
  record("999999", 1);
  EXPECT_EQ(seal(database(), keys_), 2531);
  Verification found = verify(database(), keys_);
  EXPECT_TRUE(found.ok);
  EXPECT_EQ(found.sealed, 2531 + 31);
  EXPECT_EQ(found.entries, found.sealed);
}

TEST_P(AuditTest, SealsAnEventThatCommitsLateWithASmallerId) {
  record("510521", 2);
  ASSERT_EQ(seal(database(), keys_), 2);
  IdSource earlier(1);
  database().write([&](db::Session& session) {
    Work work(session, Instant{now_.milliseconds - 86'400'000}, earlier, "command:1000", keys_);
    work.record({"510521", "visit_recorded", "visit:late", "{}"});
  });
  EXPECT_EQ(seal(database(), keys_), 1);
  EXPECT_EQ(verdict(), "ok");
}

TEST_P(AuditTest, RolledBackWorkLeavesNoTrace) {
  EXPECT_THROW(database().write([&](db::Session& session) {
    Work work(session, now_, ids_, "command:1000", keys_);
    work.record({"510521", "visit_recorded", "visit:1", "{}"});
    throw Failure("disk full");
  }),
               Failure);
  EXPECT_EQ(verify(database(), keys_).entries, 0);
}

TEST_P(AuditTest, KnowsWhetherAnythingWasSaid) {
  database().write([&](db::Session& session) {
    Work silent(session, now_, ids_, "command:1000", keys_);
    EXPECT_FALSE(silent.recorded_or_unchanged());
    silent.record_many({});
    EXPECT_FALSE(silent.recorded_or_unchanged());
    silent.unchanged();
    EXPECT_TRUE(silent.recorded_or_unchanged());
    Work speaking(session, now_, ids_, "command:1000", keys_);
    speaking.record({"510521", "visit_recorded", "visit:1", "{}"});
    EXPECT_TRUE(speaking.recorded_or_unchanged());
  });
}

TEST_P(AuditTest, ManySealersAndWritersAtOnceLoseNothing) {
  bind_keys(database(), keys_);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) record("510521", 3);
    });
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) seal(database(), keys_);
    });
  }
  for (std::thread& thread : threads) thread.join();
  seal(database(), keys_);
  Verification found = verify(database(), keys_);
  EXPECT_TRUE(found.ok);
  EXPECT_EQ(found.entries, 4 * 20 * 3 + 1);
  EXPECT_EQ(found.sealed, found.entries);
}

TEST_P(AuditTest, RefusesForeignKeys) {
  fill();
  crypto::KeyRing foreign = crypto::KeyRing::fresh();
  for (const auto& work : {std::function<void()>([&] { bind_keys(database(), foreign); }),
                           std::function<void()>([&] { verify(database(), foreign); }), std::function<void()>([&] {
                             record("510521", 1);
                             seal(database(), foreign);
                           })}) {
    try {
      work();
      FAIL();
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "keys.foreign");
    }
  }
  keys_.add_field_key();
  bind_keys(database(), keys_);
  EXPECT_EQ(verdict(), "ok");
}

TEST_P(AuditTest, ListsWithFilters) {
  fill();
  record("510521", 1);
  auto count = [&](const Filter& filter) {
    std::vector<Entry> entries;
    database().read([&](db::Session& session) { entries = list(session, filter); });
    return entries.size();
  };
  EXPECT_EQ(count({}), 20u);
  EXPECT_EQ(count({.county = "510521", .kind = {}, .subject = {}}), 11u);
  EXPECT_EQ(count({.county = "510521", .kind = {}, .subject = {}, .limit = 4}), 4u);
  EXPECT_EQ(count({.county = {}, .kind = {}, .subject = {}, .limit = 1}), 1u);
  EXPECT_EQ(count({.county = {}, .kind = "chain_opened", .subject = {}}), 2u);
  EXPECT_EQ(count({.county = {}, .kind = {}, .subject = "visit:0"}), 4u);
  EXPECT_EQ(count({.county = "510521", .kind = "chain_opened", .subject = {}}), 0u);
  database().read([&](db::Session& session) {
    std::vector<Entry> entries = list(session, {.county = "510521", .kind = {}, .subject = {}, .limit = 3});
    EXPECT_FALSE(entries[0].number);
    EXPECT_EQ(entries[1].number, 10);
    EXPECT_EQ(entries[2].number, 9);
    EXPECT_EQ(entries[2].actor, "command:1000");
    EXPECT_EQ(entries[2].at, now_);
    EXPECT_EQ(entries[2].details, R"({"outcome":"met"})");
  });
}

struct Tampering {
  const char* sql;
  const char* verdict;
};

const Tampering kTamperings[] = {
    {"update audit_events set county = '510522' where county = '510521' and number = 4", "510521/4 deleted"},
    {"update audit_events set id = id + 1 where county = '510521' and number = 4", "510521/4 edited"},
    {"update audit_events set at = at - 1 where county = '510521' and number = 4", "510521/4 edited"},
    {"update audit_events set actor = 'command:0' where county = '510521' and number = 1", "510521/1 edited"},
    {"update audit_events set kind = 'visit_seen' where county = '510521' and number = 10", "510521/10 edited"},
    {"update audit_events set subject = subject || 'x' where county = '370125' and number = 3", "370125/3 edited"},
    {"update audit_events set details = '{}' where county = '510521' and number = 5", "510521/5 edited"},
    {"update audit_events set kind = kind || 'v', subject = substr(subject, 2) where county = '510521' and number = 5",
     "510521/5 edited"},
    {"update audit_events set hash = (select hash from audit_events where county = '510521' and number = 3)"
     " where county = '510521' and number = 5",
     "510521/5 edited"},
    {"update audit_events set details = '{}' where county = ''", "/1 edited"},
    {"delete from audit_events where county = '510521' and number = 1", "510521/1 deleted"},
    {"delete from audit_events where county = '510521' and number = 6", "510521/6 deleted"},
    {"delete from audit_events where county = '510521' and number = 10", "510521/10 deleted"},
    {"delete from audit_events where county = '510521' and number > 4", "510521/5 deleted"},
    {"delete from audit_events where county = '510521'", "510521/1 deleted"},
    {"delete from audit_events", "/1 deleted"},
    {"insert into audit_events (county, number, id, at, actor, kind, subject, details, hash) select county, 11, id, at,"
     " actor, kind, subject, details, hash from audit_events where county = '510521' and number = 10",
     "510521/11 edited"},
    {"insert into audit_events (county, number, id, at, actor, kind, subject, details, hash) select county, 0, id, at,"
     " actor, kind, subject, details, hash from audit_events where county = '510521' and number = 10",
     "510521/0 inserted"},
    {"update audit_events set number = number + 100 where county = '510521' and number > 5", "510521/6 deleted"},
    {"update audit_heads set number = 9 where county = '510521'", "510521/10 head"},
    {"update audit_heads set number = 11 where county = '510521'", "510521/10 head"},
    {"update audit_heads set hash = (select hash from audit_events where county = '510521' and number = 9)"
     " where county = '510521'",
     "510521/10 head"},
    {"update audit_heads set digest = 'none' where county = '510521'", "510521/10 head"},
    {"update audit_heads set mac = (select mac from audit_heads where county = '') where county = '510521'",
     "510521/10 head"},
    {"update audit_heads set county = '510522' where county = '510521'", "510521/10 head"},
    {"delete from audit_heads where county = '510521'", "510521/10 head"},
    {"delete from audit_heads where county = ''", "/4 head"},
    {"delete from audit_heads", "/4 head"},
};

TEST_P(AuditTest, FindsEveryTamperingWithWhatIsSealed) {
  for (const Tampering& tampering : kTamperings) {
    db::TestDatabase own(GetParam());
    auto record_and_seal = [&] {
      for (const auto& [county, count] : {std::pair("510521", 10), std::pair("370125", 5), std::pair("", 2)}) {
        own->write([&](db::Session& session) {
          Work work(session, now_, ids_, "command:1000", keys_);
          for (int i = 0; i < count; ++i)
            work.record({county, "visit_recorded", "visit:" + std::to_string(i), "{\"a\":1}"});
        });
      }
      seal(*own, keys_);
    };
    record_and_seal();
    ASSERT_TRUE(verify(*own, keys_).ok);
    own->write([&](db::Session& session) { EXPECT_GT(session.execute(tampering.sql), 0); });
    auto found = verify(*own, keys_).first_bad;
    ASSERT_TRUE(found) << tampering.sql;
    EXPECT_EQ(found->county + "/" + std::to_string(found->number) + " " + found->what, tampering.verdict)
        << tampering.sql;
    // Going on after it must neither fail nor hide it.
    record_and_seal();
    EXPECT_FALSE(verify(*own, keys_).ok) << tampering.sql;
  }
}

TEST_P(AuditTest, FindsAChainThatVanishedWhole) {
  fill();
  run("delete from audit_events where county = '510521'");
  run("delete from audit_heads where county = '510521'");
  EXPECT_EQ(verdict(), "510521/0 head");
  record("510521", 1);
  seal(database(), keys_);
  EXPECT_EQ(verdict(), "510521/1 deleted");
}

TEST_P(AuditTest, FindsATrailWhoseChainsVanishedAll) {
  fill();
  run("delete from audit_events");
  run("delete from audit_heads");
  EXPECT_EQ(verdict(), "/0 head");
  record("510521", 1);
  EXPECT_EQ(seal(database(), keys_), 0);
  EXPECT_EQ(verdict(), "/0 head");
}

TEST_P(AuditTest, FindsARowRewrittenWithAllHashesAfterIt) {
  fill();
  // Who has the database but not the keys can compute every hash, not the head's authentication.
  database().write([&](db::Session& session) {
    std::string previous;
    for (int number = 1; number <= 10; ++number) {
      Link link{"510521", number, number, 0, "command:0", "visit_recorded", "visit:9", "{}"};
      previous = hash_of(crypto::current_digest(), previous, link);
      session.execute(
          "update audit_events set id = $1, at = 0, actor = 'command:0', subject = 'visit:9', details = '{}', hash = $2"
          " where county = '510521' and number = $1",
          {number, db::Bytes{previous}});
    }
    session.execute("update audit_heads set hash = $1 where county = '510521'", {db::Bytes{previous}});
  });
  EXPECT_EQ(verdict(), "510521/10 head");
}

TEST(Chain, BytesOfALinkStayAsTheyAre) {
  Link link{"510521", 1, 2, 3, "command:1000", "visit_recorded", "visit:1", "{}"};
  std::string first = hash_of(crypto::current_digest(), "", link);
  EXPECT_EQ(crypto::to_hex(first), "e1f6fdaf564006f1f16e88acd75703617496bd6a330d752e2561464dc01623f1");
  EXPECT_EQ(crypto::to_hex(hash_of(crypto::current_digest(), first, link)),
            "56f4d5fd70db520e3ed61fcf636c4d73a1886acfec239559583583200b202e15");
}

}  // namespace
}  // namespace tanfang::audit
