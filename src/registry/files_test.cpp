#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

class FilesTest : public RegistryTest {
 protected:
  PersonKey person() {
    PersonStatement said = statement_of("张小丽", "1940-05-02", 2, "510521100201");
    said.phone = "13800007875";
    said.address = "兆雅镇大寨村3组12号";
    return take(said);
  }
  Person load(const PersonKey& key) {
    return read([&](db::Session& session) { return load_person(session, keys_, key); });
  }
};

TANFANG_ON_EACH_ENGINE(FilesTest);

TEST_P(FilesTest, ALookNeedsAReasonAndLeavesATrace) {
  PersonKey key = person();
  auto reveal = [&](const std::vector<std::string>& fields, const char* reason) {
    Person revealed;
    write([&](audit::Work& work) { revealed = reveal_person(work, key, fields, reason); });
    return revealed;
  };
  EXPECT_EQ(refusal_of([&] { reveal({}, "核对 "); }), "reveal.reason_missing");
  EXPECT_EQ(refusal_of([&] { reveal({"birth_date"}, "核对身份信息"); }), "reveal.field");
  EXPECT_EQ(reveal({}, "核对身份信息").citizen_number, number_of("1940-05-02", 2));
  Person phone_only = reveal({"phone"}, "联系家属用");
  EXPECT_EQ(phone_only.phone, "13800007875");
  EXPECT_NE(phone_only.address, "兆雅镇大寨村3组12号");
  EXPECT_EQ(events_of(key), (std::vector<std::string>{"person_registered", "field_revealed", "field_revealed"}));
}

TEST_P(FilesTest, ListsAreReplacedInOrder) {
  PersonKey key = person();
  write([&](audit::Work& work) {
    set_contacts(work, key, {{"emergency", "王五", "13900001234", "子", ""}, {"supporter", "赵六", "", "女", ""}});
    set_household(work, key, {{"李四", "配偶", "male", "", "良好", ""}});
  });
  write([&](audit::Work& work) { set_contacts(work, key, {{"first_contact", "钱七", "13711112222", "邻居", ""}}); });
  Person file = load(key);
  ASSERT_EQ(file.contacts.size(), 1u);
  EXPECT_EQ(file.contacts[0].relation, "邻居");
  EXPECT_EQ(file.household.size(), 1u);
  EXPECT_EQ(refused([&](audit::Work& work) {
              set_contacts(work, key, {{"friend", "钱七", "", "", ""}});
            }),
            "contact.kind");
}

TEST_P(FilesTest, ConsentsAreKeptOneAfterAnother) {
  PersonKey key = person();
  write([&](audit::Work& work) { record_consent(work, key, {"service", true, today(), "书面"}); });
  write([&](audit::Work& work) { record_consent(work, key, {"service", false, today(), ""}); });
  Person file = load(key);
  ASSERT_EQ(file.consents.size(), 2u);
  EXPECT_EQ(file.consents[0].note, "书面");
  EXPECT_FALSE(file.consents[1].given);
  EXPECT_EQ(file.consents[1].note, "");
  EXPECT_EQ(refused([&](audit::Work& work) {
              record_consent(work, key, {"selfies", true, today(), ""});
            }),
            "consent.kind");
  EXPECT_EQ(refused([&](audit::Work& work) {
              record_consent(work, key, {"photo", true, today() + 1, ""});
            }),
            "date.future");
}

TEST_P(FilesTest, AFileIsFoundByNumberAndById) {
  PersonKey key = person();
  auto by_number = [&](const char* county, const std::string& number) {
    return read([&](db::Session& session) { return find_person(session, keys_, county, number); });
  };
  EXPECT_EQ(by_number("", number_of("1940-05-02", 2)), key);
  EXPECT_EQ(by_number("510521", number_of("1940-05-02", 2)), key);
  EXPECT_FALSE(by_number("370305", number_of("1940-05-02", 2)));
  EXPECT_FALSE(by_number("", number_of("1940-05-02", 4)));
  auto by_id = [&](const char* county, Id id) {
    return read([&](db::Session& session) { return find_person(session, county, id); });
  };
  EXPECT_EQ(by_id("", key.id), key);
  EXPECT_FALSE(by_id("", Id{1}));
  EXPECT_FALSE(by_id("370305", key.id));
}

}  // namespace
}  // namespace tanfang::registry
