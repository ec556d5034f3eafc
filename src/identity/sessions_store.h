// Rows of sessions and of waits after failures. Only for the files of this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/sessions.h"

namespace tanfang::identity::store {

struct SessionRow {
  std::string token_hash;
  Id id;
  Id account;
  Instant started_at;
  std::int64_t idle = 0;
  Instant ends_at;
  bool must_enrol = false;
};
void insert_session(db::Session& session, const SessionRow& row);
std::optional<Principal> find_principal(db::Session& session, std::string_view token_hash, Instant now);
void set_session_used(db::Session& session, Id id, Instant at);
void set_session_enrolled(db::Session& session, Id id);
std::vector<SessionEntry> list_sessions(db::Session& session, Id account, Instant now);
/// Whether it was there.
bool remove_session(db::Session& session, Id account, Id id);
/// All of the account but `kept`; how many.
std::int64_t remove_sessions(db::Session& session, Id account, Id kept = {});
/// Sessions, emergency grants and tokens: an account that is not what it was begins anew.
std::int64_t remove_arrivals(db::Session& session, Id account, Instant now);

/// What failures led to. `since`: for an address when its window began, for a login when it last failed.
struct Wait {
  std::int64_t failures = 0;
  Instant since;
  Instant closed_until;
};
Wait load_wait(db::Session& session, std::string_view scope, std::string_view key_hash);
void put_wait(db::Session& session, std::string_view scope, std::string_view key_hash, const Wait& wait);
void remove_wait(db::Session& session, std::string_view scope, std::string_view key_hash);

std::int64_t remove_expired(db::Session& session, Instant now);

}  // namespace tanfang::identity::store
