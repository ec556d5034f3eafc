#include "registry/upgrade.h"

#include "registry/registry_fixture.h"
#include "registry/transfers.h"

namespace tanfang::registry {
namespace {

class UpgradeTest : public RegistryTest {};
TANFANG_ON_EACH_ENGINE(UpgradeTest);

TEST_P(UpgradeTest, WhatAnEarlierVersionWroteIsSealedAndRemembered) {
  PersonStatement said = statement_of("张小丽", "1940-05-02", 2, "510521100201");
  PersonKey old = take(said);
  write([&](audit::Work& work) {
    record_consent(work, old, {"service", true, today(), ""});
    suspend_person(work, old, today(), today(), "住院");
  });
  Transfer transfer;
  write([&](audit::Work& work) { transfer = propose_transfer(work, said.citizen_number, "370305001001"); });
  set_now("2024-04-01T09:00");
  write([&](audit::Work& work) { accept_transfer(work, classifier_, "370305", transfer.id); });
  EXPECT_FALSE(read([&](db::Session& session) { return needs_upgrade(session); }));
  database().write([&](db::Session& session) {
    session.execute("update consents set note = '书面'", {});
    session.execute("update status_spans set reason = '住院', sealed_reason = null where status = 'suspended'", {});
    session.execute("delete from former_files", {});
    session.execute("update transfers set reason = '不是同一人'", {});
  });
  auto reason = [&] {
    return read([&](db::Session& session) { return load_status_history(session, keys_, old); }).at(0).reason;
  };
  EXPECT_EQ(reason(), "住院");
  EXPECT_TRUE(read([&](db::Session& session) { return needs_upgrade(session); }));
  write([&](audit::Work& work) { upgrade_registry(work); });
  EXPECT_FALSE(read([&](db::Session& session) { return needs_upgrade(session); }));
  EXPECT_EQ(reason(), "住院");
  EXPECT_EQ(read([&](db::Session& session) {
              return session.first("select sealed_reason from transfers where reason = ''", {},
                                   [&](const db::Row& row) {
                                     return SealedFields(keys_).open("transfers.reason", transfer.id, row.bytes(0));
                                   });
            }),
            "不是同一人");
  EXPECT_EQ(read([&](db::Session& session) { return load_person(session, keys_, old); }).consents.at(0).note, "书面");
  EXPECT_EQ(read([&](db::Session& session) {
              return find_person_on(session, keys_, "510521", said.citizen_number, day("2024-03-20"));
            }),
            old);
  write([&](audit::Work& work) { upgrade_registry(work); });
}

}  // namespace
}  // namespace tanfang::registry
