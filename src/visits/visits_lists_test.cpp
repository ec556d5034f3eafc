// Lists of records: whatever is filtered and wherever people move, the same as looking at each record.
#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "visits/visits_fixture.h"

namespace tanfang::visits {
namespace {

class VisitsListsTest : public VisitsTest {
 protected:
  std::vector<Id> find(const VisitFilter& filter) {
    std::vector<Id> ids;
    database().read([&](db::Session& session) {
      for (const Visit& visit : find_visits(session, keys_, filter)) ids.push_back(visit.id);
    });
    return ids;
  }
  void move(const registry::PersonKey& person, const std::string& village) {
    database().write([&](db::Session& session) {
      session.execute("update people set area = $3 where county = $1 and id = $2", {person.county, person.id, village});
    });
  }
};
TANFANG_ON_EACH_ENGINE(VisitsListsTest);

bool wanted(const Visit& visit, const std::string& village, const VisitFilter& filter) {
  std::string day = china_date(visit.started_at).iso();
  auto asked = [](const std::string& word, std::string_view is) { return word.empty() || word == is; };
  bool outcome =
      filter.outcome == kAnyAttempt ? visit.outcome != Outcome::met : asked(filter.outcome, to_text(visit.outcome));
  return village.starts_with(filter.area) && day >= filter.from.iso() && day <= filter.to.iso() &&
         (filter.person.value == 0 || filter.person == visit.person) && asked(filter.visitor, visit.visitor) &&
         asked(filter.method, visit.method) && outcome;
}

TEST_P(VisitsListsTest, EveryFilterFindsWhatLookingAtEachRecordFinds) {
  const std::vector<std::string> villages = {kCounty + "100201", kCounty + "100202", kCounty + "101201"};
  std::vector<registry::PersonKey> people = {person_};
  for (int serial = 2; serial <= 5; ++serial) people.push_back(register_person(serial, "[]"));
  std::mt19937 chance(20260101);
  auto any = [&](const auto& list) { return list[chance() % list.size()]; };
  std::map<Id, std::string> homes;
  for (const auto& person : people) homes[person.id] = kCounty + "100201";
  std::vector<Visit> all;
  for (int i = 0; i < 40; ++i) {
    person_ = any(people);
    VisitEntry sent = entry("k" + std::to_string(i), "2024-05-" + std::to_string(10 + chance() % 10));
    sent.visitor = any(std::vector<std::string>{"王敏", "李强"});
    sent.outcome = any(std::vector<std::string>{"met", "met", "not_home", "refused"});
    if (sent.outcome != "met") sent.answers = "{}", sent.form.clear();
    all.push_back(load(record(sent).id));
    if (i % 8 != 7) continue;
    move(person_, homes[person_.id] = any(villages));
  }
  std::sort(all.begin(), all.end(), [](const Visit& left, const Visit& right) {
    return std::pair(china_date(left.started_at), left.id) > std::pair(china_date(right.started_at), right.id);
  });
  std::size_t found = 0;
  for (int i = 0; i < 200; ++i) {
    VisitFilter filter;
    filter.area = any(std::vector<std::string>{kCounty, kCounty + "100", kCounty + "101", villages[0], villages[2]});
    filter.from = *Date::parse("2024-05-" + std::to_string(10 + chance() % 5));
    filter.to = filter.from + static_cast<int>(chance() % 10);
    if (chance() % 4 == 0) filter.person = any(people).id;
    filter.visitor = any(std::vector<std::string>{"", "", "王敏"});
    filter.method = any(std::vector<std::string>{"", "home", "phone"});
    filter.outcome = any(std::vector<std::string>{"", "met", "not_home", "refused", std::string(kAnyAttempt)});
    std::vector<Id> expected;
    for (const Visit& visit : all) {
      if (wanted(visit, homes[visit.person], filter)) expected.push_back(visit.id);
    }
    EXPECT_EQ(find(filter), expected) << filter.area << " " << filter.visitor << " " << filter.outcome;
    found += expected.size();
  }
  EXPECT_GT(found, 200u);
}

TEST_P(VisitsListsTest, RecordsOfAnEarlierVersionGetTheirVillageAndKeepTheirAttachments) {
  namespace fs = std::filesystem;
  db::TestFolder before;
  fs::path steps = fs::path(TANFANG_SOURCE_DIR) / "db/migrations";
  for (const auto& step : fs::directory_iterator(steps)) {
    if (step.path().filename() < "0020") fs::copy(step.path(), before.path());
  }
  std::string views = TANFANG_SOURCE_DIR "/db/views";
  db::TestDatabase old(GetParam(), db::TestDatabase::Schema::empty);
  db::migrate(*old, before.path(), before.path() + "/none");
  old->write([](db::Session& session) {
    session.execute(
        "insert into people (county, id, area, name, pinyin, initials, sex, birth_date, citizen_number, registered_on,"
        " registered_at, facts, fact_origins, classified_until) values ('510521', 1, '510521101201', '张三', '', '',"
        " 'male', '1940-03-02', $1, '2024-01-01', 0, '{}', '{}', '')",
        {db::Bytes{"sealed"}});
    session.execute(
        "insert into visits (county, id, person, visitor, method, started_at, ended_at, visited_on, outcome, form,"
        " form_version, answers, findings, reason, struck_reason, recorded_at, recorded_by) values ('510521', 7, 1,"
        " '王敏', 'home', 0, 1, '1970-01-01', 'met', 'luzhou-2023/visit', 1, $1, '{}', '', '', 5, 'account:1')",
        {db::Bytes{"answers"}});
    session.execute(
        "insert into attachments (county, id, hash, media_type, content, put_at, put_by) values"
        " ('510521', 1, $1, 'image/png', $1, 0, '')",
        {db::Bytes{"hash"}});
    session.execute("insert into visit_attachments (county, visit, hash) values ('510521', 7, $1)",
                    {db::Bytes{"hash"}});
  });
  db::migrate(*old, steps.string(), views);
  std::string kept;
  old->read([&](db::Session& session) {
    session.query(
        "select v.village, v.visitor, v.recorded_at, v.answers from visits v join visit_attachments a on"
        " a.county = v.county and a.visit = v.id",
        {}, [&](const db::Row& row) {
          kept += row.string(0) + " " + row.string(1) + " " + std::to_string(row.integer(2)) + " " +
                  std::string(row.bytes(3));
        });
  });
  EXPECT_EQ(kept, "510521101201 王敏 5 answers");
  EXPECT_THROW(old->write([](db::Session& session) { session.execute("delete from visits where id = 7", {}); }),
               db::ConstraintViolation);
}

}  // namespace
}  // namespace tanfang::visits
