// A million people registered as ledgers register them, and looked for among one another.
#include <fmt/format.h>

#include <algorithm>

#include "bench.h"
#include "bench_folder.h"
#include "registry/registry.h"

namespace tanfang::bench {
namespace {

using registry::PersonStatement;
using registry::Search;

constexpr int kPeople = 1'000'000;
constexpr int kLedger = 100'000;  // rows in one transaction
constexpr int kTogether = 2'000;  // rows handed over at a time
constexpr int kCounties = 10;
constexpr const char* kSurnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
                                     "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗"};
constexpr const char* kGiven[] = {"秀", "英", "国", "强", "玉", "兰", "桂", "芳", "建", "华", "德", "明",
                                  "淑", "珍", "文", "福", "春", "梅", "志", "荣", "金", "凤", "永", "贵"};

std::string county_of_person(int i) { return std::to_string(510501 + i / (kPeople / kCounties)); }

std::string citizen_number_of(int i) {
  Date birth = *Date::from_ymd(1930, 1, 1) + i / 60 % 9'000;
  std::string day = birth.iso();
  std::string number = county_of_person(i) + day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2) +
                       std::to_string(1000 + i % 1000).substr(1);
  return number + citizen_number_check(number);
}

std::string phone_of(int i) { return "138" + std::to_string(100'000'000 + i).substr(1); }

PersonStatement invented_person(int i) {
  PersonStatement said;
  said.citizen_number = citizen_number_of(i);
  said.birth_date = read_citizen_number(said.citizen_number).number->birth_date;
  said.sex = i % 2 ? Sex::male : Sex::female;
  unsigned mixed = static_cast<unsigned>(i) * 2'654'435'761u;
  said.name = std::string(kSurnames[mixed % 20]) + kGiven[mixed / 20 % 24] + kGiven[mixed / 480 % 24];
  said.area = county_of_person(i) + fmt::format("{:03}{:03}", 100 + i / 7 % 20, 201 + i / 140 % 15);
  said.phone = phone_of(i);
  said.address = fmt::format("大田村{}组{}号", i % 12, i % 200);
  said.contacts = {{"emergency", said.name, phone_of(i), "子", ""}};
  said.facts = {{"hukou_kind", i % 3 ? "\"rural\"" : "\"urban\""},
                {"lives_at_hukou_place", "true"},
                {"has_spouse", i % 2 ? "true" : "false"},
                {"living_with", i % 2 ? "[\"spouse\"]" : "[]"},
                {"children", i % 5 ? R"([{"alive":true,"lives_in":"elsewhere","away":true}])" : "[]"},
                {"ability", i % 4 ? "\"intact\"" : "\"moderate\""},
                {"disability_grade", std::to_string(i % 5)},
                {"welfare", i % 6 ? "[]" : "[\"low_income\"]"},
                {"physical_health", "\"fair\""},
                {"willing", i % 50 ? "true" : "false"}};
  return said;
}

class Registry {
 public:
  explicit Registry(const std::string& path) : database_(db::open_sqlite(path)) {
    std::string source = TANFANG_SOURCE_DIR;
    db::migrate(*database_, source + "/db/migrations", source + "/db/views");
  }

  /// Takes people first..last as one ledger in one transaction.
  void take(int first, int last) {
    database_->write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "bench", keys_);
      registry::Terms terms{county_of_person(first), registry::Source::ledger, "", work.today(), work.today(), ""};
      std::vector<PersonStatement> rows;
      for (int i = first; i < last; ++i) {
        rows.push_back(invented_person(i));
        if (rows.size() < kTogether && i + 1 < last) continue;
        registry::register_people(work, classifier_, terms, rows);
        rows.clear();
      }
    });
  }

  /// The slowest of a search's runs, in milliseconds; at least one person must be found.
  double slowest(const Search& search) {
    double slowest = 0;
    for (int run = 0; run < 5; ++run) {
      std::size_t found = 0;
      double seconds = seconds_of([&] {
        database_->read([&](db::Session& session) {
          found = registry::search_people(session, keys_, search, china_date(now_)).people.size();
        });
      });
      if (found == 0) throw std::runtime_error("the search found nobody");
      slowest = std::max(slowest, seconds * 1000);
    }
    return slowest;
  }

 private:
  std::unique_ptr<db::Database> database_;
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
  IdSource ids_{11};
  Instant now_ = parse_instant("2024-03-01T09:00").value();
};

void search_all_ways(Registry& registry, Report& report) {
  auto limit = [&](const char* what, const Search& search) {
    report.at_most(std::string("search by ") + what, registry.slowest(search), "ms", 20);
  };
  limit("a surname in the whole deployment", {"", "王", "", "", "", 20, ""});
  limit("a full name in the whole deployment", {"", "郭凤贵", "", "", "", 20, ""});
  limit("a surname in a county", {"510507", "张", "", "", "", 20, ""});
  limit("a full name in a town", {"510507105", "张", "", "", "", 20, ""});
  limit("initials", {"", "", "zxy", "", "", 20, ""});
  limit("pinyin", {"", "", "guofeng", "", "", 20, ""});
  limit("one letter", {"", "", "z", "", "", 20, ""});
  limit("citizen number", {"", "", "", citizen_number_of(kPeople / 2), "", 20, ""});
  limit("phone in the whole deployment", {"", "", "", "", phone_of(kPeople - 1), 20, ""});
  limit("area", {"510507105", "", "", "", "", 20, ""});
}

const Benchmark kRegistry("people", "1,000,000 people registered, encrypted and judged; then searched",
                          [](Report& report) {
                            Folder folder;
                            Registry registry(folder.file("people.sqlite"));
                            double first = seconds_of([&] { registry.take(0, kLedger); });
                            report.note("the first ledger of 100,000", kLedger / first, "person/s");
                            report.note("the same ledger again",
                                        kLedger / seconds_of([&] { registry.take(0, kLedger); }), "person/s");
                            double last = 0;
                            for (int from = kLedger; from < kPeople; from += kLedger) {
                              last = seconds_of([&] { registry.take(from, from + kLedger); });
                            }
                            report.note("the tenth ledger of 100,000", kLedger / last, "person/s");
                            report.note("peak memory", peak_megabytes(), "MB");
                            search_all_ways(registry, report);
                          });

}  // namespace
}  // namespace tanfang::bench
