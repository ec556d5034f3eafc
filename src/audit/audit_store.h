// Rows of the trail. Only for the files of this room.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "audit/chain.h"

namespace tanfang::audit::store {

void insert_unsealed(db::Session& session, Id id, Instant at, std::string_view actor, const Event& event);
/// `ids[i]` is the id of `events[i]`.
void insert_unsealed(db::Session& session, std::span<const Id> ids, Instant at, std::string_view actor,
                     std::span<const Event> events);

/// The first county after `county` with unsealed events; from the start for nullopt.
std::optional<std::string> unsealed_county_after(db::Session& session, const std::optional<std::string>& county);
/// The oldest `limit` unsealed events of the county.
std::vector<Entry> unsealed(db::Session& session, const std::string& county, std::int64_t limit);
void append(db::Session& session, std::span<const Entry> entries, std::span<const std::string> hashes);
void remove_unsealed(db::Session& session, std::span<const Entry> entries);

/// Takes the right to seal until the transaction ends; false where the deployment's head is gone.
bool lock_sealing(db::Session& session);
std::optional<Head> find_head(db::Session& session, const std::string& county);
std::vector<Head> heads(db::Session& session);
void insert_head(db::Session& session, const Head& head);
void update_head(db::Session& session, const Head& head);
/// The last number of the county's chain; 0 where there is none.
std::int64_t last_number(db::Session& session, const std::string& county);

std::optional<std::string> sealed_county_after(db::Session& session, const std::optional<std::string>& county);
/// Up to `limit` entries of the county with a number above `after`, in order, with their hashes; how many there were.
std::int64_t read_sealed(db::Session& session, const std::string& county, std::int64_t after, std::int64_t limit,
                         const std::function<void(const Link&, std::string_view hash)>& visit);
std::int64_t count_sealed(db::Session& session);
std::int64_t count_unsealed(db::Session& session);

std::optional<std::string> find_key_mark(db::Session& session);
void insert_key_mark(db::Session& session, const std::string& fingerprint);

}  // namespace tanfang::audit::store
