// Lines in, lines out.
#include "app/commands/classify_lines.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "platform/json/json.h"

namespace tanfang::app {
namespace {

struct Row {
  const char* line;
  const char* id;
  const char* code;  // empty: answered
  const char* field = "";
};

class ClassifyLines : public ::testing::TestWithParam<Row> {};

TEST_P(ClassifyLines, AnswerOrSayWhatIsWrong) {
  const Row& row = GetParam();
  static const schemes::SchemeSet set = schemes::SchemeSet::load(TANFANG_SOURCE_DIR);
  LineClassifier classifier(set, "luzhou-2023", *Date::parse("2025-06-01"));
  std::string out;
  bool answered = classifier.answer(row.line, out);
  ASSERT_EQ(out.back(), '\n');
  boost::json::value value = json::parse(out);
  EXPECT_EQ(boost::json::serialize(value.at("id")), row.id);
  EXPECT_EQ(answered, std::string_view(row.code).empty());
  if (answered) {
    EXPECT_EQ(value.at("scheme").as_string(), "luzhou-2023");
    for (const char* key : {"version", "eligible", "categories", "possible_categories", "tier", "possible_tiers",
                            "missing", "obligations", "because"}) {
      EXPECT_TRUE(value.as_object().contains(key)) << key;
    }
    for (const boost::json::value& reason : value.at("because").as_array()) {
      for (const char* key : {"rule", "cite", "text", "text_en"}) EXPECT_TRUE(reason.as_object().contains(key));
    }
    return;
  }
  EXPECT_EQ(value.at("error").at("code").as_string(), row.code);
  EXPECT_EQ(value.at("error").at("field").as_string(), row.field);
  EXPECT_FALSE(value.at("error").at("text").as_string().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, ClassifyLines,
    ::testing::Values(Row{R"({"id":"a","on":"2025-06-01","facts":{}})", "\"a\"", ""},
                      Row{R"({"id":7,"facts":{"willing":null},"scheme":"x","expect":{}})", "7", ""},
                      Row{R"({"facts":{"ability":"severe","birth_date":"1940-01-01"}})", "null", ""},
                      Row{R"({"id":18446744073709551615,"facts":{}})", "18446744073709551615", ""},
                      Row{R"({"id":123456789012345678901234567890,"facts":{}})", "null", "line.id", "id"},
                      Row{R"({"id":["a",{"b":-18446744073709551616}],"facts":{}})", "null", "line.id", "id"},
                      Row{"{", "null", "json.malformed"}, Row{"[]", "null", "line.not_object"},
                      Row{R"({"id":1,"id":2,"facts":{}})", "null", "json.duplicate_key", "id"},
                      Row{R"({"id":1,"on":"2025-02-29","facts":{}})", "1", "fact.date", "on"},
                      Row{R"({"id":1,"on":20250601,"facts":{}})", "1", "fact.date", "on"},
                      Row{R"({"id":1})", "1", "fact.type", "facts"},
                      Row{R"({"id":1,"facts":[]})", "1", "fact.type", "facts"},
                      Row{R"({"id":1,"facts":{"shoe_size":43}})", "1", "fact.unknown", "facts.shoe_size"},
                      Row{R"({"id":1,"facts":{"children":[{"alive":3}]}})", "1", "fact.type",
                          "facts.children[0].alive"},
                      Row{R"({"id":1,"facts":{"birth_date":"19400101"}})", "1", "fact.date", "facts.birth_date"}));

TEST(ClassifyLines, RefuseALineThatIsTooLong) {
  schemes::SchemeSet set = schemes::SchemeSet::load(TANFANG_SOURCE_DIR);
  LineClassifier classifier(set, "luzhou-2023", Date());
  std::string out;
  EXPECT_FALSE(classifier.answer("{\"id\":\"" + std::string(2u << 20, 'x') + "\"}", out));
  EXPECT_NE(out.find("line.too_long"), std::string::npos);
}

}  // namespace
}  // namespace tanfang::app
