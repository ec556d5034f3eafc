#include "identity/devices_store.h"

namespace tanfang::identity::store {
namespace {

/// What `read_device` reads, in this order.
const std::string kColumns =
    "select d.id, d.label, d.bound_at, d.last_used, d.revoked_at, d.signed_off_at, a.id, a.login, a.name, a.role,"
    " a.area, a.enabled, a.created_at from devices d join accounts a on a.id = d.account";

Device::State state_of(const Device& device, bool signed_off) {
  if (signed_off) return Device::State::signed_off;
  const Account& account = device.account;
  bool in_field = account.role == Role::visitor || account.role == Role::village_clerk;
  return device.revoked_at || !account.enabled || !in_field ? Device::State::revoked : Device::State::active;
}

Device read_device(const db::Row& row) {
  Device device;
  device.id = row.id(0);
  device.label = row.string(1);
  device.bound_at = row.instant(2);
  device.last_used = row.instant(3);
  if (!row.is_null(4)) device.revoked_at = row.instant(4);
  device.account.id = row.id(6);
  device.account.login = row.string(7);
  device.account.name = row.string(8);
  device.account.role = parse_role(row.text(9)).value();
  device.account.area = row.string(10);
  device.account.enabled = row.boolean(11);
  device.account.created_at = row.instant(12);
  device.state = state_of(device, !row.is_null(5));
  return device;
}

}  // namespace

void put_device_invitation(db::Session& session, std::string_view token_hash, Id account, Instant made_at,
                           Instant ends_at) {
  session.execute(
      "insert into device_invitations (token_hash, account, made_at, ends_at) values ($1, $2, $3, $4)"
      " on conflict (account) do update set token_hash = excluded.token_hash, made_at = excluded.made_at,"
      " ends_at = excluded.ends_at",
      {db::Bytes{token_hash}, account, made_at, ends_at});
}

std::optional<DeviceInvitation> find_device_invitation(db::Session& session, std::string_view token_hash, Instant now) {
  return session.first("select account, ends_at from device_invitations where token_hash = $1 and ends_at > $2",
                       {db::Bytes{token_hash}, now}, [](const db::Row& row) {
                         return DeviceInvitation{row.id(0), row.instant(1)};
                       });
}

bool remove_device_invitation(db::Session& session, std::string_view token_hash) {
  return session.execute("delete from device_invitations where token_hash = $1", {db::Bytes{token_hash}}) == 1;
}

void insert_device(db::Session& session, const Device& device, std::string_view token_hash,
                   std::string_view reading_hash) {
  session.execute(
      "insert into devices (id, account, token_hash, reading_hash, label, bound_at, last_used)"
      " values ($1, $2, $3, $4, $5, $6, $6)",
      {device.id, device.account.id, db::Bytes{token_hash}, db::Bytes{reading_hash}, device.label, device.bound_at});
}

std::optional<Device> find_device(db::Session& session, Id device) {
  static const std::string kSql = kColumns + " where d.id = $1";
  return session.first(kSql, {device}, read_device);
}

std::optional<Device> find_device(db::Session& session, std::string_view token_hash) {
  static const std::string kSql = kColumns + " where d.token_hash = $1";
  return session.first(kSql, {db::Bytes{token_hash}}, read_device);
}

std::string load_reading_hash(db::Session& session, Id device) {
  auto found = session.first("select reading_hash from devices where id = $1", {device},
                             [](const db::Row& row) { return std::string(row.bytes(0)); });
  return found.value_or("");
}

std::vector<Device> list_devices(db::Session& session, std::string_view area, const DeviceFilter& filter) {
  // The plus keeps the engine from walking all devices in order of id instead of the area's accounts.
  static const std::string kSql =
      kColumns + " where d.id > $1 and a.area >= $2 and a.area < $3 order by +d.id limit $4";
  static const std::string kOfAccount =
      kColumns + " where d.account = $5 and d.id > $1 and a.area >= $2 and a.area < $3 order by d.id limit $4";
  std::string end = std::string(area) + ":";
  if (filter.account.value != 0) {
    return session.all(kOfAccount, {filter.after, area, end, filter.limit, filter.account}, read_device);
  }
  return session.all(kSql, {filter.after, area, end, filter.limit}, read_device);
}

void set_device_used(db::Session& session, Id device, Instant at) {
  session.execute("update devices set last_used = $2 where id = $1 and last_used < $2", {device, at});
}

void set_device_revoked(db::Session& session, Id device, Instant at) {
  session.execute("update devices set revoked_at = $2 where id = $1", {device, at});
}

void set_device_signed_off(db::Session& session, Id device, Instant at) {
  session.execute("update devices set signed_off_at = $2, token_hash = null where id = $1", {device, at});
}

}  // namespace tanfang::identity::store
