#include "registry/erasure.h"

#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

class ErasureTest : public RegistryTest {
 protected:
  PersonKey add(const std::string& name, int serial) {
    PersonStatement said = statement_of(name, "1940-05-02", serial, "510521100201");
    said.phone = "13800007875";
    said.address = "兆雅镇大寨村三组十二号";
    said.contacts = {{"child", "陈小明", "13900001234", "儿子", ""}};
    said.household = {{"陈国强", "本人", "male", "", "", ""}};
    return take(said);
  }
  std::int64_t count(const std::string& sql) {
    return read([&](db::Session& session) {
      return session.first(sql, {}, [](const db::Row& row) { return row.integer(0); }).value_or(0);
    });
  }
  Person reveal(const PersonKey& key) {
    Person person;
    write([&](audit::Work& work) { person = reveal_person(work, key, {}, "核对删除"); });
    return person;
  }
};
TANFANG_ON_EACH_ENGINE(ErasureTest);

TEST_P(ErasureTest, NothingOfThePersonIsLeftButTheFigures) {
  PersonKey key = add("陈国强", 3);
  PersonKey other = add("林秀英", 5);
  write([&](audit::Work& work) {
    PersonCorrection correction;
    correction.name = "陈国富";
    correction.phone = "13711112222";
    correct_person(work, classifier_, key, correction);
    record_consent(work, key, {"service", true, today(), "陈小明代签"});
    move_out_person(work, key, today(), "随子陈小明去成都");
  });
  write([&](audit::Work& work) { EXPECT_TRUE(erase_person(work, key)); });

  Person erased = reveal(key);
  EXPECT_EQ(erased.name, "已删除");
  EXPECT_EQ(erased.citizen_number + erased.phone + erased.address, "");
  EXPECT_TRUE(erased.contacts.empty() && erased.household.empty());
  EXPECT_EQ(erased.consents.at(0).note, "");
  EXPECT_EQ(erased.birth_date, day("1940-05-02"));
  EXPECT_EQ(erased.area, "510521100201");
  read([&](db::Session& session) {
    EXPECT_EQ(load_status_history(session, keys_, key).at(0).reason, "");
    EXPECT_FALSE(load_classifications(session, key, today() - 1, today()).empty());
    for (const StatementRecord& record : load_history(session, key)) {
      for (const FactValue& value : record.facts) {
        EXPECT_TRUE(value.fact != "name" || value.value == "\"已删除\"") << value.value;
      }
    }
    EXPECT_FALSE(find_person(session, keys_, "", number_of("1940-05-02", 3)));
    EXPECT_TRUE(find_person(session, keys_, "", number_of("1940-05-02", 5)));
    Search by_phone;
    by_phone.phone = "13711112222";
    EXPECT_TRUE(search_people(session, keys_, by_phone, today()).people.empty());
    Search by_pinyin;
    by_pinyin.pinyin = "cgf";
    EXPECT_TRUE(search_people(session, keys_, by_pinyin, today()).people.empty());
    return 0;
  });
  EXPECT_EQ(count("select count(*) from statements where replaced is not null"), 0);
  EXPECT_EQ(count("select count(*) from consents where sealed_note is not null"), 0);
  EXPECT_EQ(count("select count(*) from status_spans where sealed_reason is not null"), 0);
  EXPECT_EQ(reveal(other).name, "林秀英");
  EXPECT_EQ(reveal(other).contacts.size(), 1u);
  EXPECT_EQ(events_of(key).back(), "field_revealed");
}

/// What a county keeps of a number that moved away goes with the file.
TEST_P(ErasureTest, AFormerFileIsNotFoundByItsNumber) {
  PersonKey key = add("陈国强", 3);
  std::string number = number_of("1940-05-02", 3);
  Id transfer;
  write([&](audit::Work& work) { transfer = propose_transfer(work, number, "370305001001").id; });
  write([&](audit::Work& work) { accept_transfer(work, classifier_, "370305", transfer); });
  auto in_county = [&] {
    return read([&](db::Session& session) { return find_person_on(session, keys_, "510521", number, today()); });
  };
  ASSERT_EQ(in_county(), key);
  write([&](audit::Work& work) { EXPECT_TRUE(erase_person(work, key)); });
  EXPECT_FALSE(in_county());
  EXPECT_TRUE(read([&](db::Session& session) { return find_person(session, keys_, "370305", number); }));
}

TEST_P(ErasureTest, OnlyClosedFilesAndOnlyOnce) {
  PersonKey key = add("陈国强", 3);
  EXPECT_EQ(refused([&](audit::Work& work) { erase_person(work, key); }), "erasure.still_here");
  write([&](audit::Work& work) { record_death(work, key, today()); });
  write([&](audit::Work& work) { EXPECT_TRUE(erase_person(work, key)); });
  write([&](audit::Work& work) { EXPECT_FALSE(erase_person(work, key)); });
  EXPECT_EQ(events_of(key), (std::vector<std::string>{"person_registered", "person_deceased", "person_erased"}));
}

TEST_P(ErasureTest, AnErasedFileIsNotReopenedAndTheNumberBeginsAnew) {
  PersonKey key = add("陈国强", 3);
  write([&](audit::Work& work) { move_out_person(work, key, today(), "迁往外省"); });
  write([&](audit::Work& work) { erase_person(work, key); });
  EXPECT_EQ(refused([&](audit::Work& work) { reopen_person(work, key, "回来了"); }), "status.elsewhere");
  EXPECT_NE(add("陈国强", 3), key);
}

TEST_P(ErasureTest, WhoIsDueIsListed) {
  PersonKey first = add("陈国强", 3);
  PersonKey second = add("林秀英", 5);
  PersonKey third = add("周大山", 7);
  set_now("2024-03-20T09:00");
  write([&](audit::Work& work) {
    record_death(work, first, today() - 10);
    record_death(work, second, today());
    move_out_person(work, third, today() - 10, "迁往外省");
  });
  auto due = [&](Status closed, Date before, Id after = {}) {
    return read([&](db::Session& session) { return list_erasable(session, "510521", closed, before, after, 10); });
  };
  EXPECT_EQ(due(Status::deceased, today() - 10), std::vector<Id>{});
  EXPECT_EQ(due(Status::deceased, today() - 9), std::vector<Id>{first.id});
  EXPECT_EQ(due(Status::deceased, today() + 1), (std::vector<Id>{first.id, second.id}));
  EXPECT_EQ(due(Status::deceased, today() + 1, first.id), std::vector<Id>{second.id});
  EXPECT_EQ(due(Status::moved_out, today()), std::vector<Id>{third.id});
  write([&](audit::Work& work) { erase_person(work, first); });
  EXPECT_EQ(due(Status::deceased, today() + 1), std::vector<Id>{second.id});
}

}  // namespace
}  // namespace tanfang::registry
