#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "forms/forms.h"
#include "forms/forms_reader.h"

namespace tanfang::forms {
namespace {

namespace fs = std::filesystem;
const std::string kSchemes = TANFANG_SOURCE_DIR "/schemes";

std::vector<std::string> errors_of(const std::vector<LintMessage>& messages) {
  std::vector<std::string> found;
  for (const LintMessage& message : messages) found.push_back(std::to_string(message.line) + " " + message.message.en);
  return found;
}

const char* const kHead = "use = \"visit\"\nzh = \"表\"\nen = \"Form\"\ncite = \"一\"\n";

/// The messages of a form whose only section has these fields; the first field stands in line 10.
std::vector<std::string> lint_fields(const std::string& fields) {
  Vocabulary vocabulary;
  vocabulary.indicators = {{"health.mood", {"情绪", "Mood"}, IndicatorKind::status},
                           {"room.temperature", {"室温", "Temperature"}, IndicatorKind::number},
                           {"family.size", {"人口", "Family"}, IndicatorKind::count_change}};
  Scale level{"level", {Option(), Option()}};
  level.options[0].code = "good";
  level.options[0].effect = Effect::good;
  level.options[1].code = "poor";
  level.options[1].effect = Effect::poor;
  vocabulary.scales = {level};
  std::vector<LintMessage> messages;
  Mistakes mistakes("f.toml", messages);
  std::string text =
      std::string(kHead) + "[[section]]\ncode = \"s\"\nzh = \"节\"\nen = \"S\"\nfields = [\n" + fields + "\n]\n";
  Form form = read_form(text, "invented/visit", mistakes);
  resolve_scales(form, vocabulary);
  check_form(form, nullptr, vocabulary, {{"flood"}, {"ability"}, {}, {}}, mistakes);
  return errors_of(messages);
}

std::string field(const std::string& rest, const std::string& code = "a") {
  return "{ code = \"" + code + "\", zh = \"字段\", en = \"Field\"" + (rest.empty() ? "" : ", " + rest) + " },";
}

const std::string kTwo =
    "options = [{ code = \"x\", zh = \"甲\", en = \"X\" }, { code = \"y\", zh = \"乙\", en = \"Y\" }]";
const std::string kLevel = "indicator = \"health.mood\", kind = \"choice\", ";
using Cases = std::vector<std::pair<std::string, std::string>>;

void expect_messages(const Cases& cases) {
  for (const auto& [fields, expected] : cases) {
    std::string found;
    for (const std::string& message : lint_fields(fields)) found += (found.empty() ? "" : ";") + message;
    EXPECT_EQ(found, expected) << fields;
  }
}

TEST(Lint, EachMistakeOfAFieldWithItsLine) {
  expect_messages({
      {field(""), ""},
      {field("colour = \"red\""), "10 unknown key colour"},
      {"{ zh = \"字段\", en = \"Field\" },", "10 code is missing"},
      {"{ code = \"A b\", zh = \"字段\", en = \"Field\" },",
       "10 code A b may hold small letters, digits, _ and . only"},
      {"{ code = \"a\", en = \"Field\" },", "10 Chinese words missing: zh"},
      {"{ code = \"a\", zh = \"字段\" },", "10 English words missing: en"},
      {field("kind = \"colour\""), "10 kind has no value colour"},
      {field("kind = 3"), "10 kind must be a string"},
      {field("") + "\n" + field(""), "11 code a is used twice"},
      {field("kind = \"choice\""), "10 choice and choices need options or a scale, other kinds may not have them"},
      {field(kTwo), "10 choice and choices need options or a scale, other kinds may not have them"},
      {field("kind = \"choice\", list = \"nowhere\""), "10 there is no list nowhere"},
      {field("kind = \"choice\", options = [{ code = \"x\", zh = \"甲\", en = \"X\" }, { code = \"x\", zh = \"乙\", en "
             "= \"Y\" }]"),
       "10 code x is used twice"},
      {field("kind = \"choice\", options = [{ code = \"x\", en = \"X\" }]"), "10 Chinese words missing: zh"},
      {field("kind = \"choice\", options = [{ code = \"x\", zh = \"甲\", en = \"X\", box = \"z\" }]"),
       "10 there is no box z to tick"},
      {field("kind = \"choice\", options = [{ code = \"x\", zh = \"甲\", en = \"X\", blank = \"z\" }]"),
       "10 there is no field z"},
      {field("min = 1"), "10 min and max are for integer and decimal only"},
      {field("kind = \"integer\", min = 3, max = 1"), "10 min is above max"},
      {field("kind = \"integer\", max_length = 3"), "10 max_length is for text and rows only"},
      {field("max_length = 0"), "10 max_length must lie within 1…10000"},
      {field("kind = \"rows\""), "10 rows need columns, other kinds may not have them"},
      {field("kind = \"rows\", columns = [{ code = \"n\", zh = \"名\", en = \"N\", cell = [1, 1, 1] }]"),
       "10 a column of rows may not have rows, indicator or cell"},
  });
}

TEST(Lint, EachMistakeOfAnIndicatorAConditionOrACell) {
  expect_messages({
      {field("prefill = \"nowhere\""), "10 cannot be prefilled from nowhere"},
      {field("prefill = \"visit.date\", required = true"), "10 what the record itself brings need not be required"},
      {field("kind = \"choice\", scale = \"level\""), "10 a scale without an indicator"},
      {field("kind = \"choice\", indicator = \"nowhere\", scale = \"level\""), "10 no indicator knows nowhere"},
      {field(kLevel + "scale = \"level\""), ""},
      {field(kLevel + "scale = \"level\"") + field(kLevel + "scale = \"level\"", "b"),
       "10 indicator health.mood is used twice in the form"},
      {field(kLevel + "scale = \"nowhere\""), "10 there is no scale nowhere"},
      {field(kLevel + "scale = \"level\", options = [{ code = \"good\", zh = \"好\", en = \"G\" }, { code = \"so_so\", "
                      "zh = \"马虎\", en = \"S\" }]"),
       "10 the scale does not cover option so_so"},
      {field("indicator = \"health.mood\""), "10 the field's kind does not fit indicator health.mood"},
      {field("kind = \"choice\", indicator = \"room.temperature\", " + kTwo),
       "10 the field's kind does not fit indicator room.temperature"},
      {field("kind = \"choice\", indicator = \"family.size\", scale = \"level\""),
       "10 the effect of option good does not fit the indicator;10 the effect of option poor does not fit the "
       "indicator"},
      {field("kind = \"choice\", indicator = \"family.size\", options = [{ code = \"x\", zh = \"甲\", en = \"X\", "
             "effect = \"more\" }]"),
       "10 option x needs an integer blank"},
      {field("required_when = { answered = \"z\" }"), "10 there is no field z"},
      {field("required_when = { method = [\"telepathy\"] }"), "10 there is no method telepathy"},
      {field("kind = \"choice\", " + kTwo) + field("required_when = { answer = \"a\", is = [\"q\"] }", "b"),
       "10 field a has no option q"},
      {field("required_when = { is = [\"q\"] }"),
       "10 a condition holds exactly one of answer (with is), answered, fact (with is), method, season, all, any, "
       "none"},
      {field("required_when = { season = [\"flood\"] }"), ""},
      {field("required_when = { any = [{ season = [\"frost\"] }] }"), "10 the scheme has no season frost"},
      {field("required_when = { fact = \"ability\", is = [\"mild\"] }"), ""},
      {field("required_when = { fact = \"agility\", is = [\"mild\"] }"), "10 there is no fact agility"},
      {field("prefill = \"fact.agility\""), "10 there is no fact agility"},
      {field("cell = [1]"), "10 cell must be [row, label columns, answer columns] or with the number of rows behind"},
      {field("cell = [1, 4, 4]"), "5 row 1 of the grid takes 8 columns, not 12"},
      {field("cell = [2, 4, 8]"), "5 row 1 of the grid is missing"},
  });
}

TEST(Lint, MistakesOfTheWholeForm) {
  const std::string kSection = "[[section]]\ncode = \"s\"\nzh = \"节\"\nen = \"S\"\nfields = [" + field("") + "]\n";
  const std::pair<std::string, std::string> kCases[] = {
      {"zh = \"表\"\nen = \"Form\"\ncite = \"一\"\n" + kSection, "1 use is missing"},
      {"use = \"letter\"\nzh = \"表\"\nen = \"Form\"\ncite = \"一\"\n" + kSection, "1 use has no value letter"},
      {"use = \"visit\"\nzh = \"表\"\nen = \"Form\"\n" + kSection, "1 cite is missing"},
      {kHead, "1 the form has no sections"},
      {kHead + std::string("supplement = \"extra\"\n") + kSection, "5 there is no supplement invented/extra"},
      {kHead + kSection + kSection, "10 code s is used twice;14 code a is used twice"},
      {kHead + std::string("[[section]]\ncode = \"s\"\nzh = \"节\"\nen = \"S\"\n"), "5 this section has no fields"},
      {kHead + std::string("[[section]]\ncode = \"s\"\nzh = \"节\"\nen = \"S\"\nblock = \"b\"\nfields = [") +
           field("") + "]\n",
       "5 there is no block b"},
      {kHead + std::string("[[block]]\ncode = \"b\"\nzh = \"块\"\nen = \"B\"\nside = [\"q\"]\n") + kSection,
       "5 there is no field q"},
  };
  for (const auto& [text, expected] : kCases) {
    std::vector<LintMessage> messages;
    Mistakes mistakes("f.toml", messages);
    Form form = read_form(text, "invented/visit", mistakes);
    check_form(form, nullptr, {}, {}, mistakes);
    std::string found;
    for (const std::string& message : errors_of(messages)) found += (found.empty() ? "" : ";") + message;
    EXPECT_EQ(found, expected) << text;
  }
}

TEST(Lint, MistakesOfAVocabulary) {
  const std::pair<std::string, std::string> kCases[] = {
      {"[[indicator]]\ncode = \"a\"\nzh = \"甲\"\nen = \"A\"\n[[indicator]]\ncode = \"a\"\nzh = \"甲\"\nen = \"A\"\n",
       "5 code a is used twice"},
      {"[[indicator]]\ncode = \"a\"\nzh = \"甲\"\nen = \"A\"\nkind = \"smell\"\n", "5 kind has no value smell"},
      {"[[scale]]\ncode = \"s\"\noptions = [{ code = \"x\", zh = \"甲\", en = \"X\", effect = \"good\" }]\n",
       "1 two options are needed at least"},
      {"[[list]]\ncode = \"s\"\noptions = [{ code = \"x\", zh = \"甲\", en = \"X\" },\n{ code = \"y\", zh = \"乙\", en "
       "= \"Y\", effect = \"up\" }]\n",
       "4 an option of a scale needs an effect, one of a list may not have it"},
      {"[[colour]]\ncode = \"red\"\n", "1 unknown key colour"},
  };
  for (const auto& [text, expected] : kCases) {
    std::vector<LintMessage> messages;
    Mistakes mistakes("i.toml", messages);
    Vocabulary vocabulary;
    read_vocabulary(text, vocabulary, mistakes);
    std::string found;
    for (const std::string& message : errors_of(messages)) found += (found.empty() ? "" : ";") + message;
    EXPECT_EQ(found, expected) << text;
  }
}

class TemporarySchemes {
 public:
  TemporarySchemes() : path_(fs::temp_directory_path() / ("tanfang_forms_" + std::to_string(::getpid()))) {
    fs::create_directories(path_ / "invented" / "forms");
  }
  ~TemporarySchemes() { fs::remove_all(path_); }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(path_ / "invented" / file) << text;
  }
  std::string folder() const { return (path_ / "invented").string(); }
  std::string root() const { return path_.string(); }

 private:
  fs::path path_;
};

TEST(Lint, WhatTheSchemeItselfSaysOfFormsAndIndicators) {
  TemporarySchemes schemes;
  schemes.write("scheme.toml", "id = \"other\"\nsupplement = [\n  \"health.reaction\",\n  \"health.reactoin\",\n]\n");
  auto found = [&] { return errors_of(lint(schemes.folder(), kSchemes + "/common")); };
  EXPECT_EQ(found(), std::vector<std::string>{"4 supplement: no indicator knows health.reactoin"});
  schemes.write("scheme.toml", "\nid = \"other\"\n");
  schemes.write(
      "forms/visit.toml",
      std::string(kHead) + "[[section]]\ncode = \"s\"\nzh = \"节\"\nen = \"S\"\nfields = [" + field("", "b") + "]\n");
  ASSERT_EQ(found().size(), 1u);
  EXPECT_TRUE(found()[0].starts_with("2 the ids of forms begin with the folder's name")) << found()[0];
  schemes.write("scheme.toml", "id = \"invented\"\n");
  EXPECT_EQ(found(), std::vector<std::string>{});
}

TEST(Lint, ASchemeOfItsOwnWithItsOwnIndicators) {
  TemporarySchemes schemes;
  schemes.write("forms/visit.toml",
                std::string(kHead) +
                    "supplement = \"extra\"\n[[section]]\ncode = \"s\"\nzh = \"节\"\nen = \"S\"\nfields = [\n" +
                    field("kind = \"choice\", scale = \"moods\", indicator = \"pets.mood\"") + "\n]\n");
  schemes.write(
      "forms/extra.toml",
      "use = \"supplement\"\nzh = \"附\"\nen = \"Extra\"\ncite = \"二\"\n[[section]]\ncode = \"s\"\nzh = \"节\"\nen = "
      "\"S\"\nfields = [" +
          field("", "b") + "]\n");
  std::vector<LintMessage> messages = lint(schemes.folder(), kSchemes + "/common");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].line, 11);
  EXPECT_NE(messages[0].file.find("invented/forms/visit.toml"), std::string::npos);
  try {
    load_catalog({kSchemes, schemes.root()});
    FAIL() << "a catalog with errors was loaded";
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "forms.invalid");
    EXPECT_EQ(problem.fields.size(), 1u);
  }
  schemes.write(
      "indicators.toml",
      "[[indicator]]\ncode = \"pets.mood\"\nzh = \"宠物\"\nen = \"Pets\"\n[[scale]]\ncode = \"moods\"\noptions = [\n"
      "{ code = \"x\", zh = \"欢\", en = \"Glad\", effect = \"good\" },\n{ code = \"y\", zh = \"忧\", en = \"Sad\", "
      "effect = \"poor\" }]\n");
  EXPECT_TRUE(lint(schemes.folder() + "/", kSchemes + "/common").empty());
  Catalog catalog = load_catalog({kSchemes, schemes.root()});
  ASSERT_NE(catalog.find("invented/visit"), nullptr);
  EXPECT_EQ(catalog.supplement_of(*catalog.find("invented/visit")), catalog.find("invented/extra"));
  schemes.write("forms/extra.toml", "use = \"supplement\"\nzh = ");
  EXPECT_FALSE(lint(schemes.folder(), kSchemes + "/common").empty());
}

}  // namespace
}  // namespace tanfang::forms
