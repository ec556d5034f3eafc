// The county as planning sees it in one piece of work, and how a person's file is made from the registry's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "planning/planning.h"
#include "planning/planning_file.h"
#include "planning/planning_store.h"

namespace tanfang::planning {

class County {
 public:
  /// What is known of the county for work on the days `days`.
  static County load(db::Session& session, const Policies& policies, const std::string& code, const Days& days);
  /// The same under another policy than the county has.
  static County load(db::Session& session, const Policies& policies,
                     std::shared_ptr<const registry::CountyPolicy> policy, const std::string& code, const Days& days);
  /// The same before one of `add_festivals` is called.
  static County load_without_festivals(db::Session& session, const Policies& policies,
                                       std::shared_ptr<const registry::CountyPolicy> policy, const std::string& code,
                                       const Days& days);
  /// Of all schemes: a round binds whom a verdict of its scheme binds.
  void add_festivals();
  /// Of the schemes alone that judge this person: there are many more.
  void add_festivals_of(const PersonFile& file);

  const std::string& code() const { return code_; }
  const std::vector<Month>& months() const { return months_; }  // open, in order
  const Circumstances& circumstances() const { return circumstances_; }
  const registry::CountyPolicy& policy() const { return *policy_; }

  /// From which day on a person's history and visits decide about `days`: the beginning of the year before; from the
  /// very beginning where a scheme counts days since the last visit.
  Date horizon(const Days& days) const;
  /// Until which day verdicts decide about `days`: rounds and windows that touch it may reach beyond.
  static Date foresight(const Days& days) { return days.last + 366; }
  /// The months, as kept, in which something that touches `days` may end.
  std::vector<std::string> months_of(const Days& days) const;
  /// The first day of the months in which something may have begun that still runs on `day`.
  Date earliest_before(Date day) const { return add_months(month_of(day), -longest_months_).first_day(); }
  /// The days of the open months from the month of `from` on; nullopt where none is open.
  std::optional<Days> open_days(Date from) const;

  /// What happened to people whose ids lie in first..last, as far as it decides about `days`.
  std::map<Id, store::Happenings> happenings_of(db::Session& session, Id first, Id last, const Days& days) const;
  PersonFile file_of(const registry::Standing& standing, store::Happenings happenings) const;

 private:
  const schemes::Scheme* find_scheme(const std::string& id, const std::string& version) const;
  void add_festivals_of(const schemes::Scheme& scheme);
  void sort_rounds();
  void measure_windows();

  std::string code_;
  const Policies* policies_ = nullptr;
  std::shared_ptr<const registry::CountyPolicy> policy_;
  std::vector<Month> months_;
  Circumstances circumstances_;
  Days festival_days_;  // whose festivals may decide
  bool has_intervals_ = false;
  bool has_chosen_rounds_ = false;
  int longest_months_ = 1;
};

}  // namespace tanfang::planning
