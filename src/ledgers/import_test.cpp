// Taking ledgers into the registry, on both databases.
#include <sys/stat.h>

#include "ledgers/import_fixture.h"

namespace tanfang::ledgers {
namespace {

class Import : public ImportFixture {
 protected:
  std::int64_t count(const std::string& table) { return number("select count(*) from " + table); }
  std::int64_t people() { return count("people"); }
};
TANFANG_ON_EACH_ENGINE(Import);

const Lines kLedger = {{"姓名", "身份证号", "村", "残疾等级", "居住状况", "救助类别"},
                       {"张三", kZhang, "西单村", "", "独自居住", "低保"},
                       {"李四", kLi, "东单村", "二级", "配偶", "无"},
                       {"王五", kWang.substr(0, 17), "东单村", "", "", ""}};

TEST_P(Import, RegistersNewChangesOldAndLeavesTheRest) {
  LedgerResult first = take(order(csv(kLedger)));
  EXPECT_EQ(first.rows, 3);
  EXPECT_EQ(first.accepted, 2);
  EXPECT_EQ(first.registered, 2);
  EXPECT_EQ(first.refused.size(), 1u);
  EXPECT_NE(facts_of(kZhang).find("\"living_with\":[]"), std::string::npos) << facts_of(kZhang);

  LedgerResult again = take(order(csv(kLedger)));
  EXPECT_EQ(again.accepted, 2);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(again.registered + again.changed, 0);

  Lines changed = kLedger;
  changed[2][3] = "一级";
  now_ = china_instant(kToday + 30, 600);
  LedgerResult third = take(order(csv(changed)));
  EXPECT_EQ(third.changed, 1);
  EXPECT_EQ(third.unchanged, 1);
  EXPECT_NE(facts_of(kLi).find("\"disability_grade\":1"), std::string::npos);
}

TEST_P(Import, OfWhoIsRegisteredElsewhereIsReturned) {
  take(order(csv(kLedger)));
  LedgerResult other = take(order(csv({{"姓名", "身份证号", "村"}, {"张三", kZhang, "灯笼村"}}), "370305102"));
  EXPECT_EQ(other.rows, 1);
  EXPECT_EQ(other.accepted, 0);
  ASSERT_EQ(other.refused.size(), 1u);
  EXPECT_EQ(other.refused[0].reasons, (std::vector<std::string>{"registered.elsewhere"}));
}

TEST_P(Import, KeepsClaimsThatTheVerdictContradictsAndSettlesThem) {
  Lines lines = {{"姓名", "身份证号", "村", "对象类型", "是否重点", "居住状况", "失能等级", "残疾等级", "子女数"},
                 {"张三", kZhang, "西单村", "重残老人", "重点", "配偶", "能力完好", "无", "0"},
                 {"李四", kLi, "东单村", "", "", "配偶", "", "", ""}};
  LedgerResult result = take(order(csv(lines)));
  EXPECT_GE(result.differences, 1);
  ASSERT_FALSE(differences().empty());
  EXPECT_EQ(differences()[0].topic, "category");
  EXPECT_EQ(differences()[0].said, "severely_disabled");
  std::size_t count = differences().size();
  take(order(csv(lines)));
  EXPECT_EQ(differences().size(), count);
  Difference one = differences()[0];
  EXPECT_EQ(refusal([&] {
              write([&](audit::Work& work) { decide_difference(work, classifier_, "370305", one.id, true, ""); });
            }),
            "difference.not_acceptable");

  lines[1][3] = "";
  lines[1][4] = "";
  lines[1][6] = "轻度失能";
  take(order(csv(lines)));
  lines[1][3] = "失能老人";
  take(order(csv(lines)));
  EXPECT_TRUE(differences().empty());
  EXPECT_EQ(differences(false)[0].status, "settled");
}

TEST_P(Import, OfADepartmentsListProposesAndAPersonDecides) {
  take(order(csv(kLedger)));
  LedgerImport list = order(csv({{"姓名", "身份证号", "残疾类别", "残疾等级"},
                                 {"张三", kZhang, "肢体", "一级"},
                                 {"李四", kLi, "听力", "二级"},
                                 {"赵六", number_of("370305", "19440101", 55), "视力", "一级"}}));
  list.kind = LedgerKind::disabled;
  LedgerResult result = take(list);
  EXPECT_EQ(result.accepted, 2);
  EXPECT_EQ(result.unchanged, 1);
  EXPECT_EQ(result.differences, 1);
  ASSERT_EQ(result.refused.size(), 1u);
  EXPECT_EQ(result.refused[0].reasons, (std::vector<std::string>{"person.not_found"}));
  ASSERT_EQ(differences().size(), 1u);
  Difference one = differences()[0];
  EXPECT_EQ(one.kind, "fact");
  EXPECT_EQ(one.said, "1");
  EXPECT_EQ(facts_of(kZhang).find("disability_grade"), std::string::npos);
  write([&](audit::Work& work) { decide_difference(work, classifier_, "370305", one.id, true, "核对过证件"); });
  EXPECT_NE(facts_of(kZhang).find("\"disability_grade\":1"), std::string::npos);
  EXPECT_TRUE(differences().empty());
  auto decide_again = [&] {
    write([&](audit::Work& work) { decide_difference(work, classifier_, "370305", one.id, false, ""); });
  };
  EXPECT_EQ(refusal(decide_again), "difference.decided");
  EXPECT_EQ(refusal([&] {
              write([&](audit::Work& work) { decide_difference(work, classifier_, "370305", Id{7}, true, ""); });
            }),
            "difference.unknown");
}

TEST_P(Import, OfAListWithoutNumbersFindsNamesakesByBirthDate) {
  take(order(csv(kLedger)));
  LedgerImport list = order(csv({{"姓名", "身份证号", "出生日期", "村", "特殊家庭类型"},
                                 {"张三", "3.70305E+17", "1942-03-15", "西单村", "失独家庭"},
                                 {"张三", "", "1942-03-16", "西单村", "失独家庭"}}));
  list.kind = LedgerKind::health;
  LedgerResult result = take(list);
  EXPECT_EQ(result.differences, 1);
  ASSERT_EQ(differences().size(), 1u);
  EXPECT_EQ(differences()[0].kind, "match");
  Id id = differences()[0].id;
  write([&](audit::Work& work) { decide_difference(work, classifier_, "370305", id, true, "同一人"); });
  EXPECT_NE(facts_of(kZhang).find("\"special_family\":true"), std::string::npos);
}

TEST_P(Import, RemembersACorrectedMappingForTheCounty) {
  Lines odd = {{"甲", "身份证号", "丙", "能力"}, {"张三", kZhang, "西单村", "半自理"}};
  LedgerImport given = order(csv(odd));
  given.mapping = read_mapping(
      "[columns]\n\"甲\" = \"name\"\n\"能力\" = \"ability\"\n[values.\"能力\"]\n\"半自理\" = \"moderate\"\n"
      "[constants]\nresidence_kind = \"rural\"\n",
      set_.vocabulary());
  EXPECT_EQ(take(given).registered, 1);
  EXPECT_NE(facts_of(kZhang).find("\"ability\":\"moderate\""), std::string::npos);
  EXPECT_NE(facts_of(kZhang).find("\"residence_kind\":\"rural\""), std::string::npos);

  odd[1] = {"李四", kLi, "东单村", "半自理"};
  LedgerResult later = take(order(csv(odd)));
  EXPECT_EQ(later.registered, 1);
  EXPECT_TRUE(later.remarked.empty());
  EXPECT_NE(facts_of(kLi).find("\"ability\":\"moderate\""), std::string::npos);
  EXPECT_EQ(facts_of(kLi).find("residence_kind"), std::string::npos);
}

TEST_P(Import, WritesNothingOfAFileThatCannotBeReadOrChanges) {
  EXPECT_EQ(refusal([&] { take(order(folder_.write("a.csv", csv_of(kLedger) + "\"张\n"))); }), "ledger.malformed");
  EXPECT_EQ(facts_of(kZhang), "");
  LedgerImport given = order(csv(kLedger));
  given.progress = [&](std::string_view step, std::int64_t) {
    if (step == "checked") csv({kLedger[0], kLedger[1]});
  };
  EXPECT_EQ(refusal([&] { take(given); }), "ledger.changed_while_read");
  EXPECT_EQ(facts_of(kZhang), "");
  EXPECT_EQ(refusal([&] { take(order(csv(kLedger), "999999")); }), "ledger.area_unknown");
  EXPECT_EQ(refusal([&] { take(order(csv(kLedger), "37")); }), "ledger.area_unknown");
}

TEST_P(Import, LetsOthersWriteBetweenItsTransactionsAndTellsHowFarItIs) {
  LedgerImport given = order(csv(many(5)));
  given.rows_together = 2;
  given.id = ids_.next(now_);
  std::vector<std::string> seen;
  given.progress = [&](std::string_view step, std::int64_t rows) {
    if (step != "write") return;
    // Would wait for ever, or see nothing, if the import held the one writer until its end.
    write([&](audit::Work& work) { work.record({"370305", "something_else", "visit", "{}"}); });
    seen.push_back(std::to_string(rows) + " " + states() + " " + std::to_string(people()));
  };
  EXPECT_EQ(take(given).registered, 5);
  EXPECT_EQ(seen, (std::vector<std::string>{"2 running:2/5 2", "4 running:4/5 4", "5 running:5/5 5"}));
  EXPECT_EQ(states(), "done:5/5");
}

TEST_P(Import, ThatBrokeOffIsRepeatedWithoutDoublingAnything) {
  std::string whole = csv(many(7));
  LedgerImport given = order(whole);
  given.rows_together = 2;
  given.progress = [&](std::string_view step, std::int64_t rows) {
    if (step == "write" && rows == 4) throw Failure("the disk is full");
  };
  EXPECT_THROW(take(given), Failure);
  EXPECT_EQ(states(), "failed:4/7");
  EXPECT_EQ(people(), 4);
  LedgerResult again = take(order(whole));
  EXPECT_EQ(again.unchanged, 4);
  EXPECT_EQ(again.registered, 3);
  EXPECT_EQ(people(), 7);
  EXPECT_EQ(count("statements"), 7);
  EXPECT_EQ(count("ledger_differences"), 7);
  LedgerResult third = take(order(whole));
  EXPECT_EQ(third.unchanged, 7);
  EXPECT_EQ(count("statements"), 7);
  EXPECT_EQ(states(), "failed:4/7 done:7/7 done:7/7");
}

TEST_P(Import, ThatBrokeOffGoesOnUnderItsId) {
  LedgerImport given = order(csv(many(7)));
  given.rows_together = 2;
  given.id = ids_.next(now_);
  given.progress = [&](std::string_view step, std::int64_t rows) {
    if (step == "write" && rows == 4) throw Failure("the server ends");
  };
  EXPECT_THROW(take(given), Failure);
  given.progress = {};
  LedgerResult again = take(given);
  EXPECT_EQ(again.registered, 7);
  EXPECT_EQ(again.unchanged, 0);
  EXPECT_EQ(states(), "done:7/7");
  EXPECT_EQ(number("select registered from ledger_imports"), 7);
  EXPECT_EQ(count("imported_people"), 7);
  EXPECT_EQ(refusal([&] { take(given); }), "ledger.import_stopped") << "it is done";
}

TEST_P(Import, CountsOnceWhatADatabaseRunsTwice) {
  TwiceDatabase twice(database());
  House house{twice, classifier_, keys_, ids_, "test", [this] { return now_; }, {}, {}, {}};
  LedgerImport given = order(csv(many(5)));
  given.rows_together = 2;
  LedgerResult result = import_ledger(house, given);
  EXPECT_EQ(result.registered, 5);
  EXPECT_EQ(result.accepted, 5);
  EXPECT_EQ(people(), 5);
  EXPECT_EQ(states(), "done:5/5");
  LedgerImport list =
      order(csv({{"姓名", "身份证号", "残疾等级"}, {"甲", number_of("370305", "19420315", 3), "一级"}}));
  list.kind = LedgerKind::disabled;
  EXPECT_EQ(import_ledger(house, list).differences, 1);
}

TEST_P(Import, SaysHowManyRowsAreInWhenTheFileChangesMeanwhile) {
  LedgerImport given = order(csv(many(9)));
  given.rows_together = 2;
  given.progress = [&](std::string_view step, std::int64_t rows) {
    if (step == "checked") {
      Lines lines = many(9);
      lines[5][0] = "换名";
      csv(lines);
    }
    if (step == "write") {
      EXPECT_LE(rows, 4);
    }
  };
  EXPECT_EQ(refusal([&] { take(given); }), "ledger.changed_while_read");
  EXPECT_EQ(states(), "failed:4/9");
  EXPECT_EQ(people(), 4);
}

TEST_P(Import, TakesNobodyInFromADayFarAhead) {
  LedgerImport given = order(csv(kLedger));
  given.registered_from = *Date::parse("2099-01-01");
  EXPECT_EQ(refusal([&] { take(given); }), "ledger.registered_from_far");
  EXPECT_EQ(facts_of(kZhang), "");
}

TEST_P(Import, HandsBackTheRefusedRowsToBeMendedAndSentAgain) {
  write_sheet(folder_.file("a.xlsx"),
              {{"某镇台账"},
               {"序号", "基本情况", "", "", ""},
               {"", "姓名", "身份证号", "村", "电话"},
               {"#1", "张三", kZhang, "西单村", "#13812345678"},
               {"#2", "", kLi, "西单村", ""},
               {"#3", "王五", "#370305195011303300", "没有的村", ""}},
              {"A1:E1", "A2:A3", "B2:E2"});
  LedgerImport given = order(folder_.file("a.xlsx"));
  LedgerResult result = take(given);
  std::string path = folder_.file("refused.xlsx");
  write([&](audit::Work& work) { record_refused_rows(work, given, 2); });
  EXPECT_EQ(write_refused_rows(given, kToday, result, path), 2);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);

  Checked back = check(path, "370305");
  EXPECT_EQ(back.refused,
            (std::map<int, std::string>{{4, "name.missing"}, {5, "citizen_number.lost_digits area.unknown"}}));
  auto workbook = excel::open_workbook(path);
  auto reader = workbook->read(0);
  excel::Row row;
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(reader->next(row));
  EXPECT_EQ(row.cells.back().text, reason_words("name.missing").zh);

  EXPECT_EQ(write_refused_rows(given, kToday, result, path), 2);
  EXPECT_TRUE(std::filesystem::exists(folder_.file("refused.1.xlsx"))) << "what is there stays beside the new one";
}

}  // namespace

TEST(Mapping, RefusesWhatItCannotMean) {
  auto set = schemes::SchemeSet::load(TANFANG_SOURCE_DIR);
  auto code = [&](const std::string& text) { return refusal([&] { read_mapping(text, set.vocabulary()); }); };
  EXPECT_EQ(code("[columns]\n\"姓名\" = \"name\"\nheading\n"), "mapping.malformed");
  EXPECT_EQ(code("[columns]\n\"姓名\" = 3\n"), "mapping.malformed");
  EXPECT_EQ(code("[columns]\n\"姓名\" = \"nobody\"\n"), "mapping.unknown_field");
  EXPECT_EQ(code("[constants]\nnothing = 1\n"), "mapping.unknown_field");
  EXPECT_EQ(code("[constants]\nhukou_kind = \"none\"\n"), "mapping.bad_value");
  EXPECT_EQ(code("[constants]\nresidence_area = \"370305\"\n"), "mapping.bad_value");
  EXPECT_EQ(code("heading_row = 99\n"), "mapping.bad_value");
  EXPECT_EQ(code("colums = 1\n"), "mapping.unknown_field");
  EXPECT_EQ(code("heading_row = 2\nsheet = \"台账\"\n"), "none");

  excel::TemporaryFolder folder;
  std::string path = folder.write("a.csv", csv_of(kLedger));
  auto with = [&](const std::string& text) {
    return refusal([&] { check(path, "370305", read_mapping(text, set.vocabulary())); });
  };
  EXPECT_EQ(with("[columns]\n\"不在\" = \"name\"\n"), "mapping.unknown_column");
  EXPECT_EQ(with("[values.\"残疾等级\"]\n\"二级\" = \"9\"\n"), "mapping.bad_value");
  EXPECT_EQ(with("sheet = \"别的\"\n"), "ledger.no_such_sheet");
  EXPECT_EQ(with("[columns]\n\"姓名\" = \"ignore\"\n"), "ledger.column_missing");
  EXPECT_EQ(with("[columns]\n\"残疾等级\" = \"ignore\"\n"), "none");
}

}  // namespace tanfang::ledgers
