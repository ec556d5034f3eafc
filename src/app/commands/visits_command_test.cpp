// `tanfang visits` from the outside: lines in, answers out in the order of the lines.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "app/command_line.h"
#include "app/commands/visit_recording.h"
#include "app/test_program.h"
#include "base/citizen_number.h"
#include "platform/db/test_database.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;
const std::string kCounty = "510521";

class VisitsCommandTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    surroundings_.data_folder = database_.folder().file("data");
    if (GetParam() == "postgresql") surroundings_.database_address = database_.address();
    surroundings_.now_text = "2024-05-31T18:00";
    surroundings_.write([&](audit::Work& work) { register_people(work); });
  }

  void register_people(audit::Work& work) {
    std::vector<registry::PersonStatement> statements(3);
    for (int i = 0; i < 3; ++i) {
      std::string number = kCounty + "19400302" + std::to_string(101 + 2 * i);
      statements[i].citizen_number = numbers_.emplace_back(number + citizen_number_check(number));
      statements[i].birth_date = *Date::parse("1940-03-02");
      statements[i].name = "张三";
      statements[i].area = kCounty + "100201";
      statements[i].facts = {{"children", "[]"}, {"living_with", "[]"}, {"has_spouse", "false"}};
    }
    registry::Terms terms{kCounty, registry::Source::ledger, "", work.today(), *Date::parse("2024-01-01"), "test"};
    for (const auto& one : registry::register_people(work, classifier_, terms, statements)) {
      people_.push_back(one.person);
    }
  }

  std::string line(const std::string& key, int person, const std::string& day, const std::string& mood = "unchanged") {
    return fmt::format(
        R"({{"key":"{}","person":{{"citizen_number":"{}"}},"visitor":"王敏","method":"home",)"
        R"("started_at":"{}T09:00","ended_at":"{}T09:20","outcome":"met","form":"luzhou-2023/visit","answers":{{)"
        R"("family_size":"unchanged","expression":"unchanged","mobility":"unchanged","disease":"unchanged",)"
        R"("mood":"{}","gas":"safe","plumbing_heating":"safe","electricity":"safe","personal_hygiene":"unchanged",)"
        R"("home_hygiene":"unchanged","indoor":"unchanged"}}}})",
        key, numbers_.at(person), day, day, mood);
  }

  std::vector<js::object> answers(const std::string& lines, int writers = 32) {
    std::istringstream in(lines);
    std::FILE* out = std::tmpfile();
    VisitRecording(surroundings_, ground_, kCounty, writers).run(in, out);
    std::rewind(out);
    std::string text;
    for (int c = std::fgetc(out); c != EOF; c = std::fgetc(out)) text.push_back(static_cast<char>(c));
    std::fclose(out);
    std::vector<js::object> found;
    std::istringstream printed(text);
    for (std::string one; std::getline(printed, one);) found.push_back(js::parse(one).as_object());
    return found;
  }
  static std::string status_of(const js::object& answer) { return std::string(answer.at("status").as_string()); }
  static std::string code_of(const js::object& answer) {
    const js::array& problems = answer.at("problems").as_array();
    return problems.empty() ? "" : std::string(problems.front().as_object().at("code").as_string());
  }

  db::TestDatabase database_{GetParam(), db::TestDatabase::Schema::empty};
  Surroundings surroundings_;
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
  planning::Policies policies_{classifier_};
  forms::Catalog forms_ = forms::load_catalog({TANFANG_SOURCE_DIR "/schemes"});
  visits::Ground ground_{classifier_, policies_, forms_};
  std::vector<std::string> numbers_;
  std::vector<registry::PersonKey> people_;
};
TANFANG_ON_EACH_ENGINE(VisitsCommandTest);

TEST_P(VisitsCommandTest, TheHelpShowsALine) {
  Answer help = run_program(surroundings_.data_folder, "2024-05-31T18:00", {"visits", "record", "--help"});
  for (const char* key :
       {"\"person\":{\"id\":", "citizen_number", "started_at", "not_home", "answers", "\"problems\":"}) {
    EXPECT_NE(help.out.find(key), std::string::npos) << key;
  }
}

TEST_P(VisitsCommandTest, AnswersComeInTheOrderOfTheLinesAndBadLinesAreRefusedInPlace) {
  std::string lines;
  for (int i = 0; i < 120; ++i)
    lines += line(fmt::format("k{}", i), i % 3, fmt::format("2024-05-{:02}", 1 + i % 30)) + "\n";
  lines += "{\"key\":\n";
  lines += "\n";
  lines += line("k7", 7 % 3, "2024-05-08") + "\n";
  lines += line("k8", 0, "2024-05-01") + "\n";
  lines += line("old", 0, "2014-05-01") + "\n";
  lines += std::string(3u << 20, 'x') + "\n";
  lines += line("last", 1, "2024-05-30");
  std::vector<js::object> found = answers(lines);
  ASSERT_EQ(found.size(), 126u);
  for (int i = 0; i < 120; ++i) {
    EXPECT_EQ(found[i].at("key").as_string(), fmt::format("k{}", i));
    EXPECT_EQ(status_of(found[i]), "recorded") << js::serialize(found[i]);
  }
  EXPECT_EQ(code_of(found[120]), "json.malformed");
  EXPECT_TRUE(found[120].at("id").is_null());
  EXPECT_EQ(status_of(found[121]), "repeated");
  EXPECT_EQ(found[121].at("id"), found[7].at("id"));
  EXPECT_EQ(code_of(found[122]), "visit.key_reused");
  EXPECT_EQ(code_of(found[123]), "visit.too_old");
  EXPECT_EQ(code_of(found[124]), "visit.line_too_long");
  EXPECT_EQ(status_of(found[125]), "recorded");
}

TEST_P(VisitsCommandTest, LinesOfOneKeyAreTakenOneAfterAnother) {
  std::string lines;
  for (int i = 0; i < 60; ++i)
    lines += line(fmt::format("k{}", i / 3), 0, i % 3 == 2 ? "2024-05-02" : "2024-05-01") + "\n";
  std::vector<js::object> found = answers(lines);
  ASSERT_EQ(found.size(), 60u);
  for (int i = 0; i < 60; i += 3) {
    EXPECT_EQ(status_of(found[i]), "recorded");
    EXPECT_EQ(status_of(found[i + 1]), "repeated");
    EXPECT_EQ(code_of(found[i + 2]), "visit.key_reused");
  }
}

TEST_P(VisitsCommandTest, WritersAtOnceLeaveTheSameStatusesAsOneAfterAnother) {
  std::string lines;
  for (int i = 0; i < 30; ++i) {
    lines +=
        line(fmt::format("k{}", i), 0, fmt::format("2024-05-{:02}", 30 - i), i % 3 == 0 ? "worse" : "better") + "\n";
  }
  answers(lines);
  std::int64_t wrong = -1;
  surroundings_.write([&](audit::Work& work) { wrong = visits::recount_statuses(work, kCounty, false); });
  EXPECT_EQ(wrong, 0);
  surroundings_.database().read([&](db::Session& session) {
    EXPECT_EQ(visits::load_status_changes(session, people_[0]).back().after, forms::Status::good);
  });
}

TEST_P(VisitsCommandTest, AFailureStopsTheStreamAndIsThrown) {
  surroundings_.database().run_script("drop table status_changes");
  EXPECT_THROW(answers(line("k1", 0, "2024-05-01") + "\n"), std::exception);
}

class VisitsWordsTest : public VisitsCommandTest {
 protected:
  Answer tanfang(std::vector<std::string> words) {
    return run_program(surroundings_.data_folder, "2024-05-31T18:00", std::move(words));
  }
};
INSTANTIATE_TEST_SUITE_P(On, VisitsWordsTest, testing::Values("sqlite"));

TEST_P(VisitsWordsTest, ShowListStrikeAndRecount) {
  std::vector<js::object> found = answers(line("k1", 0, "2024-05-01", "worse") + "\n" + line("k2", 1, "2024-05-02"));
  std::string id(found[0].at("id").as_string());
  std::string person = format_id(people_[0].id);

  js::object shown = js::parse(tanfang({"visits", "show", "--county", kCounty, "--visit", id}).out).as_object();
  EXPECT_EQ(shown.at("person").as_string(), person);
  EXPECT_FALSE(shown.contains("answers"));
  shown = js::parse(tanfang({"visits", "show", "--county", kCounty, "--visit", id, "--reason", "核对记录"}).out)
              .as_object();
  EXPECT_EQ(shown.at("answers").as_object().at("mood").as_string(), "worse");
  EXPECT_EQ(tanfang({"visits", "show", "--county", kCounty, "--visit", format_id(Id{5})}).code, kRefused);
  EXPECT_EQ(tanfang({"visits", "show", "--county", "51", "--visit", id}).code, kUsage);

  std::string statuses = tanfang({"--json", "visits", "statuses", "--person", person}).out;
  EXPECT_NE(statuses.find(R"({"indicator":"mind.mood","status":"poor","before":"unknown")"), std::string::npos);
  std::string month = tanfang({"visits", "list", "--county", kCounty, "--month", "2024-05"}).out;
  EXPECT_EQ(std::count(month.begin(), month.end(), '\n'), 2);
  EXPECT_EQ(tanfang({"visits", "strike", "--county", kCounty, "--visit", id, "--reason", "抽查未到访"}).code, kDone);
  EXPECT_NE(tanfang({"visits", "list", "--citizen-number", numbers_[0]}).out.find("struck out"), std::string::npos);
  EXPECT_EQ(tanfang({"visits", "list", "--person", "nobody"}).code, kRefused);
  EXPECT_EQ(tanfang({"visits", "list", "--county", kCounty}).code, kUsage);
  EXPECT_EQ(tanfang({"--json", "visits", "recount", "--county", kCounty}).out, "{\"wrong\":0}\n");
}

}  // namespace
}  // namespace tanfang::app
