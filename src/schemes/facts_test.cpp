#include "schemes/facts.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/area_code.h"
#include "platform/json/json.h"
#include "schemes/scheme_kit.h"

namespace tanfang::schemes {
namespace {

struct Row {
  const char* name;
  const char* value;
  const char* expected;  // the normal form, or the code of the problem
  const char* field = "";
};

class FactValues : public ::testing::TestWithParam<Row> {
 protected:
  static const SchemeSet& set() {
    static const SchemeSet loaded = SchemeSet::load(TANFANG_SOURCE_DIR);
    return loaded;
  }
};

TEST_P(FactValues, AreCheckedAndNormalised) {
  const Row& row = GetParam();
  boost::json::value value = json::parse(row.value);
  Facts facts(set().vocabulary());
  auto direct = facts.set(row.name, value);
  auto problem = validate_fact(set().vocabulary(), row.name, value);
  ASSERT_EQ(problem.has_value(), direct.has_value());
  if (!problem) {
    EXPECT_EQ(boost::json::serialize(value), row.expected);
    return;
  }
  EXPECT_EQ(problem->code, row.expected);
  EXPECT_EQ(direct->code, row.expected);
  EXPECT_EQ(problem->field, std::string_view(row.field).empty() ? row.name : row.field);
  EXPECT_FALSE(problem->text.zh.empty());
  EXPECT_FALSE(problem->text.en.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, FactValues,
    ::testing::Values(
        Row{"willing", "true", "true"}, Row{"willing", "null", "null"}, Row{"willing", "\"true\"", "fact.type"},
        Row{"willing", "1", "fact.type"}, Row{"disability_grade", "4", "4"}, Row{"disability_grade", "2.0", "2"},
        Row{"disability_grade", "2.5", "fact.type"}, Row{"disability_grade", "5", "fact.range"},
        Row{"disability_grade", "-1", "fact.range"}, Row{"disability_grade", "18446744073709551615", "fact.range"},
        Row{"disability_grade", "1e300", "fact.type"}, Row{"ability", "\"severe\"", "\"severe\""},
        Row{"ability", "\"\"", "fact.value"}, Row{"ability", "3", "fact.type"}, Row{"welfare", "[]", "[]"},
        Row{"welfare", R"(["low_income","destitute_dispersed","low_income"])",
            R"(["destitute_dispersed","low_income"])"},
        Row{"welfare", "\"low_income\"", "fact.type"}, Row{"welfare", "[\"poor\"]", "fact.value"},
        Row{"welfare", "[null]", "fact.value"}, Row{"birth_date", "\"1952-02-29\"", "\"1952-02-29\""},
        Row{"birth_date", "\"1953-02-29\"", "fact.date"}, Row{"birth_date", "\"1952-2-9\"", "fact.date"},
        Row{"birth_date", "19520229", "fact.date"}, Row{"hukou_area", "\"2103\"", "\"2103\""},
        Row{"hukou_area", "\"210\"", "fact.area"}, Row{"hukou_area", "2103", "fact.area"}, Row{"children", "[]", "[]"},
        Row{"children", R"([{"alive":true,"away":null}])", R"([{"alive":true}])"}, Row{"children", "{}", "fact.type"},
        Row{"children", "[1]", "fact.type", "children[0]"},
        Row{"children", R"([{},{"alive":"no"}])", "fact.type", "children[1].alive"},
        Row{"children", R"([{"age":3}])", "fact.member", "children[0].age"},
        Row{"children", R"([{"stands_for_all":true}])", R"([{"stands_for_all":true}])"},
        Row{"children", R"([{"stands_for_all":1}])", "fact.type", "children[0].stands_for_all"},
        Row{"shoe_size", "43", "fact.unknown"}));

TEST(Facts, AreClearedAndSetAgain) {
  SchemeSet set = SchemeSet::load(TANFANG_SOURCE_DIR);
  Facts facts = testing::facts_of(set, R"({"willing":true,"children":[{"alive":true}]})");
  facts.clear();
  EXPECT_EQ(facts.values, Facts(set.vocabulary()).values);
  EXPECT_FALSE(facts.lists[0].known);
  EXPECT_FALSE(facts.set("children", json::parse("[]")));
  EXPECT_TRUE(facts.lists[0].known);
  EXPECT_FALSE(facts.set("children", json::parse("null")));
  EXPECT_FALSE(facts.lists[0].known);
}

TEST(Areas, AgreeWithTheCodesAsText) {
  const char* codes[] = {"51",           "5105",   "510521", "510521104",    "510521104203",
                         "510521104204", "510522", "52",     "000000000000", "01"};
  for (const char* left : codes) {
    EXPECT_EQ(unpack_area(pack_area(left)), left);
    for (const char* right : codes) {
      for (int digits : {2, 4, 6, 9, 12}) {
        auto expected = in_same_area(left, right, static_cast<AreaLevel>(digits));
        Truth found = same_area(pack_area(left), pack_area(right), digits);
        EXPECT_EQ(found, !expected   ? Truth::unknown
                         : *expected ? Truth::yes
                                     : Truth::no)
            << left << " " << right << " " << digits;
      }
    }
  }
}

TEST(Vocabulary, SharesEqualDeclarationsAndKeepsOthersApart) {
  Vocabulary vocabulary;
  FactDeclaration fact;
  fact.name = "stairs";
  fact.schemes = {"a-1"};
  EXPECT_EQ(vocabulary.add(fact), 0u);
  fact.schemes = {"b-1"};
  EXPECT_EQ(vocabulary.add(fact), 0u);
  fact.type = FactType::integer;
  fact.max = 9;
  fact.schemes = {"c-1"};
  EXPECT_EQ(vocabulary.add(fact), 1u);
  EXPECT_FALSE(Facts(vocabulary, "c-1").set("stairs", 4));
  EXPECT_TRUE(Facts(vocabulary, "c-1").set("stairs", true));
  EXPECT_FALSE(Facts(vocabulary, "a-1").set("stairs", true));
  EXPECT_TRUE(Facts(vocabulary, "a-1").set("stairs", 4));
  EXPECT_FALSE(Facts(vocabulary).set("stairs", 4));
  EXPECT_TRUE(Facts(vocabulary).set("stairs", "four"));
}

}  // namespace
}  // namespace tanfang::schemes
