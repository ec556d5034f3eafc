// Rows of the canvass. Inside the room only.
#pragma once

#include "canvass/canvass.h"

namespace tanfang::canvass::store {

/// A household as it is kept.
struct Row {
  Id id;
  std::string village;
  std::string group;
  std::string place;  // encrypted
  bool listed = true;
  Id canvass;  // of the last result, 0 where there is none
  Result result = Result::open;
  std::optional<Date> result_on;
  Id differing;  // of the canvass of the last result, 0 where there is none
  std::optional<Differing> differs = std::nullopt;
};

void insert_canvass(db::Session& session, const std::string& county, const Canvass& canvass);
void set_ended(db::Session& session, const std::string& county, Id canvass, Date on);
std::vector<Canvass> load_canvasses(db::Session& session, const std::string& county);

/// False where the village has that place.
bool insert_household(db::Session& session, const std::string& county, const Row& row, const std::string& place_hash);
std::optional<Id> find_place(db::Session& session, const std::string& county, const std::string& village,
                             const std::string& place_hash);
std::optional<Row> find_household(db::Session& session, const std::string& county, Id household);
void update_household(db::Session& session, const std::string& county, const Row& row, const std::string& place_hash);
/// The actor who noted the last result.
std::string noter_of(db::Session& session, const std::string& county, const Row& row);
void set_result(db::Session& session, const std::string& county, const Row& row);
std::vector<Row> find_households(db::Session& session, const std::string& county, const HouseholdFilter& filter,
                                 Id canvass);

/// `note` is encrypted, or empty.
void insert_result(db::Session& session, const std::string& county, Id household, Id id, Id canvass,
                   const NotedResult& result);
/// The notes encrypted.
std::vector<NotedResult> load_results(db::Session& session, const std::string& county, Id household);

void add_count(db::Session& session, const std::string& county, const Row& row, Id canvass, Result result,
               std::int64_t households);
/// By the first `digits` of the village's code, or by group where `digits` is 0.
std::vector<Part> sum_counts(db::Session& session, const std::string& area, Id canvass, int digits);

}  // namespace tanfang::canvass::store
