// Who may touch which account, and how its events are told. Only for the files of this folder.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "identity/accounts.h"

namespace tanfang::identity {

/// One use case in a transaction of its own.
void write(const Ground& ground, Instant now, const std::string& actor,
           const std::function<void(audit::Work&)>& use_case);
/// The login as it is kept. Throws Problem `identity.login_malformed`.
std::string plain_login(std::string_view login);
/// An account as `fresh` asks, checked and with an id, not yet stored.
Account drafted(audit::Work& work, const Principal& by, const NewAccount& fresh);
/// Throws Problem `identity.login_taken`.
void insert(audit::Work& work, const Account& account, std::string_view password);
/// The account where `by` may change it: of a role that it appoints, in its area, not its own.
Account managed(db::Session& session, const Principal& by, Id account);
/// The same, or any but its own in its area for who has `security_manage`: to shut doors, never to open them.
Account secured(db::Session& session, const Principal& by, Id account);
/// In the chain of the account's county; `details` is a JSON object.
void record(audit::Work& work, const Account& account, std::string_view kind, std::string details = "{}");
/// `{"role":…,"area":…}`.
std::string standing_of(const Account& account);
std::string quoted(std::string_view text);
/// The text without space around it. Throws Problem `identity.name_missing`.
std::string plain_name(std::string_view name);

}  // namespace tanfang::identity
