// Rows of devices and of the links that bind them. Only for the files of this folder.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "identity/devices.h"

namespace tanfang::identity::store {

/// In place of the one that the account has.
void put_device_invitation(db::Session& session, std::string_view token_hash, Id account, Instant made_at,
                           Instant ends_at);
struct DeviceInvitation {
  Id account;
  Instant ends_at;
};
std::optional<DeviceInvitation> find_device_invitation(db::Session& session, std::string_view token_hash, Instant now);
/// Whether it was there.
bool remove_device_invitation(db::Session& session, std::string_view token_hash);

void insert_device(db::Session& session, const Device& device, std::string_view token_hash,
                   std::string_view reading_hash);
std::optional<Device> find_device(db::Session& session, Id device);
std::optional<Device> find_device(db::Session& session, std::string_view token_hash);
std::string load_reading_hash(db::Session& session, Id device);
std::vector<Device> list_devices(db::Session& session, std::string_view area, const DeviceFilter& filter);
void set_device_used(db::Session& session, Id device, Instant at);
void set_device_revoked(db::Session& session, Id device, Instant at);
/// And forgets its token.
void set_device_signed_off(db::Session& session, Id device, Instant at);

}  // namespace tanfang::identity::store
