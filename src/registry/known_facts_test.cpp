#include "registry/known_facts.h"

#include <gtest/gtest.h>

namespace tanfang::registry {
namespace {

Date day(const char* iso) { return Date::parse(iso).value(); }
Origin by(Source source, int statement, const char* on) { return {Id{statement}, source, "", day(on)}; }

TEST(KnownFacts, ANewerStatementHolds) {
  KnownFacts known;
  EXPECT_EQ(known.take({{"ability", "\"mild\""}, {"dementia", "false"}}, {}, by(Source::ledger, 1, "2024-01-10"))
                .changed.size(),
            2u);
  EXPECT_EQ(known.take({{"ability", "\"moderate\""}}, {}, by(Source::clerk, 2, "2024-03-01")).changed,
            std::vector<std::string>{"ability"});
  KnownFacts::Taken late = known.take({{"ability", "\"intact\""}}, {}, by(Source::department, 3, "2024-02-01"));
  EXPECT_TRUE(late.changed.empty());
  EXPECT_EQ(late.earlier, std::vector<std::string>{"ability"}) << "it held until March";
  EXPECT_EQ(known.value_of("ability"), "\"moderate\"");
  EXPECT_EQ(known.value_of("dementia"), "false");
  EXPECT_EQ(known.value_of("bedridden"), "null");
  EXPECT_EQ(known.newest(), day("2024-03-01"));
}

TEST(KnownFacts, OfTwoStatementsOfOneDayTheLaterRecordedHolds) {
  KnownFacts known;
  known.take({{"ability", "\"mild\""}}, {}, by(Source::ledger, 1, "2024-01-10"));
  known.take({{"ability", "\"severe\""}}, {}, by(Source::visit, 2, "2024-01-10"));
  EXPECT_EQ(known.value_of("ability"), "\"severe\"");
}

TEST(KnownFacts, WhoRepeatsWhatTheySaidSaysNothingNew) {
  KnownFacts known;
  FactValues ledger{{"ability", "\"mild\""}, {"dementia", "false"}};
  known.take(ledger, {}, by(Source::ledger, 1, "2024-01-10"));
  known.take({{"ability", "\"severe\""}}, {}, by(Source::clerk, 2, "2024-02-01"));
  FactValues again{{"ability", "\"mild\""}, {"dementia", "true"}};
  EXPECT_EQ(known.take(again, ledger, by(Source::ledger, 3, "2024-03-01")).changed,
            std::vector<std::string>{"dementia"});
  EXPECT_EQ(known.value_of("ability"), "\"severe\"");
}

TEST(KnownFacts, NullTakesAFactBackAndAnOlderStatementDoesNotRaiseItAgain) {
  KnownFacts known;
  known.take({{"ability", "\"mild\""}}, {}, by(Source::ledger, 1, "2024-01-10"));
  EXPECT_TRUE(known.take({{"bedridden", "null"}}, {}, by(Source::clerk, 2, "2024-02-01")).empty());
  EXPECT_EQ(known.take({{"ability", "null"}}, {}, by(Source::clerk, 3, "2024-02-01")).changed.size(), 1u);
  EXPECT_TRUE(known.take({{"ability", "\"mild\""}}, {}, by(Source::department, 4, "2024-01-20")).changed.empty());
  EXPECT_EQ(known.value_of("ability"), "null");
}

TEST(KnownFacts, IsReadBackAsItWasWritten) {
  KnownFacts known;
  known.take({{"ability", "\"mild\""}, {"children", R"([{"alive":true,"away_since":"2023-05-31"}])"}}, {},
             by(Source::ledger, 1, "2024-01-10"));
  known.take({{"dementia", "true"}}, {}, by(Source::visit, 2, "2024-02-01"));
  KnownFacts read(known.facts_text(), known.origins_text());
  EXPECT_EQ(read.facts_text(), known.facts_text());
  EXPECT_EQ(read.origins_text(), known.origins_text());
  EXPECT_EQ(read.facts_text(),
            R"({"ability":"mild","children":[{"alive":true,"away_since":"2023-05-31"}],"dementia":true})");
  ASSERT_EQ(read.origins().size(), 2u);
  EXPECT_EQ(read.origins()[1], by(Source::visit, 2, "2024-02-01"));
  EXPECT_EQ(read.dates(), std::vector<Date>{day("2023-05-31")});
}

TEST(KnownFacts, AnOriginThatNothingRestsOnIsForgottenUnlessItIsTheFirst) {
  KnownFacts known;
  known.take({{"sex", "\"male\""}}, {}, by(Source::ledger, 1, "2024-01-10"));
  known.take({{"ability", "\"mild\""}}, {}, by(Source::visit, 2, "2024-02-01"));
  known.take({{"ability", "\"severe\""}}, {}, by(Source::visit, 3, "2024-03-01"));
  KnownFacts read(known.facts_text(), known.origins_text());
  ASSERT_EQ(read.origins().size(), 2u);
  EXPECT_EQ(read.origins()[1].statement, Id{3});
}

}  // namespace
}  // namespace tanfang::registry
