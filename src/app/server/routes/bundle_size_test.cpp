// A visitor's first bundle: as many statements for many people as for few, and small on a slow network.
#include <fmt/format.h>

#include <sstream>

#include "app/field/bundle.h"
#include "app/server/test_server.h"
#include "platform/files/files.h"
#include "platform/http/compress.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

/// Counts what is asked of the database.
class CountingSession : public db::Session {
 public:
  explicit CountingSession(db::Session& session) : session_(session) {}
  void query(std::string_view sql, std::span<const db::Parameter> parameters,
             const std::function<void(const db::Row&)>& visit) override {
    ++statements;
    session_.query(sql, parameters, visit);
  }
  std::int64_t execute(std::string_view sql, std::span<const db::Parameter> parameters) override {
    ++statements;
    return session_.execute(sql, parameters);
  }
  void execute_many(std::string_view sql, std::size_t count,
                    const std::function<void(std::size_t, std::vector<db::Parameter>&)>& bind) override {
    ++statements;
    session_.execute_many(sql, count, bind);
  }

  int statements = 0;

 private:
  db::Session& session_;
};

const char* const kSurnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳"};
const char* const kGiven[] = {"秀英", "桂兰", "建国", "玉珍", "德明", "淑芬", "国强", "素华", "永福",
                              "春梅", "志远", "凤英", "明德", "翠兰", "光荣", "玉兰", "世昌"};
const char* const kAnswers[] = {"better", "unchanged", "worse"};

class BundleSizeTest : public ServerTest {
 protected:
  static std::string name_of(int i) {
    auto at = static_cast<std::size_t>(i);
    return std::string(kSurnames[at % std::size(kSurnames)]) + kGiven[at * 7 % std::size(kGiven)];
  }
  static registry::PersonStatement person(int i) {
    registry::PersonStatement said;
    said.citizen_number = number_of(kCounty, i);
    said.birth_date = *Date::parse("1940-03-02");
    said.sex = i % 2 ? Sex::male : Sex::female;
    said.name = name_of(i);
    said.area = kVillage;
    said.phone = std::to_string(13'800'000'000LL + i * 7919LL % 99'999'999);
    said.address = "大桥组" + std::to_string(i * 37 % 400) + "号，" + name_of(i + 3) + "家后面";
    said.contacts = {{"emergency", name_of(i + 5), std::to_string(13'900'000'000LL + i * 104'729LL), "儿子", ""},
                     {"first_contact", name_of(i + 9), std::to_string(13'700'000'000LL + i * 15'485'863LL % 99'999'999),
                      "邻居", ""}};
    said.facts = {{"children", "[]"}, {"living_with", "[]"}, {"has_spouse", "false"}, {"willing", "true"}};
    return said;
  }
  /// People first..last of one visitor, each visited five times.
  void add_people(int first, int last) {
    std::vector<registry::PersonStatement> said;
    for (int i = first; i <= last; ++i) said.push_back(person(i));
    registry::Terms terms{
        kCounty, registry::Source::ledger, "", *Date::parse("2025-01-01"), *Date::parse("2025-01-01"), "ledger:test"};
    write([&](audit::Work& work) {
      const VisitsGround& rooms = serving_->service().rooms();
      std::vector<planning::Assignment> assigned;
      for (const auto& each : registry::register_people(work, rooms.ground.classifier, terms, said)) {
        assigned.push_back({each.person.id, visitor_, false});
        visit(work, rooms, each.person.id);
      }
      planning::assign_people(work, kCounty, assigned);
    });
  }
  void visit(audit::Work& work, const VisitsGround& rooms, Id person) {
    for (const char* day : {"2025-05-06", "2025-05-12", "2025-05-21", "2025-06-03", "2025-06-11"}) {
      js::object made = ServerTest::visit(format_id(person) + day, format_id(person), day);
      std::int64_t chance = person.value % 977 + day[9];
      made["visitor"] = login_;
      made["started_at"] = std::string(day) + "T09:" + std::to_string(10 + chance % 50);
      made["ended_at"] = std::string(day) + "T10:10";
      js::object& answers = made["answers"].as_object();
      for (const char* field : {"expression", "mobility", "mood", "personal_hygiene", "home_hygiene", "indoor"}) {
        answers[field] = kAnswers[chance++ % 3];
      }
      answers["care_given"] = "老人说最近睡得不好，想念在外地的儿女，第" + std::to_string(chance) + "次";
      std::string key;
      visits::VisitEntry entry = visits::read_entry(js::serialize(made), key);
      visits::record_visit(
          work, rooms.visits,
          visits::prepare_visit(work.session, rooms.visits, work.keys, work.ids, work.now, kCounty, entry));
    }
  }
  /// A visitor with an account in that area, whom people are assigned to.
  void add_visitor(const std::string& area) {
    as(Role::visitor, area);
    login_ = "visitor." + area;
    write([&](audit::Work& work) {
      planning::Visitor visitor;
      visitor.name = "王敏";
      visitor.kind = "volunteer";
      visitor.login = login_;
      visitor.capacity = 500;
      visitor_ = planning::put_visitor(work, kCounty, visitor);
    });
  }
  /// The shipped names of other counties' villages stand in this one as well, in forty towns more.
  void enlarge_county(int villages) {
    std::string list = "code,name\n";
    for (int i = 0; i < 40; ++i) list += fmt::format("{}{},{}镇\n", kCounty, 500 + i, name_of(i));
    std::istringstream shipped(files::read_whole(TANFANG_SOURCE_DIR "/data/areas.csv", 1 << 20));
    for (std::string line; villages > 0 && std::getline(shipped, line);) {
      std::size_t comma = line.find(',');
      if (comma != 12 || line.starts_with(kCounty)) continue;
      list += fmt::format("{}{}{:03}{}\n", kCounty, 500 + villages % 40, 1 + villages / 40, line.substr(comma));
      --villages;
    }
    ASSERT_EQ(villages, 0);
    db::TestFolder folder;
    registry::AreasImport import;
    import.path = folder.file("areas.csv");
    files::write_whole(import.path, list);
    write([&](audit::Work& work) { registry::import_areas(work, import); });
  }
  /// The whole bundle, and how many statements it took.
  int compose(js::object& body) {
    Service& service = serving_->service();
    field::PublicKey key = field::public_key(service.database(), service.keys(), service.ids(), clock_.now());
    int statements = 0;
    service.database().read([&](db::Session& session) {
      CountingSession counting(session);
      identity::Account account = identity::find_account(session, login_).value();
      field::compose_bundle(counting, {service.rooms(), service.keys()}, clock_.now(), account, key, "", body);
      statements = counting.statements;
    });
    return statements;
  }

  Id visitor_;
  std::string login_;
};
TANFANG_ON_EACH_ENGINE(BundleSizeTest);

TEST_P(BundleSizeTest, TwoHundredPeopleAreOneSmallAnswerOfFewStatements) {
  add_visitor(kVillage);
  add_people(100, 102);
  js::object few;
  int for_few = compose(few);
  add_people(103, 163);
  js::object page;
  EXPECT_EQ(compose(page), for_few) << "64 people are a page";
  EXPECT_EQ(page.at("people").as_array().size(), 64u);
  add_people(164, 299);
  js::object whole;
  int for_all = compose(whole);
  EXPECT_LE(for_all, for_few * 4) << "four pages";
  ASSERT_EQ(whole.at("people").as_array().size(), 200u);
  for (const js::value& each : whole.at("people").as_array()) {
    EXPECT_EQ(each.at("recent").as_array().size(), 5u);
    EXPECT_TRUE(each.as_object().contains("last"));
    EXPECT_FALSE(each.at("why").as_array().empty());
  }
  std::string text = js::serialize(whole);
  std::size_t size = http::gzipped(text).size();
  RecordProperty("statements", for_all);
  RecordProperty("gzipped", static_cast<int>(size));
  EXPECT_LE(size, 150'000u) << "of " << text.size();
}

TEST_P(BundleSizeTest, TwoHundredPeopleOfALargeCountyAreSmallWithAllItsVillages) {
  add_visitor(kCounty);
  js::object small;
  int for_few_towns = compose(small);
  enlarge_county(1500);
  js::object whole;
  EXPECT_EQ(compose(whole), for_few_towns) << "of forty towns more";
  add_people(100, 299);
  compose(whole);
  ASSERT_EQ(whole.at("people").as_array().size(), 200u);
  EXPECT_GT(whole.at("villages").as_array().size(), 1500u);
  std::size_t size = http::gzipped(js::serialize(whole)).size();
  RecordProperty("gzipped", static_cast<int>(size));
  EXPECT_LE(size, 150'000u);
}

}  // namespace
}  // namespace tanfang::app::server
