#include "identity/devices.h"

#include <cstdlib>

#include "base/text.h"
#include "identity/account_rules.h"
#include "identity/devices_store.h"
#include "identity/identity_problems.h"
#include "identity/secrets.h"
#include "identity/waits.h"

namespace tanfang::identity {
namespace {

constexpr std::size_t kLongestLabel = 100;
constexpr std::size_t kShortestReason = 4;
constexpr std::size_t kLongestReason = 500;

bool in_field(const Account& account) { return account.role == Role::visitor || account.role == Role::village_clerk; }

std::string of_device(const Device& device) { return "{\"device\":" + quoted(format_id(device.id)); }

Device fresh_device(audit::Work& work, const Account& account, const NewDevice& fresh) {
  Device device;
  device.id = work.new_id();
  device.account = account;
  device.label = trimmed(fresh.label);
  device.bound_at = work.now;
  device.last_used = work.now;
  if (device.label.empty() || length_of(device.label) > kLongestLabel) throw problems::device_label();
  if (fresh.reading_digest.size() != 32) throw problems::device_reading_digest();
  return device;
}

}  // namespace

std::string_view to_text(Device::State state) {
  constexpr std::string_view kTexts[] = {"active", "revoked", "signed_off"};
  return kTexts[static_cast<std::size_t>(state)];
}

Invitation invite_device(audit::Work& work, const Principal& by, Id id) {
  Account account = managed(work.session, by, id);
  if (!in_field(account)) throw problems::device_role();
  Invitation made{account, fresh_secret(), Instant{work.now.milliseconds + kDeviceInvitationLife}};
  store::put_device_invitation(work.session, secret_hash(made.token), account.id, work.now, made.ends_at);
  record(work, account, "device_invited");
  return made;
}

std::optional<Invitation> find_device_invited(db::Session& session, Instant now, std::string_view token) {
  auto link = store::find_device_invitation(session, secret_hash(token), now);
  auto account = link ? find_account(session, link->account) : std::nullopt;
  if (!account || !account->enabled || !in_field(*account)) return std::nullopt;
  return Invitation{*account, "", link->ends_at};
}

BoundDevice bind_device(const Ground& ground, Instant now, const NewDevice& fresh) {
  BoundDevice bound;
  ground.database.write([&](db::Session& session) {
    auto link = find_device_invited(session, now, fresh.token);
    if (!link) throw problems::device_invitation_over();
    const Account& account = link->account;
    audit::Work work(session, now, ground.ids, "account:" + account.login, ground.keys);
    bound = {fresh_device(work, account, fresh), fresh_secret()};
    if (!store::remove_device_invitation(session, secret_hash(fresh.token))) throw problems::device_invitation_over();
    store::insert_device(session, bound.device, secret_hash(bound.token), fresh.reading_digest);
    record(work, account, "device_bound", of_device(bound.device) + "}");
  });
  return bound;
}

std::optional<Device> authenticate_device(db::Session& session, Instant now, std::string_view token) {
  auto device = store::find_device(session, secret_hash(token));
  if (!device || device->last_used.milliseconds + kDeviceLife <= now.milliseconds) return std::nullopt;
  return device;
}

Principal principal_of(const Device& device) {
  Principal principal;
  principal.account = device.account.id;
  principal.login = device.account.login;
  principal.name = device.account.name;
  principal.role = device.account.role;
  principal.area = device.account.area;
  principal.arrival = Principal::Arrival::device;
  principal.arrived_with = device.id;
  principal.last_used = device.last_used;
  if (device.state == Device::State::active) principal.permissions = permissions_of(device.account.role);
  return principal;
}

void note_use(db::Database& database, const Device& device, Instant now) {
  if (std::abs(now.milliseconds - device.last_used.milliseconds) < kMinute) return;
  database.write([&](db::Session& session) { store::set_device_used(session, device.id, now); });
}

void check_reading(const Ground& ground, Instant now, const Device& device, std::string_view secret) {
  if (device.state != Device::State::active) throw problems::device_revoked();
  bool right = false;
  bool failed_before = false;
  ground.database.read([&](db::Session& session) {
    failed_before = refuse_waiting_device(session, ground.keys, now, device.id);
    right = crypto::same_bytes(store::load_reading_hash(session, device.id), crypto::sha256(secret));
  });
  if (right && !failed_before) return;
  ground.database.write([&](db::Session& session) {
    if (right) {
      forget_failures_of_device(session, ground.keys, device.id);
    } else {
      count_wrong_secret(session, ground, now, device.id);
    }
  });
  if (!right) throw problems::device_reading();
}

void revoke_device(audit::Work& work, const Principal& by, Id id, const std::string& reason) {
  std::size_t length = length_of(trimmed(reason));
  if (length < kShortestReason || length > kLongestReason) throw problems::device_reason();
  auto device = store::find_device(work.session, id);
  if (!device || !reaches(by, device->account.area, Permission::accounts_manage)) throw problems::device_unknown();
  secured(work.session, by, device->account.id);
  if (device->revoked_at) return work.unchanged();
  store::set_device_revoked(work.session, id, work.now);
  record(work, device->account, "device_revoked", of_device(*device) + ",\"reason\":" + quoted(trimmed(reason)) + "}");
}

void sign_device_off(audit::Work& work, const Device& device) {
  store::set_device_signed_off(work.session, device.id, work.now);
  record(work, device.account, "device_signed_off", of_device(device) + "}");
}

std::optional<Device> find_device(db::Session& session, Id device) { return store::find_device(session, device); }

std::vector<Device> list_devices(db::Session& session, const Principal& by, const DeviceFilter& filter) {
  std::string_view area = filter.area.empty() ? by.area : filter.area;
  if (!reaches(by, area, Permission::accounts_read)) throw problems::outside_area();
  return store::list_devices(session, area, filter);
}

}  // namespace tanfang::identity
