#include "platform/json/json.h"

#include <gtest/gtest.h>

#include <boost/json/value.hpp>

#include "base/problem.h"

namespace tanfang::json {
namespace {

std::string code_of(std::string_view text) {
  try {
    parse(text);
    return "";
  } catch (const Problem& problem) {
    return problem.code;
  }
}

TEST(Json, ReadsValues) {
  boost::json::value value = parse(R"( {"a":[1,2.5,"王",null,true,{"a":1}],"b":{}} )");
  EXPECT_EQ(value.at("a").as_array().size(), 6u);
  EXPECT_EQ(value.at("a").as_array()[0].as_int64(), 1);
  EXPECT_EQ(value.at("a").as_array()[2].as_string(), "王");
}

TEST(Json, WritesWhatItRead) {
  const std::string text = R"({"a":[1,-2.5E-7,18446744073709551615,"王\"",null,true,false,{}],"":[],"b":{"c":"\b\f\n\u0001"}})";
  std::string out = "before ";
  append(out, parse(text));
  EXPECT_EQ(out, "before " + text);
}

TEST(Json, RefusesWhatIsNotOneDocument) {
  EXPECT_EQ(code_of(""), "json.malformed");
  EXPECT_EQ(code_of("{"), "json.malformed");
  EXPECT_EQ(code_of("{} {}"), "json.malformed");
  EXPECT_EQ(code_of("{\"a\":1,}"), "json.malformed");
  EXPECT_EQ(code_of("{a:1}"), "json.malformed");
  EXPECT_EQ(code_of("[NaN]"), "json.malformed");
  EXPECT_EQ(code_of("\"\xC0\x80\""), "json.malformed");
}

TEST(Json, RefusesDuplicateKeysOfOneObjectOnly) {
  EXPECT_EQ(code_of(R"({"a":1,"a":2})"), "json.duplicate_key");
  EXPECT_EQ(code_of(R"({"a":1,"\u0061":2})"), "json.duplicate_key");
  EXPECT_EQ(code_of(R"([{"x":{"a":1}},{"x":{"b":1,"c":{},"b":2}}])"), "json.duplicate_key");
  EXPECT_EQ(code_of(R"({"a":{"a":{"a":1}},"b":{"a":1}})"), "");
}

TEST(Json, RefusesDuplicateKeysOfLargeObjects) {
  std::string text = "{";
  for (int i = 0; i < 200; ++i) text += "\"k" + std::to_string(i) + "\":{\"a\":1},";
  EXPECT_EQ(code_of(text + "\"z\":1}"), "");
  EXPECT_EQ(code_of(text + "\"k7\":1}"), "json.duplicate_key");
  EXPECT_EQ(code_of(R"({"":1,"":2})"), "json.duplicate_key");
}

TEST(Json, RefusesNumbersThatNoDoubleHolds) {
  EXPECT_EQ(code_of(R"({"id":1e400})"), "json.number_too_large");
  EXPECT_EQ(code_of("[-1e400]"), "json.number_too_large");
  EXPECT_EQ(code_of(R"(["a\u0000b"])"), "json.nul");
  EXPECT_EQ(code_of(R"({"a\u0000":1})"), "json.nul");
}

TEST(Json, RefusesDepth) {
  EXPECT_EQ(code_of(std::string(33, '[') + std::string(33, ']')), "json.too_deep");
  EXPECT_EQ(code_of(std::string(31, '[') + std::string(31, ']')), "");
}

TEST(Json, QuotesText) {
  std::string out;
  append_quoted(out, "a\"\\\n\x01王");
  EXPECT_EQ(out, "\"a\\\"\\\\\\n\\u0001王\"");
}

TEST(Json, QuotesWhatItReads) {
  for (int place = 0; place < 40; ++place) {
    for (char odd : {'"', '\\', '\n', '\x1f', '\x7f', 'x'}) {
      std::string text = "独居老人 living alone 每月一次 abcdefgh";
      text.insert(text.begin() + (place < 12 ? place / 3 * 3 : 16), odd);
      std::string quoted;
      append_quoted(quoted, text);
      EXPECT_EQ(parse(quoted).as_string(), text);
    }
  }
}

}  // namespace
}  // namespace tanfang::json
