// For tests only: jobs on each engine, on a clock that the test moves.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "app/jobs/jobs_store.h"
#include "app/jobs/runner.h"
#include "platform/db/test_database.h"

namespace tanfang::app::jobs {

class JobsTest : public db::EachEngine {
 protected:
  void SetUp() override { registry::seed_areas(database(), TANFANG_SOURCE_DIR "/data/areas.csv"); }

  Ground ground() { return {database(), keys, ids, clock, classifier, policies, settings}; }
  void set_now(const char* text) { clock.set(parse_instant(text).value()); }
  void pass(std::int64_t milliseconds) { clock.set({clock.now().milliseconds + milliseconds}); }

  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, clock.now(), ids, "test", keys);
      use_case(work);
    });
  }

  /// Somebody of Luxian (510521) who lives alone.
  registry::PersonKey add_person(const std::string& born, int serial = 1) {
    Date birth = *Date::parse(born);
    std::string number = "510521" + born.substr(0, 4) + born.substr(5, 2) + born.substr(8, 2) +
                         std::to_string(1000 + 2 * serial).substr(1);
    registry::PersonStatement said;
    said.citizen_number = number + citizen_number_check(number);
    said.birth_date = birth;
    said.sex = Sex::female;
    said.name = "测试";
    said.phone = "13800007875";
    said.area = "510521100015";
    said.facts = {{"has_spouse", "false"}, {"children", "[]"}, {"living_with", "[]"}, {"willing", "true"}};
    Date today = china_date(clock.now());
    registry::Terms terms{"510521", registry::Source::clerk, "", today, today, "test"};
    registry::PersonKey key;
    write([&](audit::Work& work) {
      key = registry::register_people(work, classifier, terms, std::span(&said, 1)).at(0).person;
    });
    return key;
  }

  Job row(const std::string& kind, const std::string& subject = "") {
    Job found;
    database().read([&](db::Session& session) {
      for (const Job& job : list_jobs(session)) {
        if (job.kind == kind && job.subject == subject) found = job;
      }
    });
    return found;
  }
  /// A kind whose work is `work`, due every minute.
  static Kind simple(const std::string& name, std::function<std::string(const jobs::Run&)> work) {
    return {name, {"", ""}, Kind::Reach::once, every(60'000), std::move(work)};
  }

  FixedClock clock{parse_instant("2024-03-10T23:30").value()};
  crypto::KeyRing keys = crypto::KeyRing::for_tests();
  IdSource ids{11};
  registry::Classifier classifier{TANFANG_SOURCE_DIR};
  planning::Policies policies{classifier};
  JobSettings settings;
};

}  // namespace tanfang::app::jobs
