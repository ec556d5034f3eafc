#include <gtest/gtest.h>

#include "visits/findings_text.h"
#include "visits/visits.h"

namespace tanfang::visits {
namespace {

TEST(Entry, ReadsAWholeRecord) {
  std::string key;
  VisitEntry entry = read_entry(
      R"({"key":"k1","person":{"citizen_number":"11010519491231002X"},"visitor":" 王敏 ","method":"home",
          "started_at":"2024-05-10T09:00","ended_at":"2024-05-10T09:20","outcome":"met","form":"luzhou-2023/visit",
          "answers":{"mood":"better"}})",
      key);
  EXPECT_EQ(key, "k1");
  EXPECT_EQ(entry.key, "k1");
  EXPECT_EQ(entry.citizen_number, "11010519491231002X");
  EXPECT_EQ(entry.visitor, "王敏");
  EXPECT_EQ(entry.answers, R"({"mood":"better"})");
}

TEST(Entry, AnAttemptNeedsNeitherFormNorAnswers) {
  std::string key;
  VisitEntry entry = read_entry(R"({"key":"k","person":{"id":"x"},"form":null,"answers":null})", key);
  EXPECT_EQ(entry.form, "");
  EXPECT_EQ(entry.answers, "{}");
  EXPECT_EQ(entry.person_id, "x");
}

struct Refusal {
  const char* line;
  const char* code;
  const char* field;
  const char* key;
};

TEST(Entry, EveryMalformedLineNamesItsField) {
  const Refusal kRefusals[] = {
      {"", "json.malformed", nullptr, ""},
      {"{", "json.malformed", nullptr, ""},
      {"[]", "visit.malformed", "", ""},
      {"7", "visit.malformed", "", ""},
      {R"({"key":"a","key":"b"})", "json.duplicate_key", nullptr, ""},
      {R"({"key":7,"person":{"id":"x"}})", "visit.malformed", "key", ""},
      {R"({"key":"a"})", "visit.malformed", "person", "a"},
      {R"({"key":"a","person":"x"})", "visit.malformed", "person", "a"},
      {R"({"key":"a","person":{}})", "visit.malformed", "person", "a"},
      {R"({"key":"a","person":{"id":""}})", "visit.malformed", "person", "a"},
      {R"({"key":"a","person":{"name":"x"}})", "visit.malformed", "person", "a"},
      {R"({"key":"a","person":{"id":"x","citizen_number":"y"}})", "visit.malformed", "person", "a"},
      {R"({"key":"a","person":{"id":7}})", "visit.malformed", "person.id", "a"},
      {R"({"key":"a","person":{"citizen_number":7}})", "visit.malformed", "person.citizen_number", "a"},
      {R"({"key":"a","person":{"id":"x"},"answers":[]})", "visit.malformed", "answers", "a"},
      {R"({"key":"a","person":{"id":"x"},"visitor":{}})", "visit.malformed", "visitor", "a"},
      {R"({"key":"a","person":{"id":"x"},"mood":"good"})", "visit.malformed", "mood", "a"},
  };
  for (const Refusal& refusal : kRefusals) {
    std::string key = "left over";
    try {
      read_entry(refusal.line, key);
      ADD_FAILURE() << "taken: " << refusal.line;
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, refusal.code) << refusal.line;
      if (refusal.field != nullptr) {
        ASSERT_EQ(problem.fields.size(), 1u) << refusal.line;
        EXPECT_EQ(problem.fields[0].field, refusal.field) << refusal.line;
      }
    }
    EXPECT_EQ(key, refusal.key) << refusal.line;
  }
}

std::string listed(std::string_view findings) {
  std::string list;
  append_findings(list, findings);
  return list;
}

TEST(Findings, AreReadAsTheyWereWritten) {
  using forms::Effect;
  std::vector<forms::Finding> findings{{"health.mood", "worse", Effect::down, std::nullopt},
                                       {"family.size", "increased", Effect::more, 2.0},
                                       {"living.temperature", "18.5", std::nullopt, 18.5},
                                       {"benefits.other", "有},", Effect::up, std::nullopt},
                                       {"benefits.wanted", "},\"", std::nullopt, std::nullopt},
                                       {"benefits.received", "说\"}\\\"有{", std::nullopt, std::nullopt}};
  std::vector<forms::Finding> read = read_findings(write_findings(findings));
  ASSERT_EQ(read.size(), findings.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].indicator, findings[i].indicator);
    EXPECT_EQ(read[i].given, findings[i].given);
    EXPECT_EQ(read[i].effect, findings[i].effect);
    EXPECT_EQ(read[i].number, findings[i].number);
  }
  EXPECT_EQ(listed(write_findings(findings)),
            R"([{"indicator":"health.mood","given":"worse","effect":"down"},)"
            R"({"indicator":"family.size","given":"increased","effect":"more","number":2E0},)"
            R"({"indicator":"living.temperature","given":"18.5","number":1.85E1},)"
            R"({"indicator":"benefits.other","given":"有},","effect":"up"},)"
            R"({"indicator":"benefits.wanted","given":"},\""},)"
            R"({"indicator":"benefits.received","given":"说\"}\\\"有{"}])");
  EXPECT_EQ(listed(write_findings({})), "[]");
  EXPECT_EQ(listed(write_findings({findings[0], {"health.mood", "better", Effect::up, std::nullopt}})),
            R"([{"indicator":"health.mood","given":"better","effect":"up"}])");
  std::string text = write_findings(findings);
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_THROW(listed(text.substr(0, length)), Failure) << length;
  }
  EXPECT_THROW(read_findings("[]"), Failure);
  EXPECT_THROW(listed("[]"), Failure);
}

}  // namespace
}  // namespace tanfang::visits
