// Phones bound to accounts of the field: invited from an office, bound once, opened by the reading secret that only the
// phone has under its PIN, revoked from an office.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/accounts.h"

namespace tanfang::identity {

/// How long a phone stays bound that nobody uses; its cookie lives as long and is renewed on use.
inline constexpr std::int64_t kDeviceLife = 400 * kDay;
inline constexpr std::int64_t kDeviceInvitationLife = 7 * kDay;

/// Makes a one-time link for a phone of a visitor or village clerk whom the principal manages; the old link ends.
/// Throws Problem `device.role`, or as `change_account`. Records `device_invited`.
Invitation invite_device(audit::Work& work, const Principal& by, Id account);
/// Whom a link invites, and until when; nullopt where it is unknown, used or over. The token is left out.
std::optional<Invitation> find_device_invited(db::Session& session, Instant now, std::string_view token);

struct Device {
  /// `revoked` also where its account is off or has left the field.
  enum class State { active, revoked, signed_off };
  Id id;
  Account account;
  std::string label;  // what its owner calls it
  State state = State::active;
  Instant bound_at;
  Instant last_used;
  std::optional<Instant> revoked_at;
};
std::string_view to_text(Device::State state);

struct NewDevice {
  std::string token;  // of the invitation
  std::string label;
  std::string reading_digest;  // SHA-256 of the reading secret, 32 bytes
};
/// `token` is told once.
struct BoundDevice {
  Device device;
  std::string token;
};
/// Uses up the link. Throws Problem `device.invitation_over`, `device.label`, `device.reading_digest`. Records
/// `device_bound`, in the name of the account whatever `work` says.
BoundDevice bind_device(const Ground& ground, Instant now, const NewDevice& fresh);

/// Whose phone it is, also where it is revoked: one indexed read. nullopt where it is unknown, signed off, or was not
/// used for `kDeviceLife`.
std::optional<Device> authenticate_device(db::Session& session, Instant now, std::string_view token);
/// Who acts by the phone: its account, which may nothing where the phone is revoked.
Principal principal_of(const Device& device);
/// Notes the use, at most once a minute.
void note_use(db::Database& database, const Device& device, Instant now);
/// Whether the phone knows the secret that opens people. Throws Problem `device.revoked`, `device.reading` (which
/// counts), TooManyTries after some wrong ones, each time for longer.
void check_reading(const Ground& ground, Instant now, const Device& device, std::string_view secret);

/// From now on it gets nothing, and what it sends is set aside; a second time: unchanged. Throws Problem
/// `device.unknown`, `device.reason`. Records `device_revoked`.
void revoke_device(audit::Work& work, const Principal& by, Id device, const std::string& reason);
/// By its owner. Records `device_signed_off`.
void sign_device_off(audit::Work& work, const Device& device);

std::optional<Device> find_device(db::Session& session, Id device);
struct DeviceFilter {
  std::string area = {};  // of the accounts; "" for all that the principal reaches
  Id account = {};
  Id after = {};  // the last id of the page before
  std::int64_t limit = 50;
};
/// Within the principal's area, in order of id.
std::vector<Device> list_devices(db::Session& session, const Principal& by, const DeviceFilter& filter);

}  // namespace tanfang::identity
