// What the rules of planning are given: one person's file and the county's circumstances. Values only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "planning/planning_windows.h"
#include "registry/registry.h"
#include "schemes/schemes.h"

namespace tanfang::planning {

/// One line of what a person is owed under a scheme, as a verdict says it.
struct OwedRule {
  schemes::Window window = schemes::Window::month;
  int min = 1;
  int days = 0;  // interval
  std::string event;
  int hours = 0;  // after_event
  schemes::MethodSet methods;
  std::string mark;  // `refused_home_visit`
};

/// A scheme's verdict on a person and the days it holds.
struct Standpoint {
  Days days;  // the last may be far in the future
  const schemes::Scheme* scheme = nullptr;
  std::optional<bool> eligible;
  std::string tier;
  std::vector<std::string> categories;
  std::shared_ptr<const std::vector<OwedRule>> owed;  // never null
};

/// One scheme's verdicts on a person, by date, without overlaps.
struct History {
  std::string scheme;
  std::vector<Standpoint> standpoints;

  /// nullptr where the scheme had no verdict on that day.
  const Standpoint* on(Date day) const;
};

/// A visit that took place and was not struck out.
struct CountedVisit {
  Instant at;
  Date day;
  schemes::Method method = schemes::Method::home;
  Id visit{};
};

struct PersonEvent {
  Id id;
  std::string event;
  Instant at;
};

/// Until the day before `on` the person lived in `village`.
struct Move {
  Date on;
  std::string village;
};

struct PersonFile {
  Id person;
  std::string village;      // now
  std::vector<Move> moves;  // within the county, by date
  Date registered_on;
  std::vector<registry::StatusSpan> spans;
  std::vector<History> binding;      // the schemes whose obligations bind
  std::optional<History> floor;      // the national floor, where it is only reported
  std::vector<CountedVisit> visits;  // by time
  std::vector<PersonEvent> events;
  std::vector<Id> rounds;  // for which they were chosen

  std::string village_on(Date day) const;
  registry::Status status_on(Date day) const { return registry::status_on(spans, day); }
};

/// Visits owed beside the windows, once to each person it is meant for.
struct Round {
  std::string label;  // `round/<id>` or `festival/<id>`; unique together with its days
  Days days;
  std::string area;                         // prefix of the village codes
  std::vector<std::string> tiers;           // empty: all
  std::vector<std::string> categories;      // empty: all; else one of them
  const schemes::Scheme* scheme = nullptr;  // festival: the version that owes it; else whichever binds
  Id chosen{};                              // the round, where it is for people who were chosen; 0: for all
};

/// A time and place where home visits are impossible (epidemic, lock-down).
struct Declaration {
  Days days;
  std::string area;
};

struct Circumstances {
  std::vector<Round> rounds;  // by last day, first day, label
  std::vector<Declaration> declarations;

  bool home_impossible(const std::string& village, Date day) const;
};

}  // namespace tanfang::planning
