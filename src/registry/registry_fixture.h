// For tests only: a registry on each engine, the shipped schemes, invented people of Luxian (510521).
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "base/problem.h"
#include "platform/db/test_database.h"
#include "registry/registry.h"

namespace tanfang::registry {

inline Date day(const char* iso) { return Date::parse(iso).value(); }

/// The code of the Problem that `work` throws, or "".
inline std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Problem& problem) {
    return problem.code;
  }
  return "";
}

/// A correct citizen number of that birthday; `serial` (odd: male) tells people apart.
inline std::string number_of(const char* birth, int serial) {
  std::string compact = std::string(birth, 4) + std::string(birth + 5, 2) + std::string(birth + 8, 2);
  std::string order = std::to_string(1000 + serial % 1000).substr(1);
  std::string number = "510521" + compact + order;
  return number + citizen_number_check(number);
}

inline PersonStatement statement_of(const std::string& name, const char* birth, int serial, const std::string& area,
                                    FactValues facts = {}) {
  PersonStatement said;
  said.citizen_number = number_of(birth, serial);
  said.birth_date = day(birth);
  said.sex = serial % 2 ? Sex::male : Sex::female;
  said.name = name;
  said.area = area;
  said.facts = std::move(facts);
  return said;
}

class RegistryTest : public db::EachEngine {
 protected:
  void set_now(const char* text) { now_ = parse_instant(text).value(); }
  Date today() const { return china_date(now_); }

  /// Runs a use case in a transaction; it must record an event or say unchanged.
  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "clerk:wang", keys_);
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  }
  std::string refused(const std::function<void(audit::Work&)>& use_case) {
    return refusal_of([&] { write(use_case); });
  }
  template <typename Read>
  auto read(Read reading) {
    decltype(reading(std::declval<db::Session&>())) result;
    database().read([&](db::Session& session) { result = reading(session); });
    return result;
  }
  Terms terms(const std::string& scope = "510521") {
    return {scope, Source::ledger, "", today(), today(), "ledger:test"};
  }
  std::vector<Registration> take(const std::vector<PersonStatement>& statements, const Terms& terms) {
    std::vector<Registration> results;
    write([&](audit::Work& work) { results = register_people(work, classifier_, terms, statements); });
    return results;
  }
  PersonKey take(const PersonStatement& statement) { return take({statement}, terms()).at(0).person; }
  /// Kinds of the events of a subject, oldest first.
  std::vector<std::string> events_of(const PersonKey& key) {
    std::vector<std::string> kinds;
    database().read([&](db::Session& session) {
      audit::Filter filter;
      filter.subject = "person:" + format_id(key.id);
      for (const audit::Entry& entry : audit::list(session, filter)) kinds.insert(kinds.begin(), entry.kind);
    });
    return kinds;
  }

  Instant now_ = parse_instant("2024-03-10T09:00").value();
  IdSource ids_{7};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  Classifier classifier_{TANFANG_SOURCE_DIR};
};

}  // namespace tanfang::registry
