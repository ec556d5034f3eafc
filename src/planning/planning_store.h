// The raw rows of planning: months, visits, events, rounds, declarations, moves.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "planning/planning.h"
#include "planning/planning_file.h"
#include "platform/db/database.h"

namespace tanfang::planning::store {

std::vector<Month> load_months(db::Session& session, const std::string& county);
/// False where the month was open already.
bool insert_month(db::Session& session, const std::string& county, Month month, Instant now);

/// Takes the person for this transaction; returns the village planning last knew, empty where none.
std::string lock_person(db::Session& session, const std::string& county, Id person, Instant now);
/// The same for many, ordered by id; who is new to planning is kept with their village of now.
std::map<Id, std::string> lock_people(db::Session& session, const std::string& county,
                                      const std::vector<registry::Standing>& standings, Instant now);
void update_village(db::Session& session, const std::string& county, Id person, const std::string& village);
void insert_move(db::Session& session, const std::string& county, Id person, Date on, const std::string& village);
/// The person lives in `village` again, from which they were thought to have moved on that day.
void undo_move(db::Session& session, const std::string& county, Id person, Date on, const std::string& village);
/// What is known of where these lived.
void forget_people(db::Session& session, const std::string& county, const std::vector<Id>& people);

/// Keeps the fact; where one was kept under that id, it is replaced and its day returned.
std::optional<Date> put_visit(db::Session& session, const std::string& county, const VisitFact& visit);
void delete_visit(db::Session& session, const std::string& county, Id person, Id visit);
/// The day of a visit that is kept.
std::optional<Date> find_visit_day(db::Session& session, const std::string& county, Id person, Id visit);

void insert_event(db::Session& session, const std::string& county, Id person, const PersonEvent& event);
/// The id of the person's event of that moment.
std::optional<Id> find_event(db::Session& session, const std::string& county, Id person, const std::string& event,
                             Instant at);

/// What happened to people whose ids lie in first..last, by person: counted visits since `since` by time, events,
/// moves, and the rounds for which they were chosen.
struct Happenings {
  std::vector<CountedVisit> visits;
  std::vector<PersonEvent> events;
  std::vector<Move> moves;
  std::vector<Id> rounds;
};
std::map<Id, Happenings> load_happenings(db::Session& session, const std::string& county, Id first, Id last,
                                         Date since);

void insert_round(db::Session& session, const std::string& county, const ExtraRound& round);
void update_round_end(db::Session& session, const std::string& county, Id round, Date last_day);
/// With how many were chosen, not whom.
std::vector<ExtraRound> load_rounds(db::Session& session, const std::string& county);
/// The latest first; 0: from the last one on.
std::vector<ExtraRound> load_rounds(db::Session& session, const std::string& county, Id before, int limit);
bool has_round(db::Session& session, const std::string& county, Id round);
/// Whom the round is for, by id; nobody where it is for all.
std::vector<Id> load_round_people(db::Session& session, const std::string& county, Id round);
/// Adds the rounds for which people whose ids lie in first..last were chosen.
void add_chosen_rounds(db::Session& session, const std::string& county, Id first, Id last,
                       std::map<Id, Happenings>& happenings);

void insert_declaration(db::Session& session, const std::string& county, const EpidemicDeclaration& declaration);
void update_declaration_end(db::Session& session, const std::string& county, Id declaration, Date last_day);
std::vector<EpidemicDeclaration> load_declarations(db::Session& session, const std::string& county);

}  // namespace tanfang::planning::store
