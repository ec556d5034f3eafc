// What was filed before a file was kept in pieces: still whole, and issued as the same bytes.
#include <gtest/gtest.h>

#include <boost/algorithm/hex.hpp>
#include <filesystem>

#include "app/archives/archives.h"
#include "app/archives/archives_store.h"
#include "platform/crypto/crypto.h"
#include "platform/db/test_database.h"

namespace tanfang::app::archives {
namespace {

namespace fs = std::filesystem;

const std::string kCounty = "510521";
const std::string kSteps = TANFANG_SOURCE_DIR "/db/migrations";
/// Of the ZIPs that the program made of these files then.
const std::string kHashOfOne = "42f11f19563aba78114928f2ca252f501bb319c35863b8ab2d5b74c7e7d4d2a2";
const std::string kHashOfThree = "81061dbf81caa8b2045ed60bd4e0e054feb7d8f8b471750cd509316a6c10aeb7";

using Files = std::vector<std::pair<std::int64_t, std::string>>;  // by their numbers of then
const Files kOne{{0, "000-封面与目录.pdf"}, {100001, "001-大寨村.pdf"}, {100002, "002-小寨村.pdf"}};
const Files kThree{{0, "000-封面与目录.pdf"},        {100001, "第1份/001-大寨村.pdf"}, {100002, "第1份/002-小寨村.pdf"},
                   {200001, "第2份/001-大寨村.pdf"}, {200002, "第2份/002-小寨村.pdf"}, {300001, "第3份/001-大寨村.pdf"},
                   {300002, "第3份/002-小寨村.pdf"}};

class ArchiveMigrationTest : public testing::TestWithParam<std::string> {
 protected:
  ArchiveMigrationTest() : old_(GetParam(), db::TestDatabase::Schema::empty) {
    for (const auto& step : fs::directory_iterator(kSteps)) {
      if (step.path().filename() < "0039") fs::copy(step.path(), before_.path());
    }
    db::migrate(*old_, before_.path(), before_.path() + "/none");
  }

  void migrate_on() { db::migrate(*old_, kSteps, TANFANG_SOURCE_DIR "/db/views"); }

  void insert(db::Session& session, Id archive, const std::string& state, std::int64_t copies, const Files& files,
              const std::string& hash) {
    session.execute(
        "insert into archives (county, id, area, month, state, copies, records, done, pages, parts, bytes, hash,"
        " asked_at, asked_by, note) values ($1, $2, '510521100', '2024-05', $3, $4, 2, 2, 2, $5, 0, $6, $7,"
        " 'account:1', '')",
        {kCounty, archive, state, copies, files.size(), db::Bytes{boost::algorithm::unhex(hash)},
         *parse_instant("2024-06-01T09:00")});
    for (std::int64_t place : {1, 2}) {
      session.execute(
          "insert into archive_records (county, archive, place, visit, person, village, part, page, pages) values"
          " ($1, $2, $3, $3, $3, '510521100200', $3, $3, 1)",
          {kCounty, archive, place});
    }
    auto cipher = keys_.field_cipher();
    for (const auto& [number, name] : files) {
      std::string content = "%PDF " + name;
      session.execute(
          "insert into archive_parts (county, archive, part, name, bytes, hash, content) values ($1, $2, $3, $4, $5,"
          " $6, $7)",
          {kCounty, archive, number, name, content.size(), db::Bytes{crypto::sha256(content)},
           db::Bytes{cipher->encrypt(content, "archive_parts.content:" + format_id(archive))}});
    }
  }
  /// The SHA-256 of what is issued.
  std::string issue(Id id) {
    std::string zip;
    old_->read([&](db::Session& session) {
      auto archive = find_archive(session, kCounty, id);
      Verification found = read_archive(session, keys_, archive.value(), [&](std::string_view part) { zip += part; });
      EXPECT_TRUE(found.whole);
      EXPECT_TRUE(found.faults.empty()) << found.faults.front().name << found.faults.front().what;
    });
    return crypto::to_hex(crypto::sha256(zip));
  }
  std::vector<std::int64_t> integers(const std::string& sql) {
    std::vector<std::int64_t> found;
    old_->read([&](db::Session& session) {
      found = session.all(sql, {}, [](const db::Row& row) { return row.integer(0); });
    });
    return found;
  }

  db::TestFolder before_;
  db::TestDatabase old_;
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
};
TANFANG_ON_EACH_ENGINE(ArchiveMigrationTest);

TEST_P(ArchiveMigrationTest, WhatWasFiledBeforeIsWholeAndIssuedAsItWas) {
  old_->write([&](db::Session& session) {
    insert(session, Id{7}, "done", 1, kOne, kHashOfOne);
    insert(session, Id{8}, "done", 3, kThree, kHashOfThree);
  });
  migrate_on();
  EXPECT_EQ(issue(Id{7}), kHashOfOne);
  EXPECT_EQ(issue(Id{8}), kHashOfThree);
  EXPECT_EQ(integers("select part from archive_parts where archive = 8 order by part"),
            (std::vector<std::int64_t>{0, 100001, 100002, 200001, 200002, 300001, 300002}))
      << "nothing of it was written again";
}

TEST_P(ArchiveMigrationTest, OfWhatWasFiledBeforeItTellsWhatIsMissing) {
  old_->write([&](db::Session& session) { insert(session, Id{8}, "done", 3, kThree, kHashOfThree); });
  migrate_on();
  old_->write([&](db::Session& session) { session.execute("delete from archive_parts where part in (0, 200002)"); });
  old_->read([&](db::Session& session) {
    auto archive = find_archive(session, kCounty, Id{8});
    Verification found = read_archive(session, keys_, archive.value(), [](std::string_view) {});
    EXPECT_FALSE(found.whole);
    ASSERT_EQ(found.faults.size(), 2u);
    EXPECT_EQ(found.faults[0].name, "000");
    EXPECT_EQ(found.faults[1].name, "002");
    EXPECT_EQ(found.faults[1].what, "missing");
  });
}

TEST_P(ArchiveMigrationTest, WhatWasHalfDrawnIsBegunAnew) {
  old_->write([&](db::Session& session) {
    insert(session, Id{8}, "done", 3, kThree, kHashOfThree);
    insert(session, Id{9}, "waiting", 3, {kThree[1], kThree[3], kThree[5]}, kHashOfThree);
  });
  migrate_on();
  old_->read([&](db::Session& session) {
    auto archive = find_archive(session, kCounty, Id{9});
    EXPECT_EQ(archive.value().done, 0);
    EXPECT_EQ(store::next_part(session, *archive, 0), 1) << "from its first file";
    EXPECT_EQ(store::count_kept(session, *archive).files, 0);
    EXPECT_EQ(store::count_pages(session, *archive), 0);
  });
  EXPECT_EQ(issue(Id{8}), kHashOfThree) << "it alone";
}

TEST_P(ArchiveMigrationTest, PaperThatCameBeforeIsKnownWithItsTime) {
  old_->write([&](db::Session& session) {
    session.execute(
        "insert into scan_batches (county, id, area, hash, kind, name, bytes, added_at, added_by) values"
        " ('510521', 1, '510521100', $1, 'jpeg', $1, 1, 0, 'account:1')",
        {db::Bytes{"sealed"}});
    auto page = [&](Id id, const char* state, std::optional<Id> visit, std::optional<std::int64_t> settled) {
      session.execute(
          "insert into scan_pages (county, id, batch, number, area, state, reason, form, form_version, leaf, visit,"
          " sheet, read_at, settled_at) values ('510521', $1, 1, $1, '510521100', $2, '', '', 1, 1, $3, $1, 50, $4)",
          {id, state, visit, settled});
    };
    page(Id{1}, "attached", Id{21}, std::nullopt);
    page(Id{2}, "attached", Id{22}, 60);
    page(Id{3}, "waiting", std::nullopt, std::nullopt);
  });
  migrate_on();
  EXPECT_EQ(integers("select visit from visit_papers where what = 'attached' order by id"),
            (std::vector<std::int64_t>{21, 22}));
  EXPECT_EQ(integers("select at from visit_papers order by id"), (std::vector<std::int64_t>{50, 60}));
}

}  // namespace
}  // namespace tanfang::app::archives
