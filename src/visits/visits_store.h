// Rows of visit records and of what follows from them. Inside the room only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "visits/visits.h"

namespace tanfang::visits::store {

struct Received {
  Id visit;
  std::string digest;
};
std::optional<Received> find_received(db::Session& session, const std::string& county, const std::string& key);
/// False where the key is there already.
bool insert_received(db::Session& session, const PreparedVisit& visit);

/// Throws Problem `person.unknown`.
void insert_visit(db::Session& session, const PreparedVisit& visit, const std::string& sealed_reason, Instant now,
                  const std::string& actor);
/// With what is encrypted in `answers`, `reason` and `struck_reason`.
std::optional<Visit> find_visit(db::Session& session, const std::string& county, Id visit);
void mark_corrected(db::Session& session, const std::string& county, Id visit, Id corrected_by);
void mark_struck(db::Session& session, const std::string& county, Id visit, Instant now,
                 const std::string& sealed_reason);

std::vector<Id> visits_of(db::Session& session, const std::string& county, Id person);
/// Puts sealed `answers` in the place of a record's, and takes its reasons away.
void erase_answers(db::Session& session, const std::string& county, Id visit, const std::string& answers);

/// As an earlier version wrote them, in clear.
struct PlainReasons {
  std::string county;
  Id visit;
  std::string reason;
  std::string struck_reason;
};
std::vector<PlainReasons> load_plain_reasons(db::Session& session);
void seal_reasons(db::Session& session, const PlainReasons& plain, const std::string& reason,
                  const std::string& struck_reason);

/// Takes the person's row and tells it of a record; true where that is their latest by time and id.
bool take_person(db::Session& session, const std::string& county, Id person, Instant at, Id visit);

void insert_changes(db::Session& session, const std::string& county, Id person,
                    const std::vector<StatusChange>& changes);
void delete_changes(db::Session& session, const std::string& county, Id person);

/// A record that counts for statuses.
struct Counting {
  Id person;
  Id visit;
  Instant at;
  std::vector<forms::Finding> findings;
};
/// Of one person, in the order of time.
std::vector<Counting> counting_visits(db::Session& session, const std::string& county, Id person);
/// Everybody of the county who has a record, after `after`, at most `limit`.
std::vector<Id> visited_people(db::Session& session, const std::string& county, Id after, int limit);

/// Person and visitor of the latest record that counts, since that day.
std::vector<std::pair<Id, std::string>> load_last_visitors(db::Session& session, const std::string& county, Date since);

}  // namespace tanfang::visits::store
