// What must not be readable without the keys.
#include "platform/files/files.h"
#include "registry/registry_fixture.h"
#include "registry/sealed_fields.h"

namespace tanfang::registry {
namespace {

TEST(Secrets, NothingPersonalLiesInTheDatabaseInClear) {
  db::TestDatabase database("sqlite");
  crypto::KeyRing keys = crypto::KeyRing::for_tests();
  Classifier classifier(TANFANG_SOURCE_DIR);
  IdSource ids(7);
  PersonStatement said = statement_of("张小丽", "1940-05-02", 2, "510521100201");
  said.phone = "13800007875";
  said.address = "兆雅镇大寨村3组12号";
  said.contacts = {{"emergency", "王五", "13900001234", "子", ""}};
  said.household = {{"李四", "配偶", "male", number_of("1938-01-01", 3), "一般", ""}};
  database->write([&](db::Session& session) {
    audit::Work work(session, parse_instant("2024-03-10T09:00").value(), ids, "clerk:wang", keys);
    Terms terms{"510521", Source::ledger, "", day("2024-03-10"), day("2024-03-10"), "ledger:test"};
    PersonKey key = register_people(work, classifier, terms, std::span(&said, 1)).at(0).person;
    record_consent(work, key, {"service", true, work.today(), "女儿周小梅代签"});
    suspend_person(work, key, work.today(), {}, "在市中医院住院");
  });
  std::string path = database.folder().file("copy.db");
  database->copy_to(path);
  std::string bytes = files::read_whole(path);
  for (const std::string& secret :
       {said.citizen_number, *said.phone, *said.address, said.contacts[0].phone, said.contacts[0].name,
        said.household[0].name, said.household[0].citizen_number, std::string("周小梅"), std::string("中医院")}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos);
  }
  EXPECT_NE(bytes.find("张小丽"), std::string::npos);
}

TEST(Secrets, AValueBelongsToItsRowAndColumn) {
  crypto::KeyRing keys = crypto::KeyRing::for_tests();
  SealedFields fields(keys);
  std::string sealed = fields.seal("people.phone", Id{5}, "13800007875");
  EXPECT_EQ(fields.open("people.phone", Id{5}, sealed), "13800007875");
  EXPECT_THROW(fields.open("people.phone", Id{6}, sealed), Failure);
  EXPECT_THROW(fields.open("people.address", Id{5}, sealed), Failure);
}

TEST(Secrets, PhonesAreComparedByTheirDigits) {
  EXPECT_EQ(plain_phone("+86 138-0000-7875"), "13800007875");
  EXPECT_EQ(plain_phone("１３８００００７８７５"), "13800007875");
  EXPECT_EQ(plain_phone("0830-8193344"), "08308193344");
}

}  // namespace
}  // namespace tanfang::registry
