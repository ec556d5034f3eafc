// For tests only: a registry of Linzi (370305) on each engine that takes ledgers.
#pragma once

#include <gtest/gtest.h>

#include "ledgers/test_ledgers.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::ledgers {

inline const std::string kZhang = number_of("370305", "19420315", 11);
inline const std::string kLi = number_of("370305", "19380607", 22);
inline const std::string kWang = number_of("370305", "19501130", 33);

inline std::string refusal(const std::function<void()>& work) {
  try {
    work();
    return "none";
  } catch (const Problem& problem) {
    return problem.code;
  }
}

/// Runs each write twice, as a database does after another's rollback or a conflict; the first time is taken back.
class TwiceDatabase : public db::Database {
 public:
  explicit TwiceDatabase(db::Database& database) : database_(database) {}
  void read(const std::function<void(db::Session&)>& work) override { database_.read(work); }
  void write(const std::function<void(db::Session&)>& work) override {
    struct Again {};
    try {
      database_.write([&](db::Session& session) {
        work(session);
        throw Again();
      });
    } catch (const Again&) {
      database_.write(work);
    }
  }
  void run_script(std::string_view sql) override { database_.run_script(sql); }
  std::string_view engine() const override { return database_.engine(); }
  void copy_to(const std::string& path) override { database_.copy_to(path); }

 private:
  db::Database& database_;
};

class ImportFixture : public db::EachEngine {
 protected:
  void SetUp() override {
    std::string list = "code,name\n";
    auto areas = registry::AreaIndex::from_csv(TANFANG_SOURCE_DIR "/data/areas.csv", "370305");
    for (const registry::Area& area : areas.below("")) list += area.code + "," + area.name + "\n";
    registry::seed_areas(database(), folder_.write("areas.csv", list));
  }
  LedgerImport order(const std::string& path, const std::string& area = "370305") {
    LedgerImport given;
    given.path = path;
    given.area = area;
    given.shipped = TANFANG_SOURCE_DIR;
    given.scheme = &set_.get("linzi-2022", kToday);
    given.vocabulary = &set_.vocabulary();
    return given;
  }

  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "test", keys_);
      use_case(work);
      ASSERT_TRUE(work.recorded_or_unchanged());
    });
  }

  LedgerResult take(const LedgerImport& given) { return import_ledger(house_, given); }

  std::string csv(const Lines& lines) { return folder_.write("ledger.csv", csv_of(lines)); }

  std::string facts_of(const std::string& number) {
    std::string facts;
    database().read([&](db::Session& session) {
      auto key = registry::find_person(session, keys_, "", number);
      if (key) facts = registry::load_facts(session, *key);
    });
    return facts;
  }

  /// A ledger of so many, each with a claim that the verdict contradicts.
  Lines many(int rows) {
    Lines lines = {{"姓名", "身份证号", "村", "对象类型", "居住状况", "残疾等级", "子女数"}};
    for (int i = 1; i <= rows; ++i) {
      lines.push_back({"甲", number_of("370305", "19420315", 2 * i + 1), "西单村", "重残老人", "配偶", "无", "1"});
    }
    return lines;
  }
  /// The first number that a query gives.
  std::int64_t number(const std::string& query) {
    std::int64_t found = 0;
    database().read(
        [&](db::Session& session) { session.query(query, {}, [&](const db::Row& row) { found = row.integer(0); }); });
    return found;
  }
  /// Every import's state, rows written and rows taken, the oldest first.
  std::string states() {
    ImportFilter filter;
    filter.area = "370305";
    filter.kinds = {LedgerKind::ledger};
    std::string text;
    database().read([&](db::Session& session) {
      text.clear();
      for (const ImportRecord& one : list_imports(session, filter, now_)) {
        text = one.state + ":" + std::to_string(one.written) + "/" + std::to_string(one.accepted) +
               (text.empty() ? "" : " ") + text;
      }
    });
    return text;
  }

  std::vector<Difference> differences(bool open_only = true) {
    std::vector<Difference> found;
    DifferenceFilter filter;
    filter.area = "370305";
    filter.open_only = open_only;
    database().read([&](db::Session& session) { found = list_differences(session, filter); });
    return found;
  }

  excel::TemporaryFolder folder_;
  schemes::SchemeSet set_ = schemes::SchemeSet::load(TANFANG_SOURCE_DIR);
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  IdSource ids_{1};
  Instant now_ = china_instant(kToday, 600);
  House house_{database(), classifier_, keys_, ids_, "test", [this] { return now_; }, {}, {}, {}};
};

}  // namespace tanfang::ledgers
