// The registry as a list, the trend and the forecast, from rows as the other rooms leave them.
#include <gmock/gmock.h>

#include "base/problem.h"
#include "platform/db/test_database.h"
#include "reports/for_exports.h"
#include "reports/for_records.h"
#include "reports/reports.h"

namespace tanfang::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct PersonRow {
  int id;
  const char* name;
  const char* pinyin;
  const char* village;
  const char* facts;
  const char* tier;
  const char* categories;
  int owed;
  int met;
  int declined;
};

// In the order of the list.
const PersonRow kPeople[] = {
    {1, "王秀英", "wangxiuying", "510521100001", R"({"ability":"mild","welfare":["low_income"]})", "key",
     " advanced_age living_alone ", 1, 1, 0},
    {4, "李桂兰", "liguilan", "510521100001", R"({"ability":"severe","note":"\"ability\":\"mild\""})", "key",
     " living_alone ", 1, 0, 0},
    {2, "张建国", "zhangjianguo", "510521100002", R"({"has_spouse":true,"welfare":["extreme_hardship","low_income"]})",
     "general", " empty_nest ", 0, 0, 1},
    {3, "王建军", "wangjianjun", "510521200001", R"({"ability":null})", "", "", 0, 0, 0},
};

class PeopleList : public db::EachEngine {
 protected:
  void SetUp() override {
    database().write([&](db::Session& session) {
      for (const char* code :
           {"51", "510521", "510521100", "510521200", "510521100001", "510521100002", "510521200001"}) {
        session.execute(
            "insert into areas (code, valid_from, name, plain_name, level) values ($1, '2023-01-01', $2, $2, $3)",
            {code, std::string("区域") + code, std::string(code).size()});
      }
      session.execute("insert into counties (county, classified_with) values ('510521', '')");
      session.execute("insert into planning_months (county, month, opened_at) values ('510521', '2024-03', 0)");
      for (const PersonRow& row : kPeople) insert(session, row);
    });
  }

  void insert(db::Session& session, const PersonRow& row) {
    session.execute(
        "insert into people (county, id, area, name, pinyin, initials, sex, birth_date, citizen_number, registered_on, "
        "registered_at, facts, fact_origins, classified_until) values ('510521', $1, $2, $3, $4, $5, 'female', "
        "'1940-01-02', $6, '2024-01-01', 0, $7, '{}', '2025-01-01')",
        {Id{row.id}, row.village, row.name, row.pinyin, std::string(row.pinyin).substr(0, 1), db::Bytes{"x"},
         row.facts});
    if (*row.tier == '\0') return;
    session.execute(
        "insert into person_months (county, month, person, village, tier, owed_tier, categories, owed, met, "
        "overdue_at, "
        "due, visited, declined, suspended, unknown, refused_home_visit, below_floor, rounds) values ('510521', "
        "'2024-03', $1, $2, $3, $3, $4, $5, $6, $7, $5, $6, $8, 0, 0, 0, $8, '')",
        {Id{row.id}, row.village, row.tier, row.categories, row.owed, row.met, now.milliseconds + 1, row.declined});
  }

  void owe(int person, const char* label, const char* due, std::optional<std::string> met_on) {
    database().write([&](db::Session& session) {
      session.execute(
          "insert into obligations (county, month, person, first_day, label, kind, last_day, due_day, overdue_at, min, "
          "methods, tier, mark, basis, counted, met_on) values ('510521', '2024-03', $1, '2024-03-01', $2, 'window', "
          "$3, $3, 0, 1, 'home', 'key', '', 'owed', 0, $4)",
          {Id{person}, label, due, met_on});
    });
  }

  void set_status(int person, const char* status, int rank, std::optional<std::string> until) {
    database().write([&](db::Session& session) {
      session.execute(
          "insert into status_spans (county, person, id, status, rank, valid_from, valid_to, reason, recorded_at) "
          "values "
          "('510521', $1, $2, $3, $2, '2024-01-01', $4, '', 0)",
          {Id{person}, rank, status, until});
    });
  }

  std::vector<std::int64_t> list(const ListFilter& filter, const std::string& area = "51") {
    std::vector<std::int64_t> ids;
    database().read([&](db::Session& session) {
      for (const PersonListed& person : list_people(session, area, "2024-03", now, filter)) {
        ids.push_back(person.person.value);
      }
    });
    return ids;
  }

  Instant now = china_instant(*Date::parse("2024-03-11"), 600);
};
TANFANG_ON_EACH_ENGINE(PeopleList);

ListFilter with(const std::function<void(ListFilter&)>& set) {
  ListFilter filter;
  set(filter);
  return filter;
}

TEST_P(PeopleList, GoesVillageByVillageInPages) {
  EXPECT_THAT(list({}), ElementsAre(1, 4, 2, 3));
  EXPECT_THAT(list({}, "510521100002"), ElementsAre(2));
  ListFilter two = with([](ListFilter& filter) { filter.limit = 2; });
  EXPECT_THAT(list(two), ElementsAre(1, 4));
  two.after_area = "510521100001";
  two.after = Id{4};
  EXPECT_THAT(list(two), ElementsAre(2, 3));
}

TEST_P(PeopleList, TheRegisterIsTheListWithoutAFilter) {
  set_status(4, "suspended", 2, std::nullopt);
  set_status(3, "deceased", 4, std::nullopt);
  database().read([&](db::Session& session) {
    for (const char* area : {"510521", "510521100", "510521100002"}) {
      auto listed = list_people(session, area, "2024-03", now, {});
      Registered after;
      for (const PersonListed& person : listed) {
        auto next = list_registered(session, area, china_date(now), after, 1);
        ASSERT_EQ(next.size(), 1u);
        EXPECT_EQ(next[0].person, person.person);
        EXPECT_EQ(next[0].area, person.area);
        EXPECT_EQ(next[0].status, person.status);
        after = next[0];
      }
      EXPECT_TRUE(list_registered(session, area, china_date(now), after, 1).empty());
    }
  });
}

TEST_P(PeopleList, ShowsWhatIsKnown) {
  std::vector<PersonListed> found;
  database().read([&](db::Session& session) { found = list_people(session, "510521", "2024-03", now, {}); });
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].county, "510521");
  EXPECT_EQ(found[0].name, "王秀英");
  EXPECT_EQ(found[0].village_name, "区域510521100001");
  EXPECT_EQ(found[0].town_name, "区域510521100");
  EXPECT_EQ(found[0].tier, "key");
  EXPECT_THAT(found[0].categories, ElementsAre("advanced_age", "living_alone"));
  EXPECT_EQ(found[0].state, "met");
  EXPECT_EQ(found[0].status, "active");
  EXPECT_EQ(found[2].state, "declined");
  EXPECT_EQ(found[3].state, "none");
  EXPECT_EQ(found[3].tier, "");
}

TEST_P(PeopleList, FiltersCombine) {
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.state = "owed"; })), ElementsAre(4));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.state = "open"; })), ElementsAre(4)) << "not met yet";
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.state = "due"; })), ElementsAre(1, 4)) << "met or not";
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.tier = "key"; })), ElementsAre(1, 4));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.category = "living_alone"; })), ElementsAre(1, 4));
  EXPECT_THAT(list(with([](ListFilter& filter) {
                filter.category = "living_alone";
                filter.state = "met";
              })),
              ElementsAre(1));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.name = "王"; })), ElementsAre(1, 3));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.name = "%"; })), IsEmpty());
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.pinyin = "wangx"; })), ElementsAre(1));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.pinyin = "z"; })), ElementsAre(2));
}

TEST_P(PeopleList, HasThePeopleBehindTheVisitRate) {
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.state = "counted"; })), ElementsAre(1, 4));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.state = "visited"; })), ElementsAre(1));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.state = "below_floor"; })), ElementsAre(2));
}

TEST_P(PeopleList, HasThePeopleOfAnImport) {
  database().write([&](db::Session& session) {
    for (auto [import, person, registered] : {std::tuple{7, 1, 1}, {7, 3, 0}, {8, 2, 1}}) {
      session.execute(
          "insert into imported_people (county, import, person, statement, last_id, registered) "
          "values ('510521', $1, $2, 0, 0, $3)",
          {Id{import}, Id{person}, registered});
    }
  });
  ListFilter of = with([](ListFilter& filter) { filter.import = Id{7}; });
  EXPECT_THAT(list(of), ElementsAre(1, 3));
  of.import_part = "registered";
  EXPECT_THAT(list(of), ElementsAre(1));
  of.import_part = "changed";
  EXPECT_THAT(list(of), ElementsAre(3));
  of.name = "李";
  EXPECT_THAT(list(of), IsEmpty());
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.import = Id{9}; })), IsEmpty());
}

TEST_P(PeopleList, NamesThePeopleAndVisitorsOfRecords) {
  database().write([&](db::Session& session) {
    session.execute(
        "insert into visitors (county, id, name, kind, login, home, villages, radius_metres, capacity, service, "
        "active) "
        "values ('510521', 1, '王敏', 'grid_worker', 'wang', '', '', 0, 1, '', 1)",
        {});
    for (const char* login : {"wang", "li"}) {
      session.execute(
          "insert into accounts (id, login, name, role, area, enabled, created_at, factor_confirmed, factor_step) "
          "values ($1, $2, '账号的姓名', 'visitor', '510521', 1, 0, 0, 0)",
          {Id{login[0]}, login});
    }
  });
  database().read([&](db::Session& session) {
    auto people = name_people(session, "510521", {Id{1}, Id{2}, Id{99}});
    ASSERT_EQ(people.size(), 2u);
    EXPECT_EQ(people.at(Id{1}).name, "王秀英");
    EXPECT_EQ(people.at(Id{2}).village_name, "区域510521100002");
    EXPECT_THAT(name_people(session, "510522", {Id{1}}), IsEmpty());
    EXPECT_THAT(name_visitors(session, "510521", {"wang", "li", "nobody"}),
                ElementsAre(std::pair("li", "账号的姓名"), std::pair("wang", "王敏")));
    EXPECT_THAT(name_visitors(session, "510522", {"wang"}), ElementsAre(std::pair("wang", "账号的姓名")));
  });
}

TEST_P(PeopleList, LooksAtTheFactsThemselves) {
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.facts = {{"ability", "mild"}}; })), ElementsAre(1));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.facts = {{"welfare", "low_income"}}; })), ElementsAre(1, 2));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.facts = {{"has_spouse", "true"}}; })), ElementsAre(2));
  EXPECT_THAT(list(with([](ListFilter& filter) {
                filter.facts = {{"welfare", "low_income"}, {"ability", "mild"}};
              })),
              ElementsAre(1));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.unknown_facts = {"ability"}; })), ElementsAre(2, 3));
  EXPECT_THAT(list(with([](ListFilter& filter) {
                filter.unknown_facts = {"ability"};
                filter.limit = 1;
              })),
              ElementsAre(2));
}

TEST_P(PeopleList, LeavesOutWhoHasLeft) {
  set_status(1, "suspended", 2, "2024-03-20");
  set_status(2, "suspended", 2, "2024-03-01");
  set_status(3, "deceased", 4, std::nullopt);
  EXPECT_THAT(list({}), ElementsAre(1, 4, 2));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.status = "suspended"; })), ElementsAre(1));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.status = "deceased"; })), ElementsAre(3));
  EXPECT_THAT(list(with([](ListFilter& filter) { filter.status = "all"; })), ElementsAre(1, 4, 2, 3));
}

TEST_P(PeopleList, RefusesTooManyFacts) {
  auto refusal = [&](const ListFilter& filter, const std::string& area) {
    try {
      list(filter, area);
    } catch (const Problem& problem) {
      return problem.code;
    }
    return std::string();
  };
  ListFilter facts = with([](ListFilter& filter) { filter.facts.resize(5); });
  EXPECT_EQ(refusal(facts, "51"), "list.filter");
  ListFilter unknown = with([](ListFilter& filter) { filter.unknown_facts.resize(5); });
  EXPECT_EQ(refusal(unknown, "51"), "list.filter");
  EXPECT_EQ(refusal({}, "52"), "area.unknown");
}

TEST_P(PeopleList, TheTrendHasTheOpenMonthsInOrder) {
  database().write([&](db::Session& session) {
    for (const char* month : {"2024-03", "2024-01", "2023-12"}) {
      for (const char* village : {"510521100001", "510521200001"}) {
        session.execute(
            "insert into coverage_tiers (county, month, village, tier, overdue_at, owed, met, due, visited, declined, "
            "suspended, unknown, refused_home_visit, below_floor) values ('510521', $1, $2, 'key', 0, 5, 3, 6, 4, 1, "
            "0, "
            "0, 0, 0)",
            {month, village});
      }
    }
  });
  std::vector<std::string> found;
  database().read([&](db::Session& session) {
    for (const MonthFigures& month : trend(session, "510521", "2024-01", "2024-03", now)) {
      found.push_back(month.month + " " + std::to_string(month.figures.met) + "/" + std::to_string(month.figures.owed));
    }
    EXPECT_EQ(trend(session, "510521100", "2023-12", "2023-12", now).at(0).figures.overdue, 2);
  });
  EXPECT_THAT(found, ElementsAre("2024-01 6/10", "2024-03 6/10"));
}

TEST_P(PeopleList, ForecastsByThePaceOfTheLastDays) {
  // Eleven days of the month are over, one person is finished in the first village: a pace of 1/11 a day.
  owe(1, "w/1", "2024-03-10", "2024-03-05");
  owe(1, "w/2", "2024-03-31", "2024-03-11");
  owe(4, "w/1", "2024-03-31", std::nullopt);
  owe(2, "w/1", "2024-03-31", std::nullopt);
  Forecast made;
  database().read(
      [&](db::Session& session) { made = forecast(session, "510521", "2024-03", *Date::parse("2024-03-11")); });
  EXPECT_EQ(made.days_left, 21);
  EXPECT_EQ(made.total.owed, 3);
  EXPECT_EQ(made.total.open, 2);
  EXPECT_EQ(made.total.expected, 1);
  ASSERT_EQ(made.by_village.size(), 1u);
  EXPECT_EQ(made.by_village[0].area, "510521100002");
  EXPECT_EQ(made.by_village[0].missed(), 1);
  database().read([&](db::Session& session) {
    // Who was due yesterday is missed whatever the pace.
    Forecast after = forecast(session, "510521100001", "2024-03", *Date::parse("2024-04-01"));
    EXPECT_EQ(after.days_left, 0);
    EXPECT_EQ(after.total.missed(), 1);
  });
}

TEST_P(PeopleList, ForecastsAreOfACountyAtMost) {
  database().read([&](db::Session& session) {
    try {
      forecast(session, "51", "2024-03", *Date::parse("2024-03-11"));
      ADD_FAILURE() << "taken";
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "forecast.area");
    }
  });
}

}  // namespace
}  // namespace tanfang::reports
