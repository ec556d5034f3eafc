// The three ledgers of the contract, row by row, and the facts of some of their rows.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "ledgers/test_ledgers.h"
#include "platform/files/files.h"

namespace tanfang::ledgers {
namespace {

const std::string kFixtures = std::string(TANFANG_SOURCE_DIR) + "/tests/fixtures/ledgers/";

class Sample : public testing::TestWithParam<const char*> {};

TEST_P(Sample, RefusesExactlyTheExpectedRows) {
  boost::json::value expected = boost::json::parse(files::read_whole(kFixtures + GetParam() + ".expected.json"));
  std::string area(expected.at("area").as_string());
  Checked checked = check(kFixtures + std::string(expected.at("file").as_string()), area);
  EXPECT_EQ(checked.result.heading_row, expected.at("header_row").as_int64());
  std::int64_t people = 0;
  for (const boost::json::value& row : expected.at("rows").as_array()) {
    int number = static_cast<int>(row.at("row").as_int64());
    ++people;
    auto refused = checked.refused.find(number);
    if (row.at("refused").is_null()) {
      EXPECT_EQ(refused, checked.refused.end()) << number << " " << refused->second;
    } else {
      std::string reason(row.at("refused").as_string());
      ASSERT_NE(refused, checked.refused.end()) << number << " " << reason;
      EXPECT_NE(refused->second.find(reason), std::string::npos) << number << " " << refused->second;
    }
  }
  EXPECT_EQ(checked.result.rows, people);
  EXPECT_EQ(checked.result.accepted, expected.at("accepted").as_int64());
  EXPECT_TRUE(checked.result.remarked.empty());
}

INSTANTIATE_TEST_SUITE_P(Contract, Sample, testing::Values("haicheng", "linzi_villages", "luxian_town"));

using Facts = std::map<std::string, std::string>;

TEST(Samples, ReadTheFactsOfTheirRows) {
  Checked luxian = check(kFixtures + "luxian_town.xlsx", "510521100");
  EXPECT_EQ(luxian.mapping["公民身份号码"], "citizen_number");
  EXPECT_EQ(luxian.mapping["村（社区）"], "residence_area");
  EXPECT_EQ(luxian.mapping["紧急联系人电话"], "emergency.phone");
  EXPECT_EQ(luxian.facts[5],
            (Facts{{"hukou_kind", "\"rural\""},
                   {"lives_at_hukou_place", "true"},
                   {"hukou_area", '"' + luxian.rows[5].person.area + '"'},
                   {"ability", "\"mild\""},
                   {"has_spouse", "false"},
                   {"living_with", "[\"child\"]"},
                   {"children",
                    "[{\"alive\":true,\"lives_in\":\"same_town\",\"away\":false,\"away_half_year\":false},"
                    "{\"alive\":true,\"lives_in\":\"same_town\",\"away\":false,\"away_half_year\":false},"
                    "{\"alive\":true,\"lives_in\":\"same_town\",\"away\":false,\"away_half_year\":false}]"},
                   {"welfare", "[\"low_income\"]"},
                   {"willing", "true"}}));
  ASSERT_EQ(luxian.rows[5].person.contacts.size(), 2u);
  EXPECT_EQ(luxian.rows[5].person.contacts[0], (registry::Contact{"emergency", "陈生", "15279868421", "", ""}));
  EXPECT_EQ(luxian.rows[5].person.contacts[1].kind, "helper");

  Checked haicheng = check(kFixtures + "haicheng.csv", "210381");
  EXPECT_EQ(haicheng.facts[3].count("hukou_area"), 0u);
  EXPECT_EQ(haicheng.facts[3].count("residence_kind"), 0u);
  EXPECT_EQ(haicheng.facts[3]["living_with"], "[]");
  EXPECT_EQ(haicheng.facts[3]["children"],
            "[{\"alive\":true,\"lives_in\":\"elsewhere\",\"lives_together\":false,\"stands_for_all\":true}]");
  EXPECT_EQ(haicheng.facts[3]["welfare"], "[\"low_income_margin\"]");
  EXPECT_EQ(haicheng.facts[2]["welfare"], "[]");
  EXPECT_EQ(haicheng.facts[5]["disability_grade"], "1");
  EXPECT_EQ(haicheng.facts[2].count("disability_grade"), 0u);

  Checked linzi = check(kFixtures + "linzi_villages.xlsx", "370305");
  EXPECT_EQ(linzi.mapping["患病种类或残疾等级"], "disease_or_disability");
  EXPECT_EQ(linzi.facts[2]["disability_grade"], "3");
  EXPECT_EQ(linzi.facts[3].count("disability_grade"), 0u);
  EXPECT_EQ(linzi.facts[3]["physical_health"], "\"poor\"");
  EXPECT_EQ(linzi.facts[6]["children"], "[]");
}

TEST(Samples, CountWhatWasMended) { EXPECT_GT(check(kFixtures + "linzi_villages.xlsx", "370305").result.repaired, 0); }

}  // namespace
}  // namespace tanfang::ledgers
