#include "app/command_line.h"

#include <gtest/gtest.h>

#include "base/problem.h"
#include "platform/db/test_database.h"

namespace tanfang::app {
namespace {

class SurroundingsTest : public testing::Test {
 protected:
  SurroundingsTest() {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    here_.data_folder = folder_.file("data");
    here_.now_text = "2024-03-01T09:30";
  }
  std::int64_t entries() { return audit::verify(here_.database(), here_.keys()).entries; }

  db::TestFolder folder_;
  Surroundings here_;
};

TEST_F(SurroundingsTest, AWriteThatSaysNothingIsRefusedAndRolledBack) {
  auto silent = [](audit::Work& work) {
    work.session.execute("insert into key_marks (name, fingerprint) values ('silent', $1)", {db::Bytes{"x"}});
  };
  EXPECT_THROW(here_.write(silent), std::logic_error);
  here_.database().read([](db::Session& session) {
    session.query("select name from key_marks where name = 'silent'", {}, [](const db::Row&) { ADD_FAILURE(); });
  });
  here_.write([](audit::Work& work) { work.unchanged(); });
  EXPECT_EQ(entries(), 0);
}

TEST_F(SurroundingsTest, AnEventTellsWhoAndWhen) {
  here_.write([](audit::Work& work) { work.record({"510521", "visit_recorded", "visit:1", "{}"}); });
  here_.database().read([&](db::Session& session) {
    audit::Entry entry = audit::list(session, {.county = "510521", .kind = {}, .subject = {}}).at(0);
    EXPECT_EQ(entry.actor, "command:" + std::to_string(::getuid()));
    EXPECT_EQ(entry.at, china_instant(*Date::parse("2024-03-01"), 570));
    EXPECT_FALSE(entry.number);
  });
  here_.seal_at_end();
  EXPECT_EQ(audit::verify(here_.database(), here_.keys()).sealed, 2);
}

TEST_F(SurroundingsTest, NothingIsMadeBeforeItIsAskedFor) {
  here_.seal_at_end();
  EXPECT_FALSE(std::filesystem::exists(here_.data_folder));
}

TEST_F(SurroundingsTest, ADatabaseWhoseKeysAreGoneIsNotGivenOthers) {
  here_.write([](audit::Work& work) { work.record({"", "keys_exported", "keys", "{}"}); });
  std::filesystem::remove(here_.keys_path());
  Surroundings later;
  later.data_folder = here_.data_folder;
  try {
    later.keys();
    FAIL();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "keys.missing");
  }
  EXPECT_FALSE(std::filesystem::exists(here_.keys_path()));
}

}  // namespace
}  // namespace tanfang::app
