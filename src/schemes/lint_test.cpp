// Every mistake is named with its line.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "schemes/scheme_kit.h"

namespace tanfang::schemes {
namespace {

using testing::Folder;
using testing::kSmallScheme;
using testing::lint_lines;

struct Row {
  const char* replace;  // in the small scheme
  const char* with;
  const char* at;  // the line is the one that holds this after the change; empty: line 1
  const char* expected;
};

int line_of(const std::string& text, const std::string& what) {
  if (what.empty()) return 1;
  std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1;
}

class LintTable : public ::testing::TestWithParam<Row> {};

TEST_P(LintTable, NamesLineAndReason) {
  const Row& row = GetParam();
  std::string text = kSmallScheme;
  ASSERT_NE(text.find(row.replace), std::string::npos) << row.replace;
  text.replace(text.find(row.replace), std::string_view(row.replace).size(), row.with);
  Folder folder;
  folder.write("small/scheme.toml", text);
  std::string start = std::to_string(line_of(text, row.at)) + ": ";
  std::string all;
  bool found = false;
  for (const std::string& line : lint_lines(folder.path())) {
    all += line + "\n";
    found = found || (line.starts_with(start) && line.find(row.expected) != std::string::npos);
  }
  EXPECT_TRUE(found) << "expected " << start << row.expected << "\nfound\n" << all;
}

constexpr const char* kTier = "rule = \"living_alone\"\ncite = \"二\"\n";

INSTANTIATE_TEST_SUITE_P(
    Files, LintTable,
    ::testing::Values(
        Row{"title = \"小方案\"", "title = 小方案", "title = 小方案", "error: TOML syntax"},
        Row{"in_force = 2025-01-01", "", "", "in_force is missing"},
        Row{"in_force = 2025-01-01", "in_force = \"soon\"", "soon", "must be a date"},
        Row{"area = \"990101\"", "area = 990101", "area", "must be text in quotes"},
        Row{"area = \"990101\"", "area = \"9901011\"", "area", "must be an area code"},
        Row{"title = ", "titel = ", "titel", "did you mean \"title\"?"},
        Row{"id = \"small-2025\"", "id = \"Small 2025\"", "id", "may hold lower-case letters"},
        Row{"title_en = \"small scheme\"", "", "", "English words are missing (title_en)"},
        Row{"area = \"990101\"", "area = \"990101\"\nbelow_floor = \"ask\"", "below_floor", "must be add or report"},
        Row{"area = \"990101\"", "area = \"990101\"\nfirst_visit_days = 0", "first_visit_days", "out of range 1–366"},
        Row{"cite = \"二\"\n\n[[tier.owed]]\nwindow = \"month\"\nmin",
            "cites = \"二\"\n\n[[tier.owed]]\nwindow = \"month\"\nmin", "cites",
            "unknown key \"cites\"; did you mean \"cite\"?"},
        Row{"id = \"living_alone\"\ncite = \"一\"", "id = \"living_alone\"", "[[category]]",
            "the clause it comes from is missing (cite)"},
        Row{"text = \"重点\"\n", "", "[[tier]]", "the Chinese words are missing (text)"},
        Row{"text_en = \"key\"\n", "", "[[tier]]", "the English words are missing (text_en)"},
        Row{"[[tier]]\nid = \"general\"", "[tier2]\nid = \"general\"", "[tier2]",
            "unknown key \"tier2\"; did you mean \"tier\"?"}));

INSTANTIATE_TEST_SUITE_P(
    Rules, LintTable,
    ::testing::Values(
        Row{kTier, "rule = \"living_alon\"\ncite = \"二\"\n", "living_alon\"\ncite = \"二\"",
            "did you mean \"living_alone\"?"},
        Row{kTier, "rule = \"age >= ability\"\ncite = \"二\"\n", "age >= ability", "is no value of ability"},
        Row{kTier, "rule = \"age\"\ncite = \"二\"\n", "\"age\"", "must come out true or false"},
        Row{kTier, "rule = \"living_alone and\"\ncite = \"二\"\n", "alone and", "ends too early"},
        Row{kTier, "cite = \"二\"\n", "[[tier]]", "rule is missing; only the last tier may go without"},
        Row{kTier, "rule = \"\"\ncite = \"二\"\n", "[[tier]]", "rule is missing"},
        Row{"text_en = \"general\"", "text_en = \"general\"\nrule = \"empty_nest\"", "rule = \"empty_nest\"",
            "is the last tier and takes every eligible person"},
        Row{kTier, "rule = \"false\"\ncite = \"二\"\n", "rule = \"false\"",
            "tier \"key\" is unreachable: its rule can never be true"},
        Row{kTier, "rule = \"age < 60\"\ncite = \"二\"\n", "age < 60",
            "tier \"key\" is unreachable: its rule can never be true"},
        Row{kTier, "rule = \"bedridden and not bedridden\"\ncite = \"二\"\n", "bedridden", "can never be true"},
        Row{kTier, "rule = \"ability = mild and ability = severe\"\ncite = \"二\"\n", "ability", "can never be true"},
        Row{kTier, "rule = \"true\"\ncite = \"二\"\n", "[[tier]]\nid = \"general\"",
            "tier \"general\" is unreachable: whoever fits it"},
        Row{"[[category]]\nid = \"living_alone\"",
            "[[definition]]\nid = \"a\"\ntext = \"甲\"\ntext_en = \"a\"\ncite = \"一\"\nrule = "
            "\"b\"\n[[definition]]\nid = \"b\"\ntext = \"乙\"\ntext_en = \"b\"\ncite = \"一\"\nrule = "
            "\"a\"\n[[category]]\nid = \"living_alone\"",
            "rule = \"a\"", "definitions go in a circle: a → b → a"},
        Row{"[[category]]\nid = \"living_alone\"",
            "[[definition]]\nid = \"a\"\ntext = \"甲\"\ntext_en = \"a\"\ncite = \"一\"\nrule = "
            "\"bedridden\"\n[[category]]\nid = \"living_alone\"",
            "[[definition]]", "warning: definition \"a\" is never used"},
        Row{"id = \"empty_nest\"", "id = \"empty_nests\"\ntext = \"空\"\ntext_en = \"empty\"",
            "[[category]]\nid = \"empty_nests\"", "has no rule, and no definition or yes/no fact has its name"},
        Row{"id = \"empty_nest\"\n", "id = \"empty_nest\"\nrule = \"1 = 2\"\n", "rule = \"1 = 2\"",
            "can never be true"},
        Row{"id = \"empty_nest\"\n", "id = \"empty_nest\"\nrule = \"age < 50 and age > 70\"\n", "rule = \"age < 50",
            "can never be true"},
        Row{"id = \"empty_nest\"", "id = \"living_alone\"", "id = \"living_alone\"\ncite = \"一\"\n\n[[tier]]",
            "stands twice"}));

constexpr const char* kScore =
    "[[score]]\nid = \"items\"\ntext = \"项\"\ntext_en = \"items\"\ncite = \"一\"\n[[score.points]]\nwhen = "
    "\"bedridden\"\npoints = 1\n[[score.points]]\nwhen = \"dementia\"\npoints = 2\n[[tier]]\nid = \"key\"\ntext = "
    "\"重点\"\ntext_en = \"key\"\ncite = \"二\"\nrule = ";

class LintReach : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(LintReach, KnowsWhichTierNobodyIsIn) {
  auto [rule, tier] = GetParam();
  std::string text = kSmallScheme;
  std::string head =
      "[[tier]]\nid = \"key\"\ntext = \"重点\"\ntext_en = \"key\"\nrule = \"living_alone\"\ncite = \"二\"\n";
  text.replace(text.find(head), head.size(), kScore + ("\"" + std::string(rule) + "\"\n"));
  Folder folder;
  folder.write("small/scheme.toml", text);
  std::string found;
  for (const std::string& line : lint_lines(folder.path())) {
    EXPECT_EQ(line.find("is no value"), std::string::npos) << line;
    if (line.find("is unreachable") != std::string::npos)
      found += line.find("\"key\" is") == line.npos ? "general" : "key";
  }
  EXPECT_EQ(found, tier) << rule;
}

INSTANTIATE_TEST_SUITE_P(
    Table, LintReach,
    ::testing::Values(std::pair{"items >= 4", "key"}, std::pair{"items >= 3", ""}, std::pair{"items >= 0", "general"},
                      std::pair{"items > 0", ""}, std::pair{"items + 1 > 4", "key"}, std::pair{"items * 2 > 5", ""},
                      std::pair{"age >= 60", "general"}, std::pair{"age >= 61", ""}, std::pair{"age > 200", "key"},
                      std::pair{"age > 100", ""}, std::pair{"eligible", "general"}, std::pair{"not eligible", "key"},
                      std::pair{"disability_grade > 4", "key"}, std::pair{"disability_grade >= 0", "general"},
                      std::pair{"disability_grade >= 1", ""}, std::pair{"count(children) < 0", "key"},
                      std::pair{"count(children) >= 1", ""}, std::pair{"ability < intact", "key"},
                      std::pair{"ability >= intact", "general"}, std::pair{"ability > mild", ""},
                      std::pair{"living_with is empty and living_with holds spouse", "key"},
                      std::pair{"living_with is empty or living_with holds spouse", ""},
                      std::pair{"not certainly(disability_grade > 4)", "general"},
                      std::pair{"certainly(disability_grade >= 0)", ""}, std::pair{"living_alone or bedridden", ""},
                      std::pair{"living_alone or empty_nest", "general"}, std::pair{"months_since(birth_date) < 0", ""},
                      std::pair{"some c in children: c.disability_grade > 4", "key"},
                      std::pair{"every c in children: c.disability_grade <= 4", "general"}));

INSTANTIATE_TEST_SUITE_P(
    Parts, LintTable,
    ::testing::Values(
        Row{"window = \"month\"\nmin", "window = \"fortnight\"\nmin", "fortnight", "there is no window \"fortnight\""},
        Row{"window = \"month\"\nmin = \"key_visits\"", "window = \"interval\"", "[[tier.owed]]", "needs days"},
        Row{"window = \"month\"\nmin = \"key_visits\"", "window = \"interval\"\ndays = 0", "days = 0",
            "out of range 1–366"},
        Row{"window = \"month\"\nmin = \"key_visits\"", "window = \"after_event\"\nhours = 24", "[[tier.owed]]",
            "needs event and hours"},
        Row{"window = \"month\"\nmin = \"key_visits\"", "window = \"after_event\"\nhours = 24\nevent = \"fall\"",
            "event = \"fall\"", "event \"fall\" is not declared in [[event]]"},
        Row{"min = \"key_visits\"", "days = 3", "days = 3", "belongs to window = \"interval\" only"},
        Row{"min = \"key_visits\"", "min = 0", "min = 0", "out of range 1–366"},
        Row{"min = \"key_visits\"", "min = \"keyvisits\"", "min = \"keyvisits\"", "did you mean \"key_visits\"?"},
        Row{"methods = [\"home\"]", "methods = [\"letter\"]", "letter", "there is no method \"letter\""},
        Row{"methods = [\"home\"]", "", "[[tier.owed]]", "no methods; write methods here or [[method]]"},
        Row{"methods = [\"home\"]", "[[tier.owed.method]]\nwhen = \"bedridden\"\nmethods = [\"home\"]\ncite = \"一\"",
            "when = \"bedridden\"", "must have no when"},
        Row{"methods = [\"home\"]", "[[tier.owed.method]]\nmark = \"asked\"\nmethods = [\"home\"]\ncite = \"一\"",
            "mark = \"asked\"", "mark \"asked\" is not declared in [[mark]]"},
        Row{"[[tier.owed]]\nwindow = \"month\"\nmin = \"key_visits\"\nmethods = [\"home\"]\n", "", "[[tier]]",
            "nothing is owed"},
        Row{"default = 2", "default = 9", "default", "out of the range"},
        Row{"default = 2", "", "[[setting]]", "default is missing"},
        Row{"min = \"key_visits\"", "min = 1", "[[setting]]", "warning: setting \"key_visits\" is never used"},
        Row{"[[setting]]", "[[fact]]\nid = \"age\"\ntype = \"int\"\ntext = \"年龄\"\ntext_en = \"age\"\n[[setting]]",
            "id = \"age\"", "is the name of a common definition"},
        Row{"[[setting]]", "[[fact]]\nid = \"willing\"\ntype = \"bool\"\ntext = \"愿\"\ntext_en = \"w\"\n[[setting]]",
            "id = \"willing\"", "is in the common vocabulary already"},
        Row{"[[setting]]",
            "[[fact]]\nid = \"stairs\"\ntype = \"number\"\ntext = \"楼\"\ntext_en = \"stairs\"\n[[setting]]",
            "type = \"number\"", "there is no type \"number\""},
        Row{"[[setting]]", "[[fact]]\nid = \"lift\"\ntype = \"choice\"\ntext = \"梯\"\ntext_en = \"lift\"\n[[setting]]",
            "[[fact]]", "values = [{id, text, text_en}"},
        Row{"[[setting]]", "[[fact]]\nid = \"lift\"\ntype = \"bool\"\ntext = \"梯\"\ntext_en = \"lift\"\n[[setting]]",
            "id = \"lift\"", "warning: fact \"lift\" is never used"},
        Row{"[[setting]]", "[[fact]]\nid = \"count\"\ntype = \"bool\"\ntext = \"数\"\ntext_en = \"count\"\n[[setting]]",
            "id = \"count\"", "is a word of the rule language"},
        Row{"[[setting]]", "[[event]]\nid = \"fall\"\ntext = \"跌\"\ntext_en = \"fall\"\n[[setting]]", "id = \"fall\"",
            "warning: event \"fall\" is never used"},
        Row{"[[setting]]", "[[festival]]\nid = \"fair\"\ntext = \"会\"\ntext_en = \"fair\"\n[[setting]]",
            "[[festival]]", "no date; give exactly one of"},
        Row{"[[setting]]",
            "[[festival]]\nid = \"fair\"\ntext = \"会\"\ntext_en = \"fair\"\nlunar = \"13-1\"\n[[setting]]",
            "lunar = \"13-1\"", "unreadable date"},
        Row{"[[setting]]", "[rounds]\nfestivals = [\"fair\"]\ncite = \"三\"\n[[setting]]", "festivals",
            "give it a date in [[festival]]"},
        Row{"[[setting]]", "[due]\nday = 32\ncite = \"三\"\n[[setting]]", "day = 32", "out of range 1–31"},
        Row{"[[setting]]",
            "[[season]]\nid = \"wet\"\ntext = \"雨\"\ntext_en = \"wet\"\nfrom = \"6-31\"\nto = \"07-31\"\ncite = "
            "\"三\"\n[[setting]]",
            "6-31", "must be written as"},
        Row{"[[setting]]", "[[score]]\nid = \"risk\"\ntext = \"险\"\ntext_en = \"risk\"\ncite = \"三\"\n[[setting]]",
            "[[score]]", "[[score.points]] are missing"},
        Row{"[[setting]]",
            "[[score]]\nid = \"risk\"\ntext = \"险\"\ntext_en = \"risk\"\ncite = \"三\"\n[[score.points]]\nwhen = "
            "\"bedriden\"\npoints = 3\n[[setting]]",
            "when = \"bedriden\"", "did you mean \"bedridden\"?"}));

constexpr const char* kTwoEvents =
    "[[event]]\nid = \"fall\"\ntext = \"跌\"\ntext_en = \"fall\"\n[[event]]\n# again\nid = \"fall\"\ntext = "
    "\"跌\"\ntext_en = \"fall\"\n[[setting]]";
constexpr const char* kTwoMarks =
    "[[mark]]\nid = \"asked\"\ntext = \"问\"\ntext_en = \"asked\"\n[[mark]] # again\nid = \"asked\"\ntext = "
    "\"问\"\ntext_en = \"asked\"\n[[setting]]";
constexpr const char* kKnownFestival =
    "[[festival]]\nid = \"qixi\"\ntext = \"七夕\"\ntext_en = \"qixi\"\nlunar = \"7-7\"\n[[setting]]";

INSTANTIATE_TEST_SUITE_P(
    Slips, LintTable,
    ::testing::Values(
        Row{"area = \"990101\"", "area = \"990101\"\nuntil = 2024-12-31", "until", "until is before in_force"},
        Row{"area = \"990101\"", "area = \"990101\"\nnational_floor = true", "area", "leave area out"},
        Row{"methods = [\"home\"]", "methods = []", "methods = []", "methods are empty"},
        Row{"methods = [\"home\"]",
            "[[tier.owed.method]]\nmethods = [\"home\"]\ncite = \"一\"\n[[tier.owed.method]]\nmethods = "
            "[\"phone\"]\ncite = \"一\"",
            "[[tier.owed.method]]", "without when is never used; put it last"},
        Row{"[[setting]]", kTwoEvents, "id = \"fall\"\ntext = \"跌\"\ntext_en = \"fall\"\n[[setting]]",
            "event \"fall\" stands twice; see line 7"},
        Row{"[[setting]]", kTwoMarks, "id = \"asked\"\ntext = \"问\"\ntext_en = \"asked\"\n[[setting]]",
            "mark \"asked\" stands twice"},
        Row{"[[setting]]", kKnownFestival, "id = \"qixi\"", "is a known one; take another id"},
        Row{"id = \"key_visits\"", "id = \"bedridden\"", "id = \"bedridden\"",
            "is the name of a fact; take another name"},
        Row{"[[setting]]",
            "[[fact]]\nid = \"floor\"\ntype = \"int\"\nmin = 9\nmax = 1\ntext = \"楼\"\ntext_en = "
            "\"floor\"\n[[setting]]",
            "min = 9", "min is greater than max"},
        Row{"[[setting]]",
            "[[fact]]\nid = \"lift\"\ntype = \"choice\"\ntext = \"梯\"\ntext_en = \"lift\"\nvalues = [{id = \"no\", "
            "text = \"无\", text_en = \"no\"}, {id = \"no\", text = \"无\", text_en = \"no\"}]\n[[setting]]",
            "values", "value \"no\" stands twice"},
        Row{"min = \"key_visits\"", "min = 1.5", "min = 1.5", "min must be a whole number"},
        Row{kTier, "rule = \"falls_in_year > 1\"\ncite = \"二\"\n", "falls_in_year", "no fact, definition"},
        Row{"[[setting]]", "[rounds]\nfestivals = [\"qixi\", \"qixi\"]\ncite = \"三\"\n[[setting]]", "festivals",
            "festival \"qixi\" is listed twice"},
        Row{"[[setting]]",
            "[[setting]]\nid = \"from\"\ndefault = \"mild\"\nvalues = [\"mild\", \"sever\"]\ntext = \"起\"\ntext_en = "
            "\"from\"\ncite = \"一\"\n[[definition]]\nid = \"weak\"\ntext = \"弱\"\ntext_en = \"weak\"\ncite = "
            "\"一\"\nrule = \"ability >= from\"\n[[setting]]",
            "values = [\"mild\"", "values: \"sever\" is no value of ability"}));

constexpr const char* kOwedTwice =
    "[\"home\"]\n\n[[tier.owed]]\n# again\nwindow = \"month\"\nmin = \"key_visits\"\nmethods = [\"home\"]";
constexpr const char* kWhenTwice =
    "[[tier.owed.method]]\nwhen = \"bedridden\"\nmethods = [\"home\"]\ncite = \"一\"\n[[tier.owed.method]]\n"
    "when = \"bedridden\" # again\nmethods = [\"phone\"]\ncite = \"一\"\n[[tier.owed.method]]\nmethods = "
    "[\"phone\"]\ncite = \"一\"";
constexpr const char* kScoreWithAMistake =
    "[[score]]\nid = \"risk\"\ntext = \"险\"\ntext_en = \"risk\"\ncite = \"三\"\n[[score.points]]\nwhen = "
    "\"bedridden\"\npoints = \"bedridden\"\n[[setting]]";

INSTANTIATE_TEST_SUITE_P(
    Doubles, LintTable,
    ::testing::Values(
        Row{"[[setting]]",
            "[[fact]]\nid = \"lift\"\ntype = \"bool\"\nordered = true\ntext = \"梯\"\ntext_en = \"lift\"\n[[setting]]",
            "ordered = true", "error: [[fact]] lift: ordered belongs to the type choice only"},
        Row{"[[setting]]",
            "[[fact]]\nid = \"lift\"\ntype = \"bool\"\nmax = 3\ntext = \"梯\"\ntext_en = \"lift\"\n[[setting]]",
            "max = 3", "max belongs to the type int only"},
        Row{"methods = [\"home\"]", "methods = [\"home\", \"home\"]", "methods = [\"home\", \"home\"]",
            "error: [[tier.owed]] of key: method \"home\" stands twice"},
        Row{"[\"home\"]", kOwedTwice, "[[tier.owed]]\n# again",
            "error: [[tier]] key: the same is owed twice; see line 31"},
        Row{"methods = [\"home\"]", kWhenTwice, "when = \"bedridden\" # again", "this when stands twice, see line 35"},
        Row{"[[setting]]", kScoreWithAMistake, "points = \"bedridden\"", "error: score risk"},
        Row{"id = \"empty_nest\"\n", "id = \"empty_nest\"\nrule = true\n", "rule = true",
            "warning: [[category]] empty_nest: the rule always holds"},
        Row{"id = \"empty_nest\"\n", "id = \"empty_nest\"\nrule = \"bedridden or not bedridden or 1 = 1\"\n",
            "rule = \"bedridden or not", "the rule always holds"},
        Row{"[[setting]]", "[eligible]\nrule = \"age >= 60\"\ncite = \"一\"\n[[setting]]", "rule = \"age >= 60\"",
            "warning: [eligible]: the rule always holds"},
        Row{"text_en = \"general\"", "text_en = \"general\"\nrule = true", "rule = true",
            "warning: [[tier]] general: the rule always holds"},
        Row{"min = \"key_visits\"", "min = \"key_visits\"\nwhen = true", "when = true",
            "[[tier.owed]] when: the rule always holds"}));

INSTANTIATE_TEST_SUITE_P(Floor, LintTable,
                         ::testing::Values(Row{"title = ", "title = ", "",
                                               "warning: below the national floor: impaired (impaired) is left out"},
                                           Row{"window = \"month\"\nmethods = [\"home\", \"phone\"]",
                                               "window = \"quarter\"\nmethods = [\"home\", \"phone\"]",
                                               "[[tier]]\nid = \"general\"",
                                               "warning: below the national floor: tier \"general\""},
                                           Row{"title = ", "title = ", "", "warning: there is no case table"}));

TEST(Lint, NamesHigherTierThatTakesAll) {
  std::string text = kSmallScheme;
  std::string middle =
      "[[tier]]\nid = \"middle\"\ntext = \"次\"\ntext_en = \"middle\"\nrule = \"living_alone and bedridden\"\ncite = "
      "\"二\"\n[[tier.owed]]\nwindow = \"month\"\nmethods = [\"home\"]\n\n";
  text.insert(text.find("[[tier]]\nid = \"general\""), middle);
  Folder folder;
  folder.write("scheme.toml", text);
  std::vector<std::string> lines = lint_lines(folder.path());
  std::string expected =
      std::to_string(line_of(text, "rule = \"living_alone and bedridden\"")) +
      ": error: tier \"middle\" is unreachable: whoever fits it is already in the higher tier \"key\"";
  EXPECT_NE(std::find(lines.begin(), lines.end(), expected), lines.end());
}

}  // namespace
}  // namespace tanfang::schemes
