// Runs a scenario file on a virtual clock; README.md describes the lines.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "planning/planning.h"
#include "platform/db/database.h"
#include "registry/registry.h"

namespace tanfang::scenarios {

/// Words of one line.
using Line = std::vector<std::string>;

/// Throws std::runtime_error with the line where a file is not as README.md says; expectations are GoogleTest's.
class Scenario {
 public:
  explicit Scenario(db::Database& database);
  void run(const std::string& path);

 private:
  void step(const Line& line);
  void do_on_day(const Line& line);
  void register_person(const Line& line);
  void state_facts(const Line& line);
  void apply_visit(const std::string& name, const std::string& method, Date day, const std::string& time, bool met);
  void strike(const std::string& name);
  void change_status(const Line& line);
  void move(const Line& line);
  void switch_on(const Line& line);
  void choose(const Line& line);
  void note_event(const Line& line);
  void expect(const Line& line);
  void expect_coverage(const Line& line);
  void expect_person(const Line& line);
  void recount();
  void refresh(audit::Work& work, Id person, Date from);
  void write(const std::function<void(audit::Work&)>& work);
  Id person(const std::string& name) const;
  registry::PersonKey key(const std::string& name) const { return {county_, person(name)}; }

  db::Database& database_;
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  IdSource ids_{1};
  registry::Classifier classifier_;
  planning::Policies policies_;
  std::string county_;
  std::string village_;
  Date today_;
  std::map<std::string, Id> people_;
  std::map<std::string, planning::VisitFact> last_visits_;
  int registered_ = 0;
};

/// The value of `word=value` in the line; empty where it is not there.
std::string value_in(const Line& line, const std::string& word);
Date day_of(const std::string& text);

}  // namespace tanfang::scenarios
