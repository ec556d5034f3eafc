// Undoing imports, on both databases.
#include <random>

#include "ledgers/import_fixture.h"
#include "ledgers/imports_store.h"

namespace tanfang::ledgers {
namespace {

class Undo : public ImportFixture {
 protected:
  std::int64_t count(const std::string& table) { return number("select count(*) from " + table); }
  std::int64_t people() { return count("people"); }
  Id take_one(const Lines& lines, const std::string& area = "370305") {
    LedgerImport given = order(csv(lines), area);
    given.rows_together = 2;
    given.id = ids_.next(now_);
    take(given);
    return given.id;
  }
  ImportRecord undo(Id import) {
    write([&](audit::Work& work) { begin_undo(work, "370305", import); });
    return finish_undo(house_, "370305", import);
  }
  std::string refused_undo(Id import) {
    return refusal([&] { undo(import); });
  }
  void pass(int hours) { now_.milliseconds += hours * 3'600'000LL; }
  std::int64_t built_on(Id import) {
    std::int64_t people = 0;
    database().read(
        [&](db::Session& session) { people = count_built_on(session, *find_import(session, "370305", import, now_)); });
    return people;
  }

  /// Everything the registry and the ledgers keep of people but how often they are encrypted.
  std::string state() {
    std::string text;
    auto dump = [&](const std::string& sql) {
      database().read([&](db::Session& session) {
        session.query(sql, {}, [&](const db::Row& row) { text += row.string(0) + "\n"; });
      });
    };
    dump(
        "select county || id || area || name || pinyin || initials || sex || birth_date || registered_on || facts ||"
        " fact_origins || classified_until from people order by id");
    dump(
        "select county || person || id || source || said_on || facts || coalesce(changed, '-') from statements"
        " order by person, id");
    dump(
        "select county || person || id || status || valid_from || coalesce(valid_to, '-') from status_spans order by "
        "person, id");
    dump(
        "select county || person || scheme || valid_from || coalesce(valid_to, '-') || version || categories ||"
        " possible_categories || possible_tiers || obligations || coalesce(tier, '-') || coalesce(eligible, 9)"
        " from classifications order by person, scheme, valid_from");
    dump(
        "select county || id || person || kind || topic || said || found || file_row || import || status from"
        " ledger_differences order by id");
    dump("select heading || word || target from ledger_mappings order by heading, word");
    dump("select county || id || person || to_area || status from transfers order by county, id");
    dump("select county || person from citizen_numbers order by county, person");
    dump("select cast(count(*) as text) from imported_people");
    return text + private_state();
  }
  std::string private_state() {
    std::string text;
    std::vector<registry::PersonKey> keys;
    database().read([&](db::Session& session) {
      session.query("select county, id from people order by id", {}, [&](const db::Row& row) {
        keys.push_back({row.string(0), row.id(1)});
      });
    });
    for (const auto& key : keys) {
      database().write([&](db::Session& session) {
        audit::Work work(session, now_, ids_, "test", keys_);
        registry::Person person = registry::reveal_person(work, key, {}, "核对数据");
        text += person.citizen_number + person.phone + person.address;
        for (const auto& contact : person.contacts) text += contact.kind + contact.name + contact.phone;
        text += "\n";
      });
    }
    return text;
  }
};
TANFANG_ON_EACH_ENGINE(Undo);

const Lines kFirst = {
    {"姓名", "身份证号", "村", "残疾等级", "居住状况", "本人电话", "家庭住址", "紧急联系人", "紧急联系人电话",
     "服务意愿", "对象类型"},
    {"张三", kZhang, "西单村", "", "独自居住", "13812345678", "一组5号", "张小", "13700000001", "愿意", "重残老人"},
    {"李四", kLi, "东单村", "二级", "配偶", "", "", "", "", "不愿意", ""},
    {"王五", kWang, "东单村", "", "子女", "", "", "", "", "愿意", ""}};

/// What else a county may have heard of the same people a month later, and of one more.
Lines later() {
  Lines lines = kFirst;
  lines[1] = {"张叁", kZhang, "东单村", "一级", "配偶", "13912345678", "二组6号", "张大", "13700000002", "不愿意", ""};
  lines[2] = {"李四", kLi, "东单村", "一级", "配偶", "13812345679", "", "李小", "13700000003", "愿意", "重残老人"};
  lines.push_back({"赵六", number_of("370305", "19440101", 55), "西单村", "", "", "", "", "", "", "愿意", "重残老人"});
  return lines;
}

TEST_P(Undo, OfAFirstImportLeavesNobody) {
  std::string before = state();
  Id import = take_one(kFirst);
  EXPECT_NE(state(), before);
  pass(1);
  ImportRecord record = undo(import);
  EXPECT_EQ(record.state, "undone");
  EXPECT_EQ(record.withdrawn, 3);
  EXPECT_EQ(record.undone_by, "test");
  EXPECT_EQ(state(), before);
  EXPECT_EQ(facts_of(kZhang), "");
  // The trail keeps both.
  EXPECT_EQ(count("audit_unsealed where kind = 'person_withdrawn'"), 3);
  EXPECT_EQ(count("audit_unsealed where kind = 'ledger_undone'"), 1);
  EXPECT_EQ(undo(import).withdrawn, 3) << "again it changes nothing";
  EXPECT_EQ(count("audit_unsealed where kind = 'ledger_undone'"), 1);
  EXPECT_EQ(state(), before);
  // The same ledger can be taken again.
  EXPECT_EQ(take(order(csv(kFirst))).registered, 3);
}

TEST_P(Undo, OfALaterImportBringsBackWhatWasSaidBefore) {
  take_one(kFirst);
  pass(24 * 30);
  std::string before = state();
  Id import = take_one(later());
  EXPECT_NE(state(), before);
  pass(1);
  ImportRecord record = undo(import);
  EXPECT_EQ(record.withdrawn, 1);
  EXPECT_GE(record.restored, 2);
  EXPECT_EQ(state(), before);
  // What it said is news again.
  EXPECT_GE(take(order(csv(later()))).changed, 2);
}

TEST_P(Undo, IsRefusedOnceSomebodyBuiltOnIt) {
  Id import = take_one(kFirst);
  pass(1);
  auto key = [&](const std::string& number) {
    std::optional<registry::PersonKey> found;
    database().read([&](db::Session& session) { found = registry::find_person(session, keys_, "370305", number); });
    return *found;
  };
  EXPECT_EQ(built_on(import), 0);
  write([&](audit::Work& work) {
    registry::state_facts(work, classifier_, key(kZhang), registry::Source::clerk, "", china_date(now_),
                          {{"disability_grade", "1"}});
  });
  EXPECT_EQ(built_on(import), 1);
  write([&](audit::Work& work) { registry::set_contacts(work, key(kLi), {}); });
  EXPECT_EQ(built_on(import), 2);
  write([&](audit::Work& work) { registry::suspend_person(work, key(kWang), china_date(now_), {}, "住院治疗"); });
  EXPECT_EQ(built_on(import), 3);
  std::string before = state();
  EXPECT_EQ(refused_undo(import), "ledger.built_on");
  EXPECT_EQ(state(), before);
  EXPECT_EQ(refused_undo(Id{7}), "ledger.import_unknown");
}

TEST_P(Undo, OfAnImportOnWhichAnotherBuiltWaitsForThatOne) {
  std::string empty = state();
  Id first = take_one(kFirst);
  pass(1);
  Id second = take_one(later());
  EXPECT_EQ(refused_undo(first), "ledger.built_on");
  pass(1);
  undo(second);
  undo(first);
  EXPECT_EQ(state(), empty);
}

TEST_P(Undo, TakesBackADepartmentsListUntilItIsDecided) {
  take_one(kFirst);
  pass(1);
  std::string before = state();
  std::size_t claims = differences().size();
  LedgerImport list = order(csv({{"姓名", "身份证号", "残疾等级"}, {"张三", kZhang, "一级"}, {"李四", kLi, "三级"}}));
  list.kind = LedgerKind::disabled;
  list.id = ids_.next(now_);
  take(list);
  EXPECT_EQ(differences().size(), claims + 2);
  undo(list.id);
  EXPECT_EQ(state(), before);
  list.id = ids_.next(now_);
  take(list);
  pass(1);
  Id one = differences().back().id;
  write([&](audit::Work& work) { decide_difference(work, classifier_, "370305", one, false, "核对过证件"); });
  EXPECT_EQ(refused_undo(list.id), "ledger.built_on");
}

TEST_P(Undo, TakesBackProposedTransfersAndRememberedCorrections) {
  take_one(kFirst);
  pass(1);
  std::string before = state();
  LedgerImport given = order(csv({{"甲", "身份证号", "村"}, {"张三", kZhang, "灯笼村"}}), "370305102");
  given.mapping = read_mapping("[columns]\n\"甲\" = \"name\"\n", set_.vocabulary());
  given.id = ids_.next(now_);
  take(given);
  EXPECT_EQ(count("transfers"), 1);
  EXPECT_EQ(count("ledger_mappings"), 1);
  undo(given.id);
  EXPECT_EQ(state(), before);
  EXPECT_EQ(count("audit_unsealed where kind = 'transfer_withdrawn'"), 1);
}

TEST_P(Undo, GoesOnAfterAnInterruptionAndLeavesWhomSomebodyBuiltOnMeanwhile) {
  Id import = take_one(kFirst);
  pass(1);
  int calls = 0;
  House broken = house_;
  broken.forget = [&](audit::Work&, const std::string&, const std::vector<Id>&) {
    if (++calls == 1) throw Failure("the disk is full");
  };
  write([&](audit::Work& work) { EXPECT_TRUE(begin_undo(work, "370305", import)); });
  EXPECT_THROW(finish_undo(broken, "370305", import), Failure);
  EXPECT_EQ(people(), 3);
  pass(1);
  write([&](audit::Work& work) {
    auto key = registry::find_person(work.session, keys_, "370305", kZhang);
    registry::suspend_person(work, *key, china_date(now_), {}, "住院治疗");
  });
  write([&](audit::Work& work) { EXPECT_TRUE(begin_undo(work, "370305", import)); });
  TwiceDatabase twice(database());
  House house{twice, classifier_, keys_, ids_, "test", [this] { return now_; }, {}, {}, {}};
  ImportRecord record = finish_undo(house, "370305", import);
  EXPECT_EQ(record.state, "undone");
  EXPECT_EQ(record.withdrawn, 2);
  EXPECT_EQ(record.left_alone, 1);
  EXPECT_EQ(people(), 1);
}

TEST_P(Undo, WaitsForARunningImportAndStopsOneThatWentSilent) {
  LedgerImport given = order(csv(many(5)));
  given.rows_together = 2;
  given.id = ids_.next(now_);
  given.progress = [&](std::string_view step, std::int64_t rows) {
    if (step != "write" || rows != 2) return;
    EXPECT_EQ(refused_undo(given.id), "ledger.still_running");
    pass(1);
    EXPECT_EQ(undo(given.id).withdrawn, 2);
  };
  EXPECT_EQ(refusal([&] { take(given); }), "ledger.import_stopped");
  EXPECT_EQ(people(), 0);
  // Of an earlier version: nothing is known that could be taken back.
  given.id = ids_.next(now_);
  given.progress = {};
  take(given);
  database().write([&](db::Session& session) { session.execute("update ledger_imports set recorded = 0"); });
  EXPECT_EQ(refused_undo(given.id), "ledger.not_recorded");
}

TEST_P(Undo, IsListedNewestFirstPageByPage) {
  Id first = take_one(kFirst);
  pass(1);
  Id second = take_one(later(), "370305");
  ImportFilter filter;
  filter.area = "370305";
  filter.kinds = {LedgerKind::ledger};
  filter.limit = 1;
  std::vector<ImportRecord> page;
  auto list = [&] { database().read([&](db::Session& session) { page = list_imports(session, filter, now_); }); };
  list();
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0].id, second);
  EXPECT_EQ(page[0].file_name, "ledger.csv");
  EXPECT_EQ(page[0].state, "done");
  EXPECT_EQ(page[0].written, 4);
  filter.before = second;
  list();
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0].id, first);
  EXPECT_EQ(page[0].registered, 3);
  filter.kinds = {LedgerKind::health};
  list();
  EXPECT_TRUE(page.empty());
}

/// Ledgers of random people, values and order, one on another, then undone from the newest on.
TEST_P(Undo, OfAnyImportsInTurnGivesBackEveryStateBefore) {
  std::mt19937 random(20'260'110);
  auto one_of = [&](std::vector<std::string> words) { return words[random() % words.size()]; };
  for (int round = 0; round < 3; ++round) {
    std::vector<std::pair<Id, std::string>> taken;
    for (int i = 0; i < 3; ++i) {
      Lines lines = {kFirst[0]};
      for (int serial = 0; serial < 6; ++serial) {
        if (random() % 3 == 0) continue;
        lines.push_back({one_of({"甲", "乙"}), number_of("370305", "19400302", 2 * serial + 1 + 100 * round),
                         one_of({"西单村", "东单村"}), one_of({"", "一级", "二级"}), one_of({"", "配偶", "独自居住"}),
                         one_of({"", "13812345678", "13812345679"}), one_of({"", "一组", "二组"}), one_of({"", "小甲"}),
                         "", one_of({"愿意", "不愿意", ""}), one_of({"", "重残老人"})});
      }
      std::string before = state();
      taken.emplace_back(take_one(lines), before);
      pass(1 + static_cast<int>(random() % 60));
    }
    for (; !taken.empty(); taken.pop_back()) {
      undo(taken.back().first);
      EXPECT_EQ(state(), taken.back().second) << "round " << round << ", import " << taken.size();
      pass(1);
    }
  }
}

TEST_P(Undo, ShowsRefusedAndRemarkedRowsWithTheirCells) {
  Lines lines = {{"姓名", "身份证号", "村", "本人电话", "残疾等级", "备注"},
                 {"张三", kZhang, "西单村", "13812345678", "看不懂", "电话13912345678"},
                 {"", kLi, "没有的村", "13812345678", "", ""},
                 {"王五", "370305195011303300", "东单村", "", "", ""}};
  LedgerImport given = order(csv(lines));
  LedgerResult result = check_ledger(given, kToday);
  std::vector<ShownRow> rows;
  auto show = [&](const ShownRows& which) {
    database().read([&](db::Session& session) { rows = show_rows(session, given, kToday, result, which); });
  };
  show({false, 0, 1});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].row, 3);
  ASSERT_EQ(rows[0].problems.size(), 2u);
  EXPECT_EQ(rows[0].problems[0].code, "name.missing");
  EXPECT_EQ(rows[0].problems[0].heading, "姓名");
  EXPECT_EQ(rows[0].problems[1].code, "area.unknown");
  EXPECT_EQ(rows[0].problems[1].heading, "村");
  std::map<std::string, std::string> cells;
  for (const ShownCell& cell : rows[0].cells) cells[cell.heading] = cell.text;
  EXPECT_EQ(cells.at("身份证号"), "370305************");
  EXPECT_EQ(cells.at("本人电话"), "138****5678");
  EXPECT_EQ(cells.at("村"), "没有的村");
  EXPECT_FALSE(cells.contains("姓名"));
  show({false, 1, 5});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].problems[0].heading, "身份证号");
  show({true, 0, 5});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].problems[0].code, "value.unknown");
  EXPECT_EQ(rows[0].problems[0].heading, "残疾等级");
  for (const ShownCell& cell : rows[0].cells) {
    if (cell.heading == "备注") {
      EXPECT_EQ(cell.text.find("13912345678"), std::string::npos) << cell.text;
    }
  }
}

}  // namespace
}  // namespace tanfang::ledgers
