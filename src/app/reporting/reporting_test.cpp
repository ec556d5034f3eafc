// Reports on both databases: their figures, frozen when issued, restated with what changed and why.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>

#include "app/commands/ground.h"
#include "app/reporting/issued.h"
#include "app/reporting/reporting_problems.h"
#include "base/citizen_number.h"
#include "platform/db/test_database.h"
#include "platform/excel/table.h"
#include "platform/files/files.h"
#include "platform/pdf/test_poppler.h"
#include "reports/reports.h"

namespace tanfang::app::reporting {
namespace {

const std::string kCounty = "510521";
const std::string kVillage = "510521100201";
const std::string kOther = "510521101227";

class ReportingTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
    surroundings_.data_folder = database_.folder().file("data");
    if (GetParam() == "postgresql") surroundings_.database_address = database_.address();
    at("2024-05-31T18:00");
    rooms_ = std::make_unique<VisitsGround>(surroundings_);
    for (int serial = 1; serial <= 4; ++serial) register_person(serial, serial == 4 ? kOther : kVillage);
    surroundings_.write([&](audit::Work& work) {
      planning::open_month(work, rooms_->ground.policies, kCounty, {2024, 5});
    });
  }

  void at(const std::string& time) { surroundings_.now_text = time; }

  void register_person(int serial, const std::string& village) {
    registry::PersonStatement said;
    std::string digits = kCounty + "19400302" + std::to_string(1000 + serial).substr(1);
    said.citizen_number = digits + citizen_number_check(digits);
    said.birth_date = *Date::parse("1940-03-02");
    said.sex = serial % 2 ? Sex::male : Sex::female;
    said.name = "张三";
    said.area = village;
    said.facts = {{"children", "[]"}, {"living_with", "[]"}, {"has_spouse", "false"}, {"willing", "true"}};
    registry::Terms terms{kCounty, registry::Source::ledger, "", *Date::parse("2024-01-01"), *Date::parse("2024-01-01"),
                          "test"};
    surroundings_.write([&](audit::Work& work) {
      people_.push_back(
          registry::register_people(work, rooms_->ground.classifier, terms, std::span(&said, 1)).front().person.id);
    });
  }

  /// Owed two home visits in May, one in each half.
  void visit(std::size_t person, const std::string& day) {
    std::string named;
    visits::VisitEntry entry = visits::read_entry(
        R"({"key":")" + day + std::to_string(person) + R"(","person":{"id":")" + format_id(people_[person]) +
            R"("},"visitor":"刘芳","method":"home","started_at":")" + day + R"(T09:00","ended_at":")" + day +
            R"(T09:20","outcome":"met","form":"luzhou-2023/visit","answers":{"family_size":"unchanged",)" +
            R"("expression":"unchanged","mobility":"unchanged","disease":"unchanged","mood":"unchanged","gas":"safe",)" +
            R"("plumbing_heating":"safe","electricity":"safe","personal_hygiene":"unchanged",)" +
            R"("home_hygiene":"unchanged","indoor":"unchanged"}})",
        named);
    visits::PreparedVisit prepared;
    surroundings_.database().read([&](db::Session& session) {
      prepared = visits::prepare_visit(session, rooms_->visits, surroundings_.keys(), surroundings_.ids(),
                                       surroundings_.now(), kCounty, entry);
    });
    surroundings_.write([&](audit::Work& work) { visits::record_visit(work, rooms_->visits, prepared); });
  }

  Report built(const std::string& kind, const std::string& period, const std::string& area = kCounty) {
    Report report;
    surroundings_.database().read([&](db::Session& session) {
      report = build(session, rooms_->ground.policies, {kind, area, period}, surroundings_.now());
    });
    return report;
  }
  Issued issued(const std::string& kind, const std::string& period, const std::string& reason = "") {
    Issued made;
    surroundings_.write([&](audit::Work& work) {
      made = issue(work, rooms_->ground.policies, {kind, kCounty, period}, reason);
    });
    return made;
  }
  std::string refusal(const std::function<void()>& work) {
    try {
      work();
    } catch (const Problem& problem) {
      return problem.code;
    }
    return "none";
  }
  static std::string all_of(const Report& report) {
    std::string text = report.title;
    for (const Section& section : report.sections) {
      text += section.heading + section.big;
      for (const std::string& paragraph : section.paragraphs) text += paragraph;
      for (const Table& table : section.tables) {
        for (const auto& row : table.rows) {
          for (const Value& value : row) text += "|" + written(value);
          text += "\n";
        }
      }
    }
    return text;
  }

  db::TestDatabase database_{GetParam(), db::TestDatabase::Schema::empty};
  Surroundings surroundings_;
  std::unique_ptr<VisitsGround> rooms_;
  std::vector<Id> people_;
};
TANFANG_ON_EACH_ENGINE(ReportingTest);

TEST_P(ReportingTest, TheMonthSaysWhatCoverageSaysByTownAndVillage) {
  visit(0, "2024-05-10");
  visit(0, "2024-05-20");
  reports::Coverage coverage;
  surroundings_.database().read(
      [&](db::Session& session) { coverage = reports::coverage(session, kCounty, "2024-05", surroundings_.now()); });
  ASSERT_EQ(coverage.total.owed, 4);
  ASSERT_EQ(coverage.total.met, 1);
  Report report = built("monthly", "2024-05");
  EXPECT_EQ(report.title, "泸县特殊困难老年人探访关爱服务\n2024年5月覆盖情况月报");
  EXPECT_NE(report.sections[0].paragraphs[0].find("方案应访4人，已完成1人，方案完成率25.0%"), std::string::npos)
      << report.sections[0].paragraphs[0];
  const Table& towns = report.sections[1].tables[0];
  ASSERT_EQ(towns.rows.size(), 3u);
  EXPECT_EQ(towns.areas, (std::vector<std::string>{"510521100", "510521101", ""}));
  EXPECT_EQ(written(towns.rows[0][1]), "3");
  EXPECT_EQ(written(towns.rows[2][3]), "25.0%");
  EXPECT_FALSE(towns.source.empty());
  ASSERT_EQ(report.sections[2].tables.size(), 2u);
  EXPECT_EQ(report.sections[2].tables[0].areas[0], kVillage);
  EXPECT_EQ(report.sections[0].tables[0].lists.back(), "area=510521&month=2024-05");
  const Table& tiers = report.sections[3].tables[0];
  ASSERT_EQ(tiers.lists.size(), coverage.by_tier.size());
  for (std::size_t i = 0; i < tiers.lists.size(); ++i) {
    const std::string& tier = coverage.by_tier[i].word;
    EXPECT_EQ(tiers.lists[i], tier.empty() ? "" : "area=510521&tier=" + tier);
  }
  Report again = read_report(boost::json::serialize(to_json(report)));
  EXPECT_EQ(again.sections[3].tables[1].lists, report.sections[3].tables[1].lists);
}

TEST_P(ReportingTest, EveryKindIsBuiltAndKeepsItsShape) {
  for (const auto& [kind, period] : std::vector<std::pair<std::string, std::string>>{
           {"monthly", "2024-05"}, {"half_yearly", "2024-H1"}, {"glance", "2024-05"}}) {
    Report report = built(kind, period);
    EXPECT_EQ(all_of(read_report(boost::json::serialize(to_json(report)))), all_of(report));
    std::string first = pdf_of(report, "第1次印发", surroundings_.now());
    EXPECT_EQ(first.substr(0, 5), "%PDF-");
    EXPECT_EQ(pdf_of(report, "第1次印发", surroundings_.now()), first) << kind;
    std::string path = surroundings_.data_folder + "/book.xlsx";
    write_book(report, "第1次印发", surroundings_.now(), path);
    std::string bytes = files::read_whole(path);
    write_book(report, "第1次印发", surroundings_.now(), path);
    EXPECT_EQ(files::read_whole(path), bytes) << kind;
    EXPECT_GE(excel::open_workbook(path)->sheets().size(), 1u);
  }
  EXPECT_EQ(built("glance", "2024-05").sections.size(), 5u);
  EXPECT_EQ(built("monthly", "2024-05", "510521100").sections.size(), 3u);
}

TEST_P(ReportingTest, WhoHasItReadAloudHearsItInOrder) {
  std::string heard = pdf::heard_from(pdf_of(built("monthly", "2024-05"), "第1次印发", surroundings_.now()));
  EXPECT_TRUE(pdf::in_order(
      heard,
      {"DocumentH1(block)\"泸县特殊困难老年人探访关爱服务2024年5月覆盖情况月报\"P(block)\"第1次印发",
       "H2(block)\"一、总体情况\"P(block)\"方案应访4人",
       "P(block)\"表1近期各月\"Table(block)TRTH\"月份\"TH\"应访\"TH\"完成\"TH\"方案完成率\"",
       "TRTH\"2024-05\"TD\"4\"TD\"0\"TD\"0.0%\"", "P(block)\"取数：", "H2(block)\"二、分乡镇（街道）情况\"P(block)",
       "P(block)\"表2分乡镇（街道）\"Table(block)TRTH\"区划\"", "TRTH\"福集镇\"TD\"3\"", "TRTH\"嘉明镇\"TD\"1\"",
       "TRTH\"合计\"TD\"4\"", "H2(block)\"三、分村（社区）情况\"P(block)\"表3福集镇\"Table(block)",
       "P(block)\"表3嘉明镇\"Table(block)", "H2(block)\"附：分层级、分类型情况\"P(block)", "Table(block)TRTH\"层级\"",
       "Table(block)TRTH\"对象类型\"", "P(block)\"泸县\"P(block)\"2024年5月31日\""}))
      << heard;
  // Nothing else is heard: neither frames and lines of charts nor the numbers of pages.
  EXPECT_EQ(heard.find("Figure"), std::string::npos) << heard;
  EXPECT_EQ(heard.find("—1—"), std::string::npos) << heard;
}

TEST_P(ReportingTest, TheQuarterAddsUpItsMonths) {
  EXPECT_EQ(refusal([&] { built("quarterly", "2024-Q2"); }), "coverage.month_not_open") << "April was never opened";
  surroundings_.write([&](audit::Work& work) {
    planning::open_month(work, rooms_->ground.policies, kCounty, {2024, 4});
  });
  Report report = built("quarterly", "2024-Q2");
  EXPECT_EQ(report.title, "关于泸县2024年第2季度\n特殊困难老年人探访关爱服务情况的通报");
  EXPECT_EQ(report.to, "各乡镇（街道）");
  EXPECT_EQ(report.sections[0].tables[0].rows.size(), 2u) << "June is still to come";
  EXPECT_EQ(written(report.sections[1].tables[0].rows.back()[1]), "8");
}

TEST_P(ReportingTest, IssuedItStaysAndIsRestatedWithWhatChangedAndWhy) {
  Issued first = issued("monthly", "2024-05");
  EXPECT_EQ(first.number, 1);
  at("2024-06-02T09:00");
  Issued same = issued("monthly", "2024-05");
  EXPECT_EQ(same.id, first.id) << "nothing changed";
  visit(1, "2024-05-12");
  visit(1, "2024-05-22");
  EXPECT_EQ(refusal([&] { issued("monthly", "2024-05"); }), "report.reason_missing");
  Issued second = issued("monthly", "2024-05", "补录五月的纸质记录");
  EXPECT_EQ(second.number, 2);
  Report restated = read_report(second.content);
  EXPECT_EQ(restated.sections[0].heading, "更正说明");
  EXPECT_NE(restated.sections[0].paragraphs[0].find("补录五月的纸质记录"), std::string::npos);
  EXPECT_NE(all_of(restated).find("|完成|0|1"), std::string::npos) << all_of(restated);
  Issued third = issued("monthly", "2024-05");
  EXPECT_EQ(third.id, second.id);
  surroundings_.database().read([&](db::Session& session) {
    Issued kept = load_issued(session, kCounty, first.id);
    EXPECT_EQ(kept.content, first.content);
    EXPECT_EQ(pdf_of(read_report(kept.content), kept.label(), kept.issued_at),
              pdf_of(read_report(first.content), first.label(), first.issued_at));
    auto listed = list_issued(session, {kCounty, "", {}, 10});
    ASSERT_EQ(listed.size(), 2u);
    EXPECT_EQ(listed[0].id, second.id);
    EXPECT_TRUE(list_issued(session, {"510522", "", {}, 10}).empty());
    auto trail = audit::list(session, {kCounty, "report_issued", std::nullopt, 10});
    ASSERT_EQ(trail.size(), 2u);
    EXPECT_NE(trail[1].details.find(first.digest), std::string::npos);
  });
}

TEST_P(ReportingTest, WhatWasChangedBehindTheHouseIsRefused) {
  Issued first = issued("glance", "2024-05");
  surroundings_.database().run_script("update issued_reports set content = replace(content, '4', '5')");
  surroundings_.database().read([&](db::Session& session) {
    EXPECT_EQ(refusal([&] { load_issued(session, kCounty, first.id); }), "report.damaged");
    EXPECT_EQ(refusal([&] { load_issued(session, "510522", first.id); }), "report.unknown");
  });
}

TEST_P(ReportingTest, RefusesAPeriodThatDoesNotFit) {
  for (const auto& [kind, period] : std::vector<std::pair<std::string, std::string>>{{"monthly", "2024-Q1"},
                                                                                     {"monthly", "2024-13"},
                                                                                     {"quarterly", "2024-05"},
                                                                                     {"quarterly", "2024-Q5"},
                                                                                     {"half_yearly", "2024-H3"},
                                                                                     {"glance", "2024-06"},
                                                                                     {"monthly", "2024"}}) {
    EXPECT_EQ(refusal([&] { built(kind, period); }), "report.period") << kind << " " << period;
  }
}

}  // namespace
}  // namespace tanfang::app::reporting
