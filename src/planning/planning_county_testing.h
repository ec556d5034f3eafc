// For tests only: a county under its shipped schemes, with people of it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/citizen_number.h"
#include "planning/planning.h"
#include "platform/db/test_database.h"
#include "registry/registry.h"

namespace tanfang::planning::examples {

/// Works in Luxian (泸县, luzhou-2023) unless another county is given.
class CountyTest : public db::EachEngine {
 protected:
  const std::string county = "510521";
  const std::string village = "510521100015";

  void SetUp() override { registry::seed_areas(database(), TANFANG_SOURCE_DIR "/data/areas.csv"); }

  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now, ids, "test", keys);
      use_case(work);
    });
  }

  /// The code of the Problem that the use case throws; empty where it throws none.
  std::string refusal(const std::function<void(audit::Work&)>& use_case) {
    try {
      write(use_case);
    } catch (const Problem& problem) {
      return problem.code;
    }
    return "";
  }

  /// Somebody who lives alone; key where born before 1944, else general.
  Id add_person(const std::string& born, Date registered, const std::string& area = "") {
    Date birth = *Date::parse(born);
    std::string number =
        fmt::format("510521{:04}{:02}{:02}{:03}", birth.year(), birth.month(), birth.day(), 2 * ++people_);
    registry::PersonStatement statement;
    statement.citizen_number = number + citizen_number_check(number);
    statement.birth_date = birth;
    statement.sex = Sex::female;
    statement.name = "测试";
    statement.area = area.empty() ? village : area;
    statement.facts = {{"has_spouse", "false"}, {"children", "[]"}, {"living_with", "[]"}};
    registry::Terms terms{county, registry::Source::clerk, "", registered, registered, "test"};
    Id id;
    write([&](audit::Work& work) {
      id = registry::register_people(work, classifier, terms, std::span(&statement, 1)).at(0).person.id;
      refresh_person(work, policies, county, id, registered);
    });
    return id;
  }

  void open(const std::string& month) {
    write([&](audit::Work& work) { open_month(work, policies, county, parse_month(month)); });
  }

  VisitFact visit(Id person, const std::string& day, const std::string& method = "home") {
    VisitFact fact{ids.next(now), person, china_instant(*Date::parse(day), 600), method, true, false};
    write([&](audit::Work& work) { apply_visit(work, policies, county, fact); });
    return fact;
  }

  /// `kind state` of everything that ends in the month, in order.
  std::vector<std::string> states(const std::string& month, Id person) {
    std::vector<std::string> found;
    database().read([&](db::Session& session) {
      for_each_planned(session, county, parse_month(month), now, false, [&](const PlannedVisit& planned) {
        if (planned.person == person && planned.ends_in_month) found.push_back(planned.kind + " " + planned.state);
      });
    });
    return found;
  }

  Recount recount(const std::string& month, bool rebuild = false) {
    Recount found;
    write([&](audit::Work& work) { found = recount_month(work, policies, county, parse_month(month), rebuild); });
    return found;
  }

  Instant now = china_instant(*Date::parse("2024-03-01"), 720);
  crypto::KeyRing keys = crypto::KeyRing::for_tests();
  IdSource ids{1};
  registry::Classifier classifier{TANFANG_SOURCE_DIR};
  Policies policies{classifier};

 private:
  int people_ = 0;
};

}  // namespace tanfang::planning::examples
