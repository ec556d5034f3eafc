#include "registry/search.h"

#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

class SearchTest : public RegistryTest {
 protected:
  void SetUp() override {
    PersonStatement first = statement_of("张小丽", "1940-05-02", 2, "510521100201");
    first.phone = "138-0000-7875";
    take({first, statement_of("张小龙", "1941-05-02", 3, "510521101201"),
          statement_of("张晓玲", "1942-05-02", 4, "510521101202"),
          statement_of("曾国强", "1943-05-02", 5, "510521100201"),
          statement_of("李张氏", "1930-05-02", 6, "510521100201")},
         terms());
    take({statement_of("张小丽", "1944-05-02", 8, "370305001001")}, terms("370305"));
  }
  FoundPage find(const Search& search) {
    return read([&](db::Session& session) { return search_people(session, keys_, search, today()); });
  }
  std::vector<std::string> names(const Search& search) {
    std::vector<std::string> found;
    for (const Found& person : find(search).people) found.push_back(person.name);
    std::sort(found.begin(), found.end());
    return found;
  }
  static Search by_name(const char* name, const char* area = "") { return {area, name, "", "", "", 20, ""}; }
  static Search by_pinyin(const char* pinyin, const char* area = "") { return {area, "", pinyin, "", "", 20, ""}; }
  using Names = std::vector<std::string>;
};

TANFANG_ON_EACH_ENGINE(SearchTest);

TEST_P(SearchTest, ByTheBeginningOfTheNameAndTheArea) {
  EXPECT_EQ(names(by_name("张")), (Names{"张小丽", "张小丽", "张小龙", "张晓玲"}));
  EXPECT_EQ(names(by_name("张小", "510521")), (Names{"张小丽", "张小龙"}));
  EXPECT_EQ(names(by_name("张", "510521101")), (Names{"张小龙", "张晓玲"}));
  EXPECT_EQ(names(by_name("张", "510521101202")), (Names{"张晓玲"}));
  EXPECT_EQ(names(by_name("张", "37")), (Names{"张小丽"}));
  EXPECT_EQ(names(by_name("赵")), Names{});
  EXPECT_EQ(names(by_name("", "510521100201")), (Names{"张小丽", "曾国强", "李张氏"}));
}

TEST_P(SearchTest, ByInitialsAndPinyin) {
  EXPECT_EQ(names(by_pinyin("zxl", "510521")), (Names{"张小丽", "张小龙", "张晓玲"}));
  EXPECT_EQ(names(by_pinyin("ZX", "510521101")), (Names{"张小龙", "张晓玲"}));
  EXPECT_EQ(names(by_pinyin("zhangxiaolo")), (Names{"张小龙"}));
  EXPECT_EQ(names(by_pinyin("zeng")), (Names{"曾国强"}));
  EXPECT_EQ(names(by_pinyin("z", "510521")), (Names{"张小丽", "张小龙", "张晓玲", "曾国强"}));
}

TEST_P(SearchTest, ByNumberAndPhoneMaskedInTheAnswer) {
  for (Search unusable : {by_pinyin("王"), by_name("  ")}) {
    EXPECT_EQ(refusal_of([&] { find(unusable); }), "search.empty");
  }
  Search number;
  number.citizen_number = number_of("1943-05-02", 5);
  FoundPage page = find(number);
  ASSERT_EQ(page.people.size(), 1u);
  EXPECT_EQ(page.people[0].name, "曾国强");
  EXPECT_EQ(page.people[0].citizen_number.substr(6), "************");
  number.area = "37";
  EXPECT_TRUE(find(number).people.empty());
  Search phone;
  phone.phone = "+86 13800007875";
  EXPECT_EQ(names(phone), (Names{"张小丽"}));
  phone.phone = "13800000000";
  EXPECT_EQ(names(phone), Names{});
}

TEST_P(SearchTest, PageByPageEverybodyComesOnce) {
  for (Search search : {by_name("张"), by_pinyin("zx"), by_pinyin("zh"), by_name("")}) {
    std::size_t all = find(search).people.size();
    search.limit = 2;
    std::set<Id> seen;
    std::size_t pages = 0;
    do {
      FoundPage page = find(search);
      for (const Found& person : page.people) EXPECT_TRUE(seen.insert(person.key.id).second);
      search.cursor = page.next;
      ++pages;
    } while (!search.cursor.empty());
    EXPECT_EQ(seen.size(), all);
    EXPECT_EQ(pages, (all + 1) / 2);
  }
}

TEST_P(SearchTest, TellsTheStatusOfToday) {
  FoundPage page = find(by_name("曾"));
  write([&](audit::Work& work) { suspend_person(work, page.people.at(0).key, today(), {}, "住院"); });
  EXPECT_EQ(find(by_name("曾")).people.at(0).status, Status::suspended);
}

TEST_P(SearchTest, RefusesWhatItCannotAnswer) {
  struct Case {
    Search search;
    const char* code;
  };
  const Case cases[] = {
      {{"", "张", "zhang", "", "", 20, ""}, "search.too_many"},
      {{"", "张", "", "", "", 0, ""}, "search.limit"},
      {{"", "张", "", "", "", 201, ""}, "search.limit"},
      {{"", "张", "", "", "", 20, "7"}, "search.cursor"},
      {{"", "张", "", "", "", 20, "0:51x521:06bg3t2w9k4h5:张"}, "search.cursor"},
      {{"5", "张", "", "", "", 20, ""}, "area.unknown"},
      {{"", "", "", "510521194305020050X", "", 20, ""}, "citizen_number.malformed"},
  };
  for (const Case& c : cases) EXPECT_EQ(refusal_of([&] { find(c.search); }), c.code);
}

}  // namespace
}  // namespace tanfang::registry
