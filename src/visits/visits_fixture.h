// For tests only: a county of invented people under the shipped schemes, and records written as they arrive.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "platform/db/test_database.h"
#include "visits/visits.h"

namespace tanfang::visits {

inline const std::string kCounty = "510521";
inline const std::string kVillage = "510521100201";

/// A whole record of a home visit on the Luzhou form; `mood` is unchanged, better or worse.
inline std::string luzhou_answers(const std::string& mood = "unchanged", const std::string& gas = "safe") {
  return R"({"family_size":"unchanged","expression":"unchanged","mobility":"unchanged","disease":"unchanged","mood":")" +
         mood + R"(","gas":")" + gas +
         R"(","plumbing_heating":"safe","electricity":"safe","personal_hygiene":"unchanged",)"
         R"("home_hygiene":"unchanged","indoor":"unchanged"})";
}

class VisitsTest : public db::EachEngine {
 protected:
  void SetUp() override { person_ = register_person(1, R"([])"); }

  void set_now(const char* text) { now_ = parse_instant(text).value(); }

  /// An 84-year-old who lives alone: `key` in luzhou-2023, two home visits a month.
  registry::PersonKey register_person(int serial, const std::string& children, const std::string& county = kCounty) {
    registry::PersonStatement said;
    std::string number = county + "19400302" + std::to_string(1000 + serial).substr(1);
    said.citizen_number = number + citizen_number_check(number);
    said.birth_date = *Date::parse("1940-03-02");
    said.sex = serial % 2 ? Sex::male : Sex::female;
    said.name = "张三";
    said.area = county + "100201";
    said.facts = {{"children", children}, {"living_with", "[]"}, {"has_spouse", "false"}, {"willing", "true"}};
    registry::Terms terms{county,           registry::Source::ledger,   "",
                          china_date(now_), *Date::parse("2024-01-01"), "ledger:test"};
    registry::PersonKey key;
    write([&](audit::Work& work) {
      key = registry::register_people(work, classifier_, terms, std::span(&said, 1)).at(0).person;
    });
    return key;
  }

  void write(const std::function<void(audit::Work&)>& use_case) {
    database().write([&](db::Session& session) {
      audit::Work work(session, now_, ids_, "command:test", keys_);
      use_case(work);
      EXPECT_TRUE(work.recorded_or_unchanged());
    });
  }

  VisitEntry entry(const std::string& key, const std::string& day, const std::string& answers = luzhou_answers()) {
    VisitEntry made;
    made.key = key;
    made.person_id = format_id(person_.id);
    made.visitor = "王敏";
    made.method = "home";
    made.started_at = day + "T09:00";
    made.ended_at = day + "T09:20";
    made.outcome = "met";
    made.form = "luzhou-2023/visit";
    made.answers = answers;
    return made;
  }

  PreparedVisit prepare(const VisitEntry& entry) {
    PreparedVisit prepared;
    database().read(
        [&](db::Session& session) { prepared = prepare_visit(session, ground_, keys_, ids_, now_, kCounty, entry); });
    return prepared;
  }
  Recorded store(const PreparedVisit& prepared) {
    Recorded recorded;
    write([&](audit::Work& work) { recorded = record_visit(work, ground_, prepared); });
    return recorded;
  }
  Recorded record(const VisitEntry& entry) { return store(prepare(entry)); }
  Recorded correct(Id old, const VisitEntry& entry, const std::string& reason = "日期写错了") {
    PreparedVisit prepared = prepare(entry);
    make_correction(prepared, old, reason);
    return store(prepared);
  }
  void strike(Id visit, const std::string& reason = "抽查未到访") {
    write([&](audit::Work& work) { strike_visit(work, ground_, kCounty, visit, reason); });
  }

  /// Codes of the refusal's fields, or of the refusal where it names none.
  std::string refusal_of(const std::function<void()>& work) {
    try {
      work();
    } catch (const Problem& problem) {
      std::string codes;
      for (const FieldProblem& field : problem.fields) codes += (codes.empty() ? "" : " ") + field.code;
      return codes.empty() ? problem.code : codes;
    }
    return "";
  }
  static std::string codes_of(const std::vector<FieldProblem>& problems) {
    std::string codes;
    for (const FieldProblem& problem : problems) codes += (codes.empty() ? "" : " ") + problem.code;
    return codes;
  }

  Visit load(Id visit) {
    Visit loaded;
    database().read([&](db::Session& session) { loaded = load_visit(session, keys_, kCounty, visit); });
    return loaded;
  }
  /// `poor>fair` for each change of an indicator, in time.
  std::string changes_of(const std::string& indicator, const registry::PersonKey& person) {
    std::string text;
    database().read([&](db::Session& session) {
      for (const StatusChange& change : load_status_changes(session, person)) {
        if (change.indicator != indicator) continue;
        text += text.empty() ? "" : " ";
        text += change.before ? forms::name_of(*change.before) : "unknown";
        text += ">";
        text += forms::name_of(change.after);
      }
    });
    return text;
  }
  std::int64_t recount(bool rebuild = false) {
    std::int64_t wrong = -1;
    write([&](audit::Work& work) { wrong = recount_statuses(work, kCounty, rebuild); });
    return wrong;
  }
  std::vector<std::string> events_of(Id visit) {
    std::vector<std::string> kinds;
    database().read([&](db::Session& session) {
      audit::Filter filter;
      filter.subject = "visit:" + format_id(visit);
      for (const audit::Entry& entry : audit::list(session, filter)) kinds.insert(kinds.begin(), entry.kind);
    });
    return kinds;
  }

  Instant now_ = parse_instant("2024-05-31T18:00").value();
  IdSource ids_{7};
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  registry::Classifier classifier_{TANFANG_SOURCE_DIR};
  planning::Policies policies_{classifier_};
  forms::Catalog forms_ = forms::load_catalog({TANFANG_SOURCE_DIR "/schemes"});
  Ground ground_{classifier_, policies_, forms_};
  registry::PersonKey person_;
};

}  // namespace tanfang::visits
