// Visitors, whom they visit, and who should visit whom. Part of planning.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"
#include "platform/db/database.h"

namespace tanfang::planning {

struct Month;

/// What a visitor is: the helpers of the glossary (探访力量).
struct VisitorKind {
  std::string_view id;
  Words words;
};
const std::vector<VisitorKind>& visitor_kinds();

struct Visitor {
  Id id;  // 0: a new one
  std::string name;
  std::string kind;
  std::string login;                  // the account they sign in with; "" for none
  std::string home;                   // the village they live in; "" unknown
  std::vector<std::string> villages;  // where they come, beside their home
  std::int64_t radius_metres = 0;     // from the home's point; 0: only home and the villages named
  std::int64_t capacity = 0;          // visits a month
  std::string service;                // what they offer, in their words
  bool active = true;
};

/// Adds or replaces. Records `visitor_added`, `visitor_changed`; the same again changes nothing. Throws Problem
/// `visitor.invalid` with one field each for what is wrong, `visitor.unknown`.
Id put_visitor(audit::Work& work, const std::string& county, Visitor visitor);
/// By name.
std::vector<Visitor> list_visitors(db::Session& session, const std::string& county);

/// Where an area lies, as degrees.
struct AreaPoint {
  std::string area;
  double latitude = 0;
  double longitude = 0;
};
/// Records `area_located`. Throws Problem `point.range`.
void locate_area(audit::Work& work, const AreaPoint& point);
/// Of the area and all in it.
std::vector<AreaPoint> list_points(db::Session& session, const std::string& area);

struct Assignment {
  Id person;
  Id visitor;              // 0: nobody any more
  bool appointed = false;  // as the person's first contact (第一探访联系人)
  /// Who visited them when this was decided (0: nobody); nullopt: whoever it may be by now.
  std::optional<Id> seen{};
};
/// Records `people_assigned` with how many; the same again changes nothing. Throws Problem `visitor.unknown` (also for
/// one who is not active), `person.unknown`, and `assignment.changed` with a field for each who has another visitor
/// than was seen; nobody is assigned then.
void assign_people(audit::Work& work, const std::string& county, const std::vector<Assignment>& assignments);

/// Somebody who is owed visits in the month, and who makes them.
struct AssignedPerson {
  Id person;
  std::string village;
  std::int64_t visits = 0;
  Id visitor;  // 0: nobody
  bool appointed = false;
  std::string name = {};  // unmasked: the caller masks it
};
/// Of the county or what lies in it, village by village.
std::vector<AssignedPerson> list_assigned(db::Session& session, const std::string& area, const Month& month);
/// The visits owed in the month to the people of each visitor in the area, a county or a part of one; who has none is
/// left out.
std::map<Id, std::int64_t> loads_of_visitors(db::Session& session, const std::string& area, const Month& month);
/// The people of whoever signs in by that login and is active, by id.
std::vector<Assignment> list_people_of(db::Session& session, const std::string& county, const std::string& login);
/// The visitor of one person, 0 for nobody.
Assignment assignment_of(db::Session& session, const std::string& county, Id person);

/// How good an assignment is; the first that differs decides, the smaller the better.
struct AssignmentFigures {
  std::int64_t uncovered = 0;  // visits that nobody can make
  std::int64_t strangers = 0;  // people given to somebody they do not know, though they know a visitor
  std::int64_t changes = 0;    // people whose visitor changes
  double imbalance = 0;        // sum over visitors of visits² ÷ capacity
};
struct ProposedChange {
  Id person;
  std::string village;
  std::int64_t visits = 0;
  Id from;  // 0: nobody
  Id to;    // 0: nobody
  /// nobody_before, last_visitor, cannot_come (the present one), no_room (with the present one).
  std::string reason;
  std::string name = {};  // unmasked: the caller masks it
};
struct Gap {
  std::string village;
  std::int64_t people = 0;
  std::int64_t visits = 0;
  std::string reason;  // nobody_comes, all_full
};
struct VisitorLoad {
  Id visitor;
  std::int64_t before = 0;  // visits, with those outside the area
  std::int64_t after = 0;
};
struct Proposal {
  AssignmentFigures before;
  AssignmentFigures after;
  std::vector<ProposedChange> changes;
  std::vector<Gap> gaps;
  std::vector<VisitorLoad> loads;  // of who has or gets some
};
/// For the people of `area` who are owed something in the month, with the visitors of the county; everybody else stays
/// where they are. `last_visitors`: the login of who visited last. Never worse than the present assignment. Stores
/// nothing. Throws Problem `month.not_open`.
Proposal propose_assignment(db::Session& session, const std::string& area, const Month& month,
                            const std::map<Id, std::string>& last_visitors);

}  // namespace tanfang::planning
