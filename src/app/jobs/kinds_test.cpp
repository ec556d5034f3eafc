#include "app/jobs/jobs_fixture.h"

namespace tanfang::app::jobs {
namespace {

const std::string kCounty = "510521";

class KindsTest : public JobsTest {
 protected:
  JobRunner runner() { return {ground(), standard_kinds(settings), "test"}; }

  std::string tier_of(const registry::PersonKey& key, Date on) {
    std::string tiers;
    database().read([&](db::Session& session) {
      for (const registry::Classification& verdict : registry::load_classifications(session, key, on, on)) {
        if (verdict.scheme == "luzhou-2023") tiers += verdict.tier;
      }
    });
    return tiers;
  }
  std::string open_months() {
    std::string text;
    database().read([&](db::Session& session) {
      for (planning::Month month : planning::open_months(session, kCounty)) text += month.iso() + " ";
    });
    return text;
  }
  void set_aside_about(const registry::PersonKey& person, std::int64_t number) {
    database().write([&](db::Session& session) {
      session.execute(
          "insert into accounts (id, login, name, role, area, enabled, created_at, factor_confirmed, factor_step)"
          " values (9, 'v', '测试', 'visitor', '510521100203', 1, 0, 0, 0) on conflict (id) do nothing",
          {});
      session.execute(
          "insert into set_aside (id, area, account, device, key, kind, content, person, clock_off, why, received_at)"
          " values ($1, '510521100203', 9, 1, $2, 'visit', $3, $4, 0, 'device_revoked', 0)",
          {Id{number}, std::to_string(number), db::Bytes{"sealed"}, person.id});
    });
  }
  std::vector<Id> set_aside_now() {
    std::vector<Id> found;
    database().read([&](db::Session& session) {
      found = session.all("select id from set_aside order by id", {}, [](const db::Row& row) { return row.id(0); });
    });
    return found;
  }
};
TANFANG_ON_EACH_ENGINE(KindsTest);

TEST_P(KindsTest, EveryCountyGetsItsRowsAndTheNightRunsThemInOrder) {
  add_person("1938-05-01");
  JobRunner jobs = runner();
  EXPECT_EQ(jobs.tick(), 4);  // sealing, finishing and clearing away wait for nobody
  EXPECT_EQ(format_instant(row("classify", kCounty).due_at), "2024-03-11T02:00:00+08:00");
  set_now("2024-03-11T03:30");
  EXPECT_EQ(jobs.tick(), 11);
  EXPECT_EQ(row("open_windows", kCounty).note.substr(0, 16), "2024-03 people=1");
  EXPECT_EQ(row("recount", kCounty).note, "agrees");
  EXPECT_EQ(row("refresh_list", kCounty).note, "people=0");
  EXPECT_EQ(row("erase", kCounty).note, "off");
  EXPECT_EQ(row("purge_attachments", kCounty).note, "attachments=0");
  EXPECT_EQ(row("purge_scans", kCounty).note, "pages=0 files=0");
  for (const char* kind : {"classify", "open_windows", "recount", "refresh_list", "erase"}) {
    EXPECT_EQ(row(kind, kCounty).outcome, "done") << kind << ": " << row(kind, kCounty).note;
    EXPECT_EQ(china_date(row(kind, kCounty).due_at).iso(), "2024-03-12") << kind;
  }
}

TEST_P(KindsTest, ABirthdayChangesTheVerdictOvernight) {
  registry::PersonKey key = add_person("1944-03-12");  // 80 on the 12th: key
  JobRunner jobs = runner();
  jobs.tick();
  set_now("2024-03-12T00:30");
  jobs.run_now("classify", kCounty);
  std::string before = tier_of(key, *Date::parse("2024-03-11"));
  std::string after = tier_of(key, *Date::parse("2024-03-12"));
  EXPECT_NE(before, after);
  EXPECT_EQ(after, "key");
}

TEST_P(KindsTest, FromThe25thTheNextMonthIsOpenedToo) {
  add_person("1938-05-01");
  JobRunner jobs = runner();
  set_now("2024-03-24T02:30");
  jobs.run_now("open_windows", kCounty);
  EXPECT_EQ(open_months(), "2024-03 ");
  set_now("2024-03-25T02:30");
  jobs.run_now("open_windows", kCounty);
  EXPECT_EQ(open_months(), "2024-03 2024-04 ");
  set_now("2024-12-31T02:30");
  jobs.run_now("open_windows", "");
  EXPECT_EQ(open_months(), "2024-03 2024-04 2024-12 2025-01 ");
}

TEST_P(KindsTest, TheTrailIsSealed) {
  add_person("1938-05-01");
  JobRunner jobs = runner();
  jobs.tick();
  audit::Verification verified = audit::verify(database(), keys);
  EXPECT_TRUE(verified.ok);
  EXPECT_GT(verified.entries, 0);
  EXPECT_EQ(verified.sealed, verified.entries);
}

TEST_P(KindsTest, WhoWasNotConfirmedForHalfAYearIsListed) {
  registry::PersonKey stale = add_person("1938-05-01", 1);
  registry::PersonKey dead = add_person("1938-05-01", 2);
  registry::PersonKey confirmed = add_person("1938-05-01", 3);
  set_now("2024-08-01T09:00");
  write([&](audit::Work& work) {
    registry::record_death(work, dead, work.today());
    registry::state_facts(work, classifier, confirmed, registry::Source::visit, "", work.today(),
                          {{"has_spouse", "false"}});
  });
  JobRunner jobs = runner();
  set_now("2024-09-10T09:00");
  jobs.run_now("refresh_list", kCounty);
  EXPECT_EQ(row("refresh_list", kCounty).note, "people=0");
  set_now("2024-09-11T09:00");
  jobs.run_now("refresh_list", kCounty);
  database().read([&](db::Session& session) {
    std::vector<Stale> listed = list_stale(session, "510521100", "", Id{}, 10);
    ASSERT_EQ(listed.size(), 1u);
    EXPECT_EQ(listed.front().person, stale.id);
    EXPECT_EQ(listed.front().confirmed_on.iso(), "2024-03-10");
    EXPECT_TRUE(list_stale(session, kCounty, listed.front().area, stale.id, 10).empty());
    EXPECT_TRUE(list_stale(session, "510521101", "", Id{}, 10).empty());
    std::vector<StaleCount> towns = count_stale(session, kCounty);
    ASSERT_EQ(towns.size(), 1u);
    EXPECT_EQ(towns.front().town, "510521100");
    EXPECT_EQ(towns.front().people, 1);
  });
}

TEST_P(KindsTest, TheDeadAreErasedAfterTheYearsThatAreSet) {
  registry::PersonKey dead = add_person("1938-05-01", 1);
  registry::PersonKey living = add_person("1938-05-01", 2);
  write([&](audit::Work& work) { registry::record_death(work, dead, work.today()); });
  set_aside_about(dead, 1);
  set_aside_about(living, 2);
  settings.deceased_years = 5;
  JobRunner jobs = runner();
  auto name_of = [&](const registry::PersonKey& key) {
    std::string name;
    database().read([&](db::Session& session) { name = registry::load_person(session, keys, key).name; });
    return name;
  };
  set_now("2029-03-09T09:00");
  jobs.run_now("erase", kCounty);
  EXPECT_EQ(row("erase", kCounty).note, "people=0");
  EXPECT_EQ(name_of(dead), "测试");
  set_now("2029-03-10T09:00");
  jobs.run_now("erase", kCounty);
  EXPECT_EQ(row("erase", kCounty).note, "people=1");
  EXPECT_EQ(name_of(dead), "已删除");
  EXPECT_EQ(name_of(living), "测试");
  EXPECT_EQ(set_aside_now(), std::vector<Id>{Id{2}});
  jobs.run_now("erase", kCounty);
  EXPECT_EQ(row("erase", kCounty).note, "people=0");
}

TEST_P(KindsTest, WhoMovedOutIsErasedAfterTheYearsThatAreSet) {
  registry::PersonKey gone = add_person("1938-05-01", 1);
  registry::PersonKey back = add_person("1938-05-01", 2);
  registry::PersonKey dead = add_person("1938-05-01", 3);
  write([&](audit::Work& work) {
    registry::move_out_person(work, gone, work.today(), "随子女迁居");
    registry::move_out_person(work, back, work.today(), "随子女迁居");
    registry::record_death(work, dead, work.today());
  });
  set_aside_about(gone, 1);
  set_aside_about(back, 2);
  settings.moved_out_years = 3;
  JobRunner jobs = runner();
  auto erased = [&](const registry::PersonKey& key) {
    bool so = false;
    database().read(
        [&](db::Session& session) { so = registry::load_person(session, keys, key).name == "已删除"; });
    return so;
  };
  set_now("2026-05-01T09:00");
  write([&](audit::Work& work) { registry::reopen_person(work, back, "没有迁走"); });
  set_now("2027-03-09T09:00");
  jobs.run_now("erase", kCounty);
  EXPECT_EQ(row("erase", kCounty).note, "people=0");
  set_now("2027-03-10T09:00");
  jobs.run_now("erase", kCounty);
  EXPECT_EQ(row("erase", kCounty).note, "people=1");
  EXPECT_TRUE(erased(gone));
  EXPECT_FALSE(erased(back)) << "who came back is nobody's to erase";
  EXPECT_FALSE(erased(dead)) << "the dead have years of their own, which are not set";
  EXPECT_EQ(set_aside_now(), std::vector<Id>{Id{2}});
}

}  // namespace
}  // namespace tanfang::app::jobs
