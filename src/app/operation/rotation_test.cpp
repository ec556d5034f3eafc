// The columns that rotate, filled by the rooms that own them.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "alarms/alarms.h"
#include "app/field/field_keys.h"
#include "app/operation/rotation.h"
#include "app/operation/rotation_store.h"
#include "app/test_program.h"
#include "base/citizen_number.h"
#include "canvass/canvass.h"
#include "identity/identity.h"
#include "platform/db/test_database.h"
#include "proposals/proposals.h"
#include "registry/registry.h"
#include "visits/visits.h"

namespace tanfang::app {
namespace {

class RotationTest : public testing::Test {
 protected:
  RotationTest() {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    here_.data_folder = folder_.file("data");
    here_.now_text = "2024-03-10T09:00";
  }
  void demonstrate() {
    Answer made = run_program(here_.data_folder, here_.now_text,
                              {"demo", "--people", "10", "--months", "1", "--seed", "1", "--county", "510521"});
    ASSERT_EQ(made.code, kDone) << made.err;
  }
  void say(const std::string& county, const std::string& phone, const std::string& note) {
    registry::PersonStatement said;
    said.citizen_number = "510521194005020025";
    said.birth_date = *Date::parse("1940-05-02");
    said.sex = Sex::female;
    said.name = "张小丽";
    said.area = county + "100201";
    said.phone = phone;
    said.address = note;
    said.contacts = {{"emergency", "王五", "13900001234", "子", note}};
    said.household = {{"李四", "配偶", "male", "", "一般", ""}};
    here_.write([&](audit::Work& work) {
      registry::Terms terms{county,       registry::Source::ledger, "", work.today(), work.today(), "ledger:test",
                            work.new_id()};
      auto key = registry::register_people(work, classifier_, terms, std::span(&said, 1)).at(0).person;
      if (key.id.value == 0 || note != "大寨村3组") return;
      registry::record_consent(work, key, {"service", true, work.today(), "女儿代签"});
      registry::suspend_person(work, key, work.today(), {}, "住院");
    });
  }
  void enrol() {
    identity::Principal by = identity::operator_at_command();
    identity::NewAccount fresh{"sync", "同步", identity::Role::machine, "510521"};
    here_.write([&](audit::Work& work) {
      by.account = identity::create_machine(work, by, fresh).id;
      identity::begin_second_factor(work, {}, by);
    });
  }
  void canvass() {
    here_.write([&](audit::Work& work) {
      canvass::begin_canvass(work, "510521", "2026年上半年排查", work.today());
      canvass::list_households(work, "510521100201", {{"3组", "17号"}});
      Id household = canvass::find_households(work.session, work.keys, {"510521100201"}).at(0).id;
      canvass::note_result(work, "510521", household, canvass::Result::not_home, work.today(), "在女儿家");
    });
  }
  void hear_from_the_field() {
    here_.write([&](audit::Work& work) {
      proposals::Proposer visitor{"510521", "510521100231", "510521", "account:v", registry::Source::visit, "k",
                                  0,        false};
      Id made = proposals::propose(work, classifier_, visitor,
                                   R"({"what":"new_person","new_person":{"name":"赵六","village":"510521100231"}})")
                    .proposal;
      proposals::reject_proposal(work, "510521", made, "已登记");
      alarms::Reporter reporter{"510521", "510521100231", Id{}, "account:v", "k", 0};
      Id fall = alarms::report_emergency(work, reporter, alarms::read_report(R"({"what":"fall"})")).id;
      alarms::close_emergency(work, "510521", fall, "送医");
    });
  }
  void attach_document() {
    here_.database().write([&](db::Session& session) {
      std::string sealed =
          here_.keys().field_cipher()->encrypt("%PDF-", "scheme_documents.content:" + format_id(Id{4}));
      session.execute(
          "insert into scheme_documents (county, id, scheme, hash, content, bytes, pages, put_at, put_by)"
          " values ('510521', 4, 'luzhou-2023', $1, $1, 5, '{}', 0, '')",
          {db::Bytes{sealed}});
    });
  }
  void make_field_keys() { field::public_key(here_.database(), here_.keys(), here_.ids(), here_.now()); }
  /// As a phone sends them.
  void receive_parcels() {
    here_.database().write([&](db::Session& session) {
      std::string content = here_.keys().field_cipher()->encrypt("{}", "set_aside.content:" + format_id(Id{4}));
      Id visit = *session.first("select min(id) from visits", {}, [](const db::Row& row) { return row.id(0); });
      std::string evidence = here_.keys().field_cipher()->encrypt("{}", "visits.evidence:" + format_id(visit));
      session.execute("update visits set evidence = $2 where id = $1", {visit, db::Bytes{evidence}});
      session.execute(
          "insert into set_aside (id, area, account, device, key, kind, content, clock_off, why, received_at)"
          " select 4, '510521', min(id), 1, 'k', 'visit', $1, 0, 'revoked', 0 from accounts",
          {db::Bytes{content}});
    });
  }
  void attach() {
    std::string picture = "\xff\xd8\xff\xe0 and what it shows\xff\xd9";
    here_.write([&](audit::Work& work) {
      visits::put_attachment(work, "510521", crypto::to_hex(crypto::sha256(picture)), picture);
    });
  }
  /// A file of scanned forms, with a page that was set aside.
  void send_paper() {
    here_.database().write([&](db::Session& session) {
      auto seal = [&](const char* column) {
        return here_.keys().field_cipher()->encrypt("x", std::string(column) + ":" + format_id(Id{4}));
      };
      std::string name = seal("scan_batches.name");
      std::string content = seal("scan_parts.content");
      std::string picture = seal("scan_pages.picture");
      std::string note = seal("scan_pages.note");
      session.execute(
          "insert into scan_batches (county, id, area, hash, kind, name, bytes, added_at, added_by)"
          " values ('510521', 4, '510521', $1, 'jpeg', $1, 1, 0, '')",
          {db::Bytes{name}});
      session.execute("insert into scan_parts (county, id, batch, part, content) values ('510521', 4, 4, 0, $1)",
                      {db::Bytes{content}});
      session.execute(
          "insert into scan_pages (county, id, batch, number, area, state, reason, form, form_version, leaf, sheet,"
          " picture, note, read_at) values ('510521', 4, 4, 1, '510521', 'set_aside', '', '', 0, 0, 4, $1, $2, 0)",
          {db::Bytes{picture}, db::Bytes{note}});
    });
  }
  /// In clear, as an earlier version did; the upgrade encrypts them.
  void leave_reasons() {
    here_.database().write([](db::Session& session) {
      session.execute("update visits set reason = '记错', struck_reason = '抽查未到访'", {});
      session.execute("update transfers set reason = '不是同一人'", {});
    });
    here_.upgrade();
  }
  void ask_to_verify() {
    here_.write([&](audit::Work& work) {
      auto person = work.session.first("select id from people where county = '510521' order by id limit 1", {},
                                       [](const db::Row& row) { return row.id(0); });
      registry::ask_verification(work, "510521", {person.value()}, "电话打不通");
    });
  }
  /// How many values each column holds; each must open under the current key.
  /// One of the demonstration's months on paper.
  void file_month() {
    std::string village;
    std::string month;
    here_.database().read([&](db::Session& session) {
      session.query("select village, visited_on from visits where outcome = 'met' and form <> '' limit 1", {},
                    [&](const db::Row& row) {
                      village = row.string(0);
                      month = row.string(1).substr(0, 7);
                    });
    });
    Answer filed = run_program(here_.data_folder, here_.now_text,
                               {"print", "month", "--area", village, "--month", month, "--reason", "按月归档", "--out",
                                folder_.file("month.zip")});
    ASSERT_EQ(filed.code, kDone) << filed.err;
  }

  std::map<std::string, int> opened() {
    auto cipher = here_.keys().field_cipher();
    std::map<std::string, int> counts;
    here_.database().read([&](db::Session& session) {
      for (const EncryptedColumn& column : encrypted_columns()) {
        for (const Cell& cell : next_cells(session, column, {}, 10'000)) {
          EXPECT_EQ(cipher->key_of(cell.value), cipher->current_key());
          cipher->decrypt(cell.value, std::string(column.name) + ":" + format_id(Id{cell.row}));
          ++counts[std::string(column.name)];
        }
      }
    });
    return counts;
  }

  db::TestFolder folder_;
  Surroundings here_;
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
};

TEST_F(RotationTest, ReachesWhatEveryRoomEncrypts) {
  demonstrate();
  say("510521", "13800001111", "大寨村3组");
  say("510521", "13800002222", "大寨村4组");
  say("510522", "13800003333", "白鹿镇");
  enrol();
  make_field_keys();
  receive_parcels();
  hear_from_the_field();
  attach();
  send_paper();
  attach_document();
  canvass();
  leave_reasons();
  ask_to_verify();
  file_month();
  std::map<std::string, int> before = opened();
  for (const EncryptedColumn& column : encrypted_columns()) {
    EXPECT_GT(before[std::string(column.name)], 0) << column.name;
  }
  add_field_key(here_);
  Rotation done = renew_fields(here_, [](std::int64_t) {});
  EXPECT_EQ(done.renewed, done.fields);
  EXPECT_EQ(opened(), before);
}

// A column of bytes is encrypted, and then it rotates, or it is a hash.
TEST(Operation, EveryColumnOfBytesRotatesOrIsAHash) {
  std::set<std::string> known = {"people.phone_hash",
                                 "households.place_hash",
                                 "scheme_documents.hash",
                                 "people.ledger_digest",
                                 "citizen_numbers.hash",
                                 "audit_events.hash",
                                 "audit_heads.hash",
                                 "audit_heads.mac",
                                 "key_marks.fingerprint",
                                 "former_files.hash",
                                 "invitations.token_hash",
                                 "account_sessions.token_hash",
                                 "device_invitations.token_hash",
                                 "devices.token_hash",
                                 "parcels.digest",
                                 "devices.reading_hash",
                                 "recovery_codes.code_hash",
                                 "sign_in_waits.key_hash",
                                 "machine_tokens.token_hash",
                                 "kept_answers.digest",
                                 "attachments.hash",
                                 "visit_attachments.hash",
                                 "paper_taken_out.hash",
                                 "archives.hash",
                                 "archive_parts.hash",
                                 "scan_batches.hash",
                                 "scan_pages.hash",
                                 "sign_on_attempts.state_hash",
                                 "sign_on_attempts.browser_hash"};
  // Sealed under the names of the columns they replace.
  known.insert({"consents.sealed_note", "status_spans.sealed_reason", "visits.sealed_reason",
                "visits.sealed_struck_reason", "transfers.sealed_reason"});
  // Gone after a day, and the ring keeps the key that opens them.
  known.insert({"kept_answers.body", "ledger_orders.content", "ledger_order_pieces.content"});
  for (const EncryptedColumn& column : encrypted_columns()) {
    EXPECT_TRUE(known.emplace(column.name).second) << column.name;
  }
  db::TestDatabase database("sqlite");
  database->read([&](db::Session& session) {
    session.query(
        "select t.name || '.' || c.name from sqlite_schema t join pragma_table_info(t.name) c"
        " where t.type = 'table' and lower(c.type) = 'blob'",
        {}, [&](const db::Row& row) { EXPECT_TRUE(known.contains(row.string(0))) << row.text(0); });
  });
}

}  // namespace
}  // namespace tanfang::app
