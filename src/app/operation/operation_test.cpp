#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "app/operation/backup.h"
#include "app/operation/key_transport.h"
#include "app/operation/rotation.h"
#include "app/operation/schema_store.h"
#include "base/problem.h"
#include "platform/db/postgresql_dump.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

namespace fs = std::filesystem;

const std::string kNumber = "510521194001011235";
const std::string kPhone = "13800001111";

/// The code of the refusal, `failure`, or `none`.
template <typename Work>
std::string outcome_of(Work work) {
  try {
    work();
  } catch (const Problem& problem) {
    return problem.code;
  } catch (const Failure& failure) {
    return "failure";
  }
  return "none";
}

class OperationTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    start();
  }
  bool embedded() const { return GetParam() == "sqlite"; }
  std::string file(const std::string& name) const { return folder_.file(name); }
  /// As a new start of the program on the same data.
  void start() {
    here_ = std::make_unique<Surroundings>();
    here_->data_folder = file("data");
    here_->now_text = "2024-03-01T09:30";
    if (!embedded()) here_->database_address = server_->address();
  }
  Surroundings& here() { return *here_; }
  void run(const std::string& sql) {
    here().database().write([&](db::Session& session) { session.execute(sql); });
  }
  void record(int count) {
    here().write([&](audit::Work& work) {
      for (int i = 0; i < count; ++i) work.record({"510521", "visit_recorded", "visit:1", "{}"});
    });
    here().seal();
  }
  audit::Verification verdict() { return audit::verify(here().database(), here().keys()); }
  /// Takes the database away, as after the loss of a machine; the keys stay where `keys` says so.
  void lose_database(bool keys) {
    here_.reset();
    if (embedded()) {
      for (const char* end : {"", "-wal", "-shm"}) fs::remove(file("data/tanfang.db") + end);
    } else {
      drop_tables(**server_);
    }
    if (!keys) fs::remove_all(file("data"));
    start();
  }
  void add_person() {
    auto cipher = here().keys().field_cipher();
    auto seal = [&](const std::string& column, const std::string& text) {
      return cipher->encrypt(text, column + ":" + format_id(Id{77}));
    };
    std::string number = seal("people.citizen_number", kNumber);
    std::string phone = seal("people.phone", kPhone);
    std::string contact = seal("contacts.details", R"({"phone":"13900002222"})");
    here().write([&](audit::Work& work) {
      work.session.execute(
          "insert into people (county, id, area, name, pinyin, initials, sex, birth_date, citizen_number, phone,"
          " registered_on, registered_at, facts, fact_origins, classified_until) values ('510521', 77, '510521100201',"
          " 'name', 'name', 'n', 'male', '1940-01-01', $1, $2, '2024-01-01', 0, '{}', '{}', '2024-01-01')",
          {db::Bytes{number}, db::Bytes{phone}});
      for (int position : {1, 2}) {
        work.session.execute("insert into contacts (county, person, position, details) values ('510521', 77, $1, $2)",
                             {position, db::Bytes{contact}});
      }
      work.record({"510521", "person_registered", "person:" + format_id(Id{77}), "{}"});
    });
  }
  std::vector<std::string> opened_phones() {
    std::vector<std::string> out;
    auto cipher = here().keys().field_cipher();
    here().database().read([&](db::Session& session) {
      session.query("select phone from people", {}, [&](const db::Row& row) {
        EXPECT_EQ(cipher->key_of(row.bytes(0)), cipher->current_key());
        out.push_back(cipher->decrypt(row.bytes(0), "people.phone:" + format_id(Id{77})));
      });
    });
    return out;
  }

  db::TestFolder folder_;
  std::unique_ptr<db::TestDatabase> server_ =
      embedded() ? nullptr : std::make_unique<db::TestDatabase>("postgresql", db::TestDatabase::Schema::empty);
  std::unique_ptr<Surroundings> here_;
};
TANFANG_ON_EACH_ENGINE(OperationTest);

TEST_P(OperationTest, ABackupBringsEverythingBack) {
  record(5);
  std::int64_t bytes = backup_database(here(), file("b"));
  EXPECT_EQ(static_cast<std::uintmax_t>(bytes), fs::file_size(file("b")));
  EXPECT_EQ(fs::status(file("b")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  record(1);
  lose_database(true);
  Restored restored = restore_database(here(), file("b"), {});
  EXPECT_EQ(restored.steps, std::vector<std::string>{});
  ASSERT_TRUE(restored.trail);
  EXPECT_EQ(restored.trail->entries, 6);  // five visits and the beginning of their chain
  here().seal();
  EXPECT_TRUE(verdict().ok);
  EXPECT_EQ(verdict().sealed, 7);  // and database_restored
}

TEST_P(OperationTest, ABackupWithoutItsKeysWaitsForThem) {
  record(5);
  export_keys(here(), file("k"), "correct horse");
  backup_database(here(), file("b"));
  lose_database(false);
  EXPECT_FALSE(restore_database(here(), file("b"), {}).trail);
  start();
  EXPECT_EQ(outcome_of([&] { here().keys(); }), "keys.missing");
  EXPECT_FALSE(fs::exists(here().keys_path()));
  EXPECT_EQ(outcome_of([&] { import_keys(here(), file("k"), [] { return "wrong"; }); }), "keys.wrong_passphrase");
  EXPECT_FALSE(fs::exists(here().keys_path()));
  import_keys(here(), file("k"), [] { return "correct horse"; });
  EXPECT_TRUE(verdict().ok);
}

TEST_P(OperationTest, ABackupNeverWritesOverAFile) {
  record(1);
  files::write_whole(file("b"), "precious");
  EXPECT_EQ(outcome_of([&] { backup_database(here(), file("b")); }), "backup.exists");
  EXPECT_EQ(outcome_of([&] { export_keys(here(), file("b"), ""); }), "backup.exists");
  EXPECT_EQ(files::read_whole(file("b")), "precious");
  EXPECT_EQ(outcome_of([&] { backup_database(here(), file("missing/b")); }), "failure");
}

TEST_P(OperationTest, ABackupHoldsNoKeysAndNoPersonalDataInClear) {
  add_person();
  backup_database(here(), file("b"));
  std::string bytes = files::read_whole(file("b"));
  for (const std::string& text : {kNumber, kPhone, std::string("13900002222"), std::string("hash_key\":")}) {
    EXPECT_EQ(bytes.find(text), std::string::npos) << text;
  }
}

TEST_P(OperationTest, ARestoreRefusesOverData) {
  record(2);
  backup_database(here(), file("b"));
  record(3);
  std::int64_t before = verdict().entries;
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("b"), {}); }), "restore.not_empty");
  EXPECT_EQ(verdict().entries, before);
}

TEST_P(OperationTest, ARestoreRefusesKeysOfAnotherDatabase) {
  record(2);
  backup_database(here(), file("b"));
  lose_database(false);
  fs::create_directories(file("data"));
  crypto::KeyRing::fresh().save(here().keys_path());
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("b"), {}); }), "keys.foreign");
  EXPECT_FALSE(fs::exists(here().embedded_path()));
  if (!embedded()) {
    EXPECT_FALSE(has_tables(*db::open_postgresql(here().database_address, 1)));
  }
}

TEST_P(OperationTest, ARestoreRefusesABrokenTrailUnlessAccepted) {
  record(3);
  run("update audit_events set kind = 'visit_seen' where county = '510521' and number = 2");
  backup_database(here(), file("b"));
  lose_database(true);
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("b"), {}); }), "backup.broken_trail");
  EXPECT_FALSE(fs::exists(here().embedded_path()));
  Restored restored = restore_database(here(), file("b"), {.force = false, .accept_broken_trail = true});
  EXPECT_EQ(restored.trail->first_bad->number, 2);
}

TEST_P(OperationTest, ARestoreRefusesANewerBackup) {
  record(1);
  run("insert into schema_steps (number, name) values (9999, '9999_future')");
  backup_database(here(), file("b"));
  lose_database(true);
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("b"), {}); }), "backup.newer");
  EXPECT_FALSE(fs::exists(here().embedded_path()));
}

TEST_P(OperationTest, ARestoreRefusesWhatIsNoBackup) {
  record(50);
  backup_database(here(), file("b"));
  std::string good = files::read_whole(file("b"));
  auto quarter = static_cast<std::ptrdiff_t>(good.size() / 4);
  std::string middle_gone = good;
  std::fill(middle_gone.begin() + quarter, middle_gone.begin() + 3 * quarter, '\xff');
  lose_database(true);
  for (const std::string& bytes :
       {std::string(), std::string("not a database"), good.substr(0, 10), good.substr(0, 50), good.substr(0, 5000),
        good.substr(0, good.size() / 2), good.substr(0, good.size() - 4096), middle_gone}) {
    files::write_whole(file("bad"), bytes);
    std::string outcome = outcome_of([&] { restore_database(here(), file("bad"), {}); });
    // pg_restore finds the damage of a dump while it loads, in a transaction that is rolled back.
    EXPECT_TRUE(outcome == "backup.unsound" || (!embedded() && outcome == "failure")) << bytes.size() << outcome;
    EXPECT_FALSE(fs::exists(here().embedded_path()));
  }
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("nowhere"), {}); }), "backup.unsound");
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("b"), {}); }), "none");
}

TEST_P(OperationTest, ARestoreNoticesAnyByteThatIsNotAsItWasWritten) {
  record(5);
  backup_database(here(), file("b"));
  std::string good = files::read_whole(file("b"));
  lose_database(true);
  for (std::size_t at : {good.size() / 3, good.size() / 2, good.size() - 200, good.size() - 100}) {
    std::string altered = good;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    files::write_whole(file("altered"), altered);
    EXPECT_EQ(outcome_of([&] { restore_database(here(), file("altered"), {}); }), "backup.unsound") << at;
  }
  // The digest is right, the code is not: somebody without the keys wrote it anew.
  std::string forged = good;
  forged[good.size() - 2] = forged[good.size() - 2] == '0' ? '1' : '0';
  files::write_whole(file("forged"), forged);
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("forged"), {}); }), "backup.not_own");
  EXPECT_FALSE(fs::exists(here().embedded_path()));
  EXPECT_EQ(outcome_of([&] { restore_database(here(), file("b"), {}); }), "none");
}

TEST_P(OperationTest, OnANewMachineTheKeysMayComeFirst) {
  record(5);
  export_keys(here(), file("k"), "");
  backup_database(here(), file("b"));
  lose_database(false);
  import_keys(here(), file("k"), [] { return std::string(); });
  EXPECT_FALSE(fs::exists(here().embedded_path()));
  EXPECT_EQ(fs::status(file("data")).permissions(), fs::perms::owner_all);
  EXPECT_TRUE(restore_database(here(), file("b"), {}).trail->ok);
}

TEST_P(OperationTest, RotationRenewsEveryFieldOnce) {
  add_person();
  add_field_key(here());
  std::vector<std::int64_t> told;
  Rotation done = renew_fields(here(), [&](std::int64_t fields) { told.push_back(fields); });
  EXPECT_EQ(done.key, 2u);
  EXPECT_EQ(done.fields, 4);
  EXPECT_EQ(done.renewed, 4);
  EXPECT_EQ(told.back(), 4);
  EXPECT_EQ(renew_fields(here(), [](std::int64_t) {}).renewed, 0);
  start();
  EXPECT_EQ(opened_phones(), std::vector<std::string>{kPhone});
  EXPECT_TRUE(verdict().ok);
}

TEST_P(OperationTest, ARotationThatWasBrokenOffIsFinishedLater) {
  add_person();
  add_field_key(here());
  EXPECT_EQ(outcome_of([&] { renew_fields(here(), [](std::int64_t) { throw Failure("killed"); }); }), "failure");
  start();
  Rotation done = renew_fields(here(), [](std::int64_t) {});
  EXPECT_EQ(done.fields, 4);
  EXPECT_EQ(done.renewed, 3);
  EXPECT_EQ(opened_phones(), std::vector<std::string>{kPhone});
}

TEST_P(OperationTest, KeysAreImportedOnlyWhereTheyBelongAndNothingIsLost) {
  record(1);
  export_keys(here(), file("old"), "");
  EXPECT_EQ(fs::status(file("old")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  add_field_key(here());
  std::string now = files::read_whole(here().keys_path());
  auto import = [&](const std::string& path) {
    return outcome_of([&] { import_keys(here(), path, [] { return std::string("p"); }); });
  };
  EXPECT_EQ(import(file("old")), "keys.conflict");
  crypto::KeyRing::fresh().save(file("foreign"));
  EXPECT_EQ(import(file("foreign")), "keys.conflict");
  files::write_whole(file("malformed"), "{}");
  EXPECT_EQ(import(file("malformed")), "keys.malformed");
  EXPECT_EQ(import(file("nowhere")), "file.unreadable");
  EXPECT_EQ(files::read_whole(here().keys_path()), now);
  fs::remove(here().keys_path());
  start();
  EXPECT_EQ(import(file("foreign")), "keys.foreign");
  EXPECT_FALSE(fs::exists(here().keys_path()));
  EXPECT_EQ(import(file("old")), "none");
}

TEST(Operation, ARestoreWithForceKeepsTheOldFileAside) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  db::TestFolder folder;
  Surroundings here;
  here.data_folder = folder.file("data");
  auto record = [](Surroundings& where) {
    where.write([](audit::Work& work) { work.record({"510521", "visit_recorded", "visit:1", "{}"}); });
    where.seal();
  };
  record(here);
  backup_database(here, folder.file("b"));
  record(here);
  Surroundings later;
  later.data_folder = here.data_folder;
  std::string aside = restore_database(later, folder.file("b"), {.force = true}).kept_aside;
  EXPECT_TRUE(fs::exists(aside));
  EXPECT_EQ(audit::verify(*db::open_sqlite(aside), later.keys()).sealed, 4);  // with backup_made and the last visit
  EXPECT_EQ(audit::verify(later.database(), later.keys()).entries, 3);
}

TEST(Operation, ADamagedDatabaseIsNotBackedUp) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  db::TestFolder folder;
  {
    Surroundings here;
    here.data_folder = folder.file("data");
    here.write([](audit::Work& work) { work.record({"510521", "visit_recorded", "visit:1", "{}"}); });
  }
  std::string bytes = files::read_whole(folder.file("data/tanfang.db"));
  auto end = static_cast<std::ptrdiff_t>(bytes.size());
  std::fill(bytes.begin() + end / 2, bytes.begin() + end / 2 + 60000, '\x55');
  files::write_whole(folder.file("data/tanfang.db"), bytes, 0600);
  Surroundings later;
  later.data_folder = folder.file("data");
  EXPECT_EQ(outcome_of([&] { backup_database(later, folder.file("b")); }), "failure");
  EXPECT_FALSE(fs::exists(folder.file("b")));
}

TEST(Operation, ABackupNeedsADatabase) {
  db::TestFolder folder;
  Surroundings here;
  here.data_folder = folder.file("data");
  EXPECT_EQ(outcome_of([&] { backup_database(here, folder.file("b")); }), "backup.no_data");
  EXPECT_FALSE(fs::exists(here.data_folder));
}

TEST(Operation, AForeignSqliteFileIsNoBackup) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  db::TestFolder folder;
  db::open_sqlite(folder.file("other"))->run_script("create table notes (text text)");
  Surroundings here;
  here.data_folder = folder.file("data");
  EXPECT_EQ(outcome_of([&] { restore_database(here, folder.file("other"), {}); }), "backup.unsound");
  EXPECT_FALSE(fs::exists(here.embedded_path()));
}

TEST(Operation, WithoutPostgresProgramsItSaysSo) {
  db::TestDatabase database("postgresql");
  db::TestFolder folder;
  std::string path = std::getenv("PATH");
  ::setenv("PATH", folder.path().c_str(), 1);
  EXPECT_EQ(outcome_of([&] { db::dump_postgresql(database.address(), folder.file("b")); }), "backup.no_pg_dump");
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_FALSE(fs::exists(folder.file("b")));
}

}  // namespace
}  // namespace tanfang::app
