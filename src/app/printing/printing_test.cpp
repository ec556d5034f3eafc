// What stands on paper of a person and a record, on both databases.
#include "app/printing/printing.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/command_line.h"
#include "app/test_program.h"
#include "base/citizen_number.h"
#include "base/text.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

const std::string kCounty = "510521";
const std::string kReason = "归档所需";

std::string text_of(const std::string& pdf) {
  std::filesystem::path file = std::filesystem::temp_directory_path() / fmt::format("printing-{}.pdf", ::getpid());
  std::ofstream(file, std::ios::binary) << pdf;
  std::string text;
  if (std::FILE* pipe = ::popen(("pdftotext -raw " + file.string() + " -").c_str(), "r")) {
    std::array<char, 4096> part{};
    for (std::size_t size = 0; (size = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
      text.append(part.data(), size);
    ::pclose(pipe);
  }
  std::filesystem::remove(file);
  return without_spaces(text);
}

class PrintingTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    surroundings_.data_folder = database_.folder().file("data");
    if (GetParam() == "postgresql") surroundings_.database_address = database_.address();
    surroundings_.now_text = "2024-05-31T18:00";
    surroundings_.write([&](audit::Work& work) { register_person(work); });
  }

  void register_person(audit::Work& work) {
    registry::PersonStatement statement;
    std::string number = kCounty + "19400302101";
    statement.citizen_number = number_ = number + citizen_number_check(number);
    statement.birth_date = *Date::parse("1940-03-02");
    statement.name = "欧阳秀英";
    statement.area = kCounty + "100201";
    statement.phone = "13800138000";
    statement.address = "大亨村三组二十八号";
    statement.contacts = {{"emergency", "王敏", "13900139000", "女儿", ""}};
    statement.household = {{"欧阳秀英", "本人", "female", "", "一般", "low_income"}};
    statement.facts = {{"children", "[]"}, {"living_with", "[]"}, {"has_spouse", "false"}, {"ability", "\"complete\""}};
    registry::Terms terms{kCounty, registry::Source::ledger, "", work.today(), *Date::parse("2024-01-01"), "test"};
    person_ = registry::register_people(work, classifier_, terms, std::vector{statement}).front().person.id;
  }

  Id record(const std::string& key, const std::string& form, const std::string& day, const std::string& answers) {
    std::string named;
    visits::VisitEntry entry = visits::read_entry(
        fmt::format(R"({{"key":"{}","person":{{"citizen_number":"{}"}},"visitor":"刘芳","method":"home",)"
                    R"("started_at":"{}T09:00","ended_at":"{}T09:20","outcome":"met","form":"{}","answers":{}}})",
                    key, number_, day, day, form, answers),
        named);
    visits::PreparedVisit prepared;
    surroundings_.database().read([&](db::Session& session) {
      prepared = visits::prepare_visit(session, visits_, surroundings_.keys(), surroundings_.ids(), surroundings_.now(),
                                       kCounty, entry);
    });
    Id id;
    surroundings_.write([&](audit::Work& work) { id = visits::record_visit(work, visits_, prepared).id; });
    return id;
  }

  Id record_at_luzhou(const std::string& key, const std::string& day) {
    return record(
        key, "luzhou-2023/visit", day,
        R"({"family_size":"increased","family_increase":2,"expression":"unchanged","mobility":"unchanged",)"
        R"("disease":"severe","disease_name":"高血压","mood":"better","gas":"safe","plumbing_heating":"safe",)"
        R"("electricity":"unsafe","personal_hygiene":"unchanged","home_hygiene":"unchanged",)"
        R"("indoor":"unchanged","reaction":"worse"})");
  }

  std::vector<audit::Entry> prints() {
    std::vector<audit::Entry> found;
    surroundings_.database().read([&](db::Session& session) {
      found = audit::list(session, {kCounty, "form_printed", std::nullopt, 100});
    });
    return found;
  }

  std::string print_person_as(const std::string& form, const std::string& reason) {
    Print print;
    surroundings_.write([&](audit::Work& work) {
      print = print_person(work, ground_, {kCounty, person_}, form, reason, 1);
    });
    return text_of(draw(print));
  }

  db::TestDatabase database_{GetParam(), db::TestDatabase::Schema::empty};
  Surroundings surroundings_;
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
  planning::Policies policies_{classifier_};
  forms::Catalog forms_ = forms::load_catalog({TANFANG_SOURCE_DIR "/schemes"});
  paper::Layouts layouts_ = paper::load_layouts({TANFANG_SOURCE_DIR "/schemes"}, forms_);
  visits::Ground visits_{classifier_, policies_, forms_};
  PrintingGround ground_{forms_, layouts_, classifier_};
  Id person_;
  std::string number_;
};

TEST_P(PrintingTest, AFormBearsTheHeadDataMaskedOrForAReason) {
  std::string masked = print_person_as("luzhou-2023/registration", "");
  EXPECT_NE(masked.find("欧阳秀英"), std::string::npos) << masked;
  EXPECT_NE(masked.find("138****8000"), std::string::npos) << masked;
  EXPECT_EQ(masked.find("13800138000"), std::string::npos);
  EXPECT_NE(masked.find("☑重度失能"), std::string::npos);
  std::string revealed = print_person_as("luzhou-2023/registration", kReason);
  EXPECT_NE(revealed.find("13800138000"), std::string::npos) << revealed;
  EXPECT_NE(revealed.find("13900139000"), std::string::npos);
  EXPECT_NE(revealed.find("大亨村三组二十八号"), std::string::npos);
  ASSERT_EQ(prints().size(), 2u);
  EXPECT_NE(prints()[0].details.find(R"("form":"luzhou-2023/registration")"), std::string::npos);
  EXPECT_EQ(prints()[0].details.find("欧阳"), std::string::npos);
}

TEST_P(PrintingTest, ARecordIsPrintedWithItsSupplement) {
  record_at_luzhou("a-1", "2024-05-03");
  Id second = record_at_luzhou("a-2", "2024-05-20");
  Print print;
  surroundings_.write([&](audit::Work& work) { print = print_visit(work, ground_, kCounty, second, kReason, 2); });
  EXPECT_EQ(draw_pictures(print).size(), 2u);
  std::string text = text_of(draw(print));
  for (const char* words :
       {"第2次开展探访", "2024年5月20日", "☑上门探访", "☑增加2人", "☑严重疾病名称：高血压",
        "用电安全□安全□较安全☑不安全", "探访关爱补充情况", "反应能力□无变化□较好☑较差", "第1页共2页", "第2份共2份"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  }
  EXPECT_EQ(prints().at(0).subject, "visit:" + format_id(second));
}

TEST_P(PrintingTest, AMonthIsFiledAndIssuedAtTheCommandLine) {
  record_at_luzhou("a-1", "2024-05-03");
  std::string out = database_.folder().file("month.zip");
  auto run = [&](std::vector<std::string> words) {
    if (!surroundings_.database_address.empty()) {
      words.insert(words.begin(), {"--database", surroundings_.database_address});
    }
    return run_program(surroundings_.data_folder, "2024-05-31T19:00", words);
  };
  Answer done = run({"print", "month", "--area", "510521100", "--month", "2024-05", "--reason", kReason, "--out", out});
  ASSERT_EQ(done.code, kDone) << done.err;
  std::string id = done.out.substr(0, done.out.find(' '));
  std::string zip = files::read_whole(out);
  EXPECT_TRUE(zip.starts_with("PK\3\4"));
  EXPECT_NE(run({"archive", "list", "--area", "510521"}).out.find(id), std::string::npos);
  EXPECT_EQ(run({"archive", "verify", "--archive", id}).code, kDone);
  EXPECT_EQ(run({"archive", "corrections", "--archive", id}).code, kDone);
  ASSERT_EQ(run({"archive", "issue", "--archive", id, "--reason", kReason, "--out", out}).code, kDone);
  EXPECT_EQ(files::read_whole(out), zip);
  Answer refused = run({"archive", "verify", "--archive", "0000000000001"});
  EXPECT_EQ(refused.code, kRefused);
  EXPECT_NE(refused.err.find("archive.unknown"), std::string::npos);
  surroundings_.write([&](audit::Work& work) {
    work.session.execute("delete from archive_parts where part % 100000 = 0");
    work.unchanged();
  });
  EXPECT_NE(run({"archive", "verify", "--archive", id}).err.find("archive.damaged"), std::string::npos);
}

TEST_P(PrintingTest, AFormAsksWhatKindOfVisitorCame) {
  const forms::Form& form = *forms_.find("anshan-2020/visits");
  visits::Visit visit;
  visit.visitor = "liufang";
  registry::Person person;
  Prefilling from{person, nullptr, "", "", &visit, 1, *Date::parse("2024-05-31")};
  EXPECT_EQ(prefilled(form, from).at("visitor_name"), "liufang");
  EXPECT_FALSE(prefilled(form, from).contains("visitor_kind"));
  planning::Visitor visitor;
  visitor.name = "刘芳";
  visitor.kind = "volunteer";
  from.visitor = &visitor;
  EXPECT_EQ(prefilled(form, from).at("visitor_name"), "刘芳");
  EXPECT_EQ(prefilled(form, from).at("visitor_kind"), "volunteer");
  visitor.kind = "courier";
  EXPECT_EQ(prefilled(form, from).at("visitor_kind"), "other") << "the annex has no box for it";
}

TEST_P(PrintingTest, WhatIsNotThereIsRefused) {
  try {
    print_person_as("luzhou-2023/nothing", "");
    ADD_FAILURE();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "print.form");
  }
  try {
    print_person_as("luzhou-2023/registration", "x");
    ADD_FAILURE();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "reveal.reason_missing");
  }
  EXPECT_TRUE(prints().empty());
}

TEST_P(PrintingTest, TheFormOfAPersonIsThatOfTheirScheme) {
  surroundings_.database().read([&](db::Session& session) {
    EXPECT_EQ(form_of_person(session, ground_, {kCounty, person_}, surroundings_.today()), "luzhou-2023/registration");
  });
}

INSTANTIATE_TEST_SUITE_P(Databases, PrintingTest, testing::Values("sqlite", "postgresql"),
                         [](const auto& test) { return test.param; });

TEST(PrintCommand, WritesTheEmptyFormsOfAScheme) {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("print-{}", ::getpid());
  std::string out = (folder / "out").string();
  Answer done = run_program((folder / "data").string(), "2024-05-31T18:00",
                            {"print", "blank", "--scheme", "luzhou-2023", "--out", out});
  EXPECT_EQ(done.code, kDone) << done.err;
  for (const char* form : {"registration", "visit", "supplement"}) {
    std::string pdf = files::read_whole(out + "/luzhou-2023-" + form + ".pdf");
    EXPECT_TRUE(pdf.starts_with("%PDF-")) << form;
  }
  Answer refused = run_program((folder / "data").string(), "2024-05-31T18:00",
                               {"print", "blank", "--scheme", "nowhere-1999", "--out", out});
  EXPECT_EQ(refused.code, kRefused);
  EXPECT_NE(refused.err.find("print.form"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tanfang::app
