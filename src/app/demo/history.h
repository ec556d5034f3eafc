// The months that an invented county has behind it: visits made, forgotten, too late, doors that stayed closed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "app/command_line.h"
#include "app/demo/chance.h"
#include "forms/forms.h"
#include "planning/planning.h"
#include "visits/visits.h"

namespace tanfang::app {

struct MonthMade {
  std::int64_t visits = 0;
  std::int64_t attempts = 0;
  std::int64_t away = 0;  // people who went to hospital for a time
};

/// Makes up months through the real use cases, each at a time of its own.
class History {
 public:
  History(Surroundings& surroundings, const visits::Ground& ground, const planning::Policies& policies, Chance& chance)
      : surroundings_(surroundings), ground_(ground), policies_(policies), chance_(chance) {}

  /// Opens the month and records its visits up to `until`: about 19 of 20 that are owed, some by phone where that is
  /// allowed, some after a first knock on a closed door; each village leaves more or less undone.
  MonthMade make_month(const std::string& county, planning::Month month, Date until,
                       const std::function<void(std::int64_t)>& progress);

 private:
  struct Plan {
    Id person;
    std::string village;
    Date first_day, last_day, due_day;
    int missing = 0;
    std::string method;
    std::string form;
  };

  std::vector<Plan> plans_of(const std::string& county, planning::Month month);
  const forms::Form* form_of(const std::string& county, const std::string& label);
  double diligence_of(const std::string& village);
  void add_entries(const Plan& plan, Date until, std::vector<visits::VisitEntry>& entries, MonthMade& made);
  visits::VisitEntry entry(const Plan& plan, Date day, const std::string& outcome);
  void record(const std::string& county, const std::vector<visits::VisitEntry>& entries);
  std::int64_t send_to_hospital(const std::string& county, planning::Month month, const std::vector<Plan>& plans);

  Surroundings& surroundings_;
  const visits::Ground& ground_;
  const planning::Policies& policies_;
  Chance& chance_;
  std::map<std::string, double> diligence_;
  std::int64_t keys_ = 0;
};

}  // namespace tanfang::app
