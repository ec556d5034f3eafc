// Rows of `emergencies`. Inside the room only.
#pragma once

#include "alarms/alarms.h"

namespace tanfang::alarms::store {

/// An emergency as it is kept.
struct Row {
  Emergency emergency;  // `report` holds what and at; `outcome` is encrypted, or empty
  std::string key;
  std::string content;  // encrypted; empty once erased
  Id change;
};

void insert(db::Session& session, const Row& row);
std::optional<Row> find(db::Session& session, const std::string& county, Id emergency);
std::optional<Id> find_sent(db::Session& session, const std::string& county, const std::string& reported_by,
                            const std::string& key);
/// State, who acknowledged and closed it and when, the outcome, the change.
void update(db::Session& session, const Row& row);
std::vector<Row> list(db::Session& session, const std::string& county, const Filter& filter);
std::int64_t count(db::Session& session, const std::string& county, const std::string& area, State state);
std::vector<Change> list_changes(db::Session& session, Id after);
void put_telling(db::Session& session, const std::string& county, bool told);
std::int64_t erase(db::Session& session, const std::string& county, Id person);

}  // namespace tanfang::alarms::store
