#include "app/field/deliveries.h"

#include <boost/json.hpp>
#include <cstdlib>
#include <utility>

#include "app/field/deliveries_store.h"
#include "app/field/field_keys.h"
#include "app/field/parcels_problems.h"
#include "base/area_code.h"
#include "base/text.h"
#include "platform/json/json.h"

namespace tanfang::app::field {
namespace {

constexpr std::int64_t kClockSlack = 300'000;
/// A phone without a battery begins in 1970; what lies further off is no clock.
constexpr std::int64_t kFurthestClock = std::int64_t{100} * 366 * 86'400'000;
constexpr std::size_t kLongestKey = 100;

std::string content_context(Id id) { return "set_aside.content:" + format_id(id); }

/// Keyed: what people are like stands in contents of few values.
std::string digest_of(const crypto::KeyRing& keys, const Parcel& parcel) {
  return keys.keyed_hash("parcel", parcel.kind + "\n" + parcel.content);
}

/// What the parcel's sender may: as much as their role, whatever became of the phone.
identity::Principal sender_of(const identity::Account& account, Id device) {
  identity::Device phone;
  phone.id = device;
  phone.account = account;
  phone.state = identity::Device::State::active;
  return identity::principal_of(phone);
}

/// The phone whose owner saved it: after wrong PINs a phone is bound anew and still holds what it sealed before. One
/// that is not known any more (a backup from before it was bound) is taken for the sender's.
identity::Device sealing_device(db::Session& session, const identity::Device& sending, Id sealed_on) {
  if (sealed_on.value == 0 || sealed_on == sending.id) return sending;
  identity::Device unknown;
  unknown.id = sealed_on;
  unknown.account = sending.account;
  return identity::find_device(session, sealed_on).value_or(unknown);
}

/// Why it is kept for an office to judge; "" where it may be done.
std::string_view reason_to_wait(const identity::Device& sending, const identity::Device& sealing) {
  if (!sealing.account.enabled) return "account_disabled";
  using State = identity::Device::State;
  if (sending.state == State::revoked || sealing.state == State::revoked) return "device_revoked";
  if (sealing.bound_at.milliseconds == 0) return "device_unknown";
  return sending.account.id == sealing.account.id ? "" : "other_account";
}

/// Outside any transaction: the private key's work takes some milliseconds.
Parcel opened(const Ground& ground, Instant now, const identity::Device& device, const Delivery& delivery) {
  if (!find_kind(delivery.kind)) throw parcel_kind();
  if (delivery.key.empty() || length_of(delivery.key) > kLongestKey) throw parcel_key();
  std::optional<std::string> key;
  ground.database.read([&](db::Session& session) { key = private_key(session, ground.keys, delivery.key_id); });
  std::string context = "tanfang-parcel-1|" + format_id(device.id) + "|" + delivery.kind + "|" + delivery.key;
  auto content = key ? crypto::open_envelope(*key, delivery.sealed, context) : std::nullopt;
  if (!content) throw parcel_unreadable();
  Parcel parcel{
      sender_of(device.account, device.id), device.id, delivery.kind, delivery.key, *std::move(content), 0, ""};
  std::int64_t off = now.milliseconds - delivery.sent_at.milliseconds;
  if (std::abs(off) > kClockSlack && std::abs(off) < kFurthestClock) parcel.clock_off = off;
  return parcel;
}

std::optional<Id> person_of(const Parcel& parcel) {
  if (parcel.kind == "attachment") return std::nullopt;
  boost::json::object content = content_of(parcel);
  const boost::json::value* person = content.if_contains("person");
  return person && person->is_string() ? parse_id(std::string_view(person->get_string())) : std::nullopt;
}

void record(audit::Work& work, const identity::Account& account, std::string_view kind, const SetAside& parcel,
            std::string_view reason = "") {
  std::string details = "{\"parcel\":\"" + format_id(parcel.id) + "\",\"kind\":\"" + parcel.kind + "\"";
  if (!reason.empty()) {
    details += ",\"reason\":";
    json::append_quoted(details, reason);
  }
  work.record({county_of(account.area), std::string(kind), "account:" + account.login, details + "}"});
}

void set_aside(audit::Work& work, const identity::Device& device, const Parcel& parcel, std::string_view why) {
  store::SetAsideRow row;
  row.parcel = {work.new_id(), device.account, device.id, parcel.kind, person_of(parcel), std::string(why), work.now};
  row.key = parcel.key;
  row.content = work.keys.field_cipher()->encrypt(parcel.content, content_context(row.parcel.id));
  row.clock_off = parcel.clock_off;
  store::insert_set_aside(work.session, row);
  record(work, device.account, "parcel_set_aside", row.parcel);
}

/// Does it and keeps the receipt.
Verdict perform(audit::Work& work, const visits::Ground& ground, const Parcel& parcel) {
  Verdict verdict = find_kind(parcel.kind)(work, ground, parcel);
  store::insert_receipt(work.session, parcel, digest_of(work.keys, parcel), verdict, work.now);
  return verdict;
}

Receipt receive(audit::Work& work, const visits::Ground& ground, const identity::Device& device, const Parcel& parcel,
                std::string_view why) {
  Receipt receipt;
  receipt.clock_off = parcel.clock_off;
  if (auto kept = store::find_receipt(work.session, device.account.id, parcel.key)) {
    if (kept->digest != digest_of(work.keys, parcel)) throw parcel_key_reused();
    work.unchanged();
    receipt.state = Receipt::State::repeated;
    receipt.verdict = kept->verdict;
    return receipt;
  }
  auto waiting = store::find_set_aside(work.session, device.account.id, parcel.key);
  if (waiting && waiting->accepted == false) throw parcel_rejected();
  if (waiting || !why.empty()) {
    receipt.state = Receipt::State::set_aside;
    waiting ? work.unchanged() : set_aside(work, device, parcel, why);
    return receipt;
  }
  receipt.verdict = perform(work, ground, parcel);
  if (receipt.verdict.repeated) receipt.state = Receipt::State::repeated;
  return receipt;
}

store::SetAsideRow waiting_parcel(audit::Work& work, const identity::Principal& by, Id id) {
  auto row = store::find_set_aside(work.session, id);
  if (!row || !identity::reaches(by, row->parcel.account.area, identity::Permission::visits_correct)) {
    throw parcel_unknown();
  }
  if (row->accepted) throw parcel_judged();
  if (row->parcel.account.id == by.account) throw parcel_own();
  return *row;
}

Parcel parcel_of(audit::Work& work, const identity::Principal& by, const store::SetAsideRow& row) {
  std::string content = work.keys.field_cipher()->decrypt(row.content, content_context(row.parcel.id));
  return {sender_of(row.parcel.account, row.parcel.device),
          row.parcel.device,
          row.parcel.kind,
          row.key,
          std::move(content),
          row.clock_off,
          by.login};
}

void accept(audit::Work& work, const visits::Ground& ground, const identity::Principal& by,
            const store::SetAsideRow& row, Verdict& verdict) {
  Parcel parcel = parcel_of(work, by, row);
  verdict = perform(work, ground, parcel);
  store::judge_set_aside(work.session, row.parcel.id, true, work.now);
  record(work, row.parcel.account, "parcel_accepted", row.parcel);
}

/// The photos that the record names and that were set aside as well.
void accept_photos(audit::Work& work, const visits::Ground& ground, const identity::Principal& by,
                   const store::SetAsideRow& row) {
  boost::json::object content = content_of(parcel_of(work, by, row));
  std::vector<std::string> digests;
  auto note = [&](const boost::json::value* value) {
    if (value && value->is_string()) digests.emplace_back(value->get_string());
  };
  note(content.if_contains("signature"));
  if (const auto* list = content.if_contains("attachments"); list && list->is_array()) {
    for (const auto& each : list->get_array()) note(&each);
  }
  for (const std::string& digest : digests) {
    auto photo = store::find_set_aside(work.session, row.parcel.account.id, digest);
    Verdict unused;
    if (photo && !photo->accepted) accept(work, ground, by, *photo, unused);
  }
}

}  // namespace

std::string_view to_text(Receipt::State state) {
  constexpr std::string_view kTexts[] = {"received", "repeated", "set_aside"};
  return kTexts[static_cast<std::size_t>(state)];
}

Receipt receive_parcel(const Ground& ground, Instant now, const identity::Device& sending, const Delivery& delivery) {
  identity::Device sealing;
  ground.database.read([&](db::Session& session) { sealing = sealing_device(session, sending, delivery.sealed_on); });
  Parcel parcel = opened(ground, now, sealing, delivery);
  std::string_view why = reason_to_wait(sending, sealing);
  // Somebody may lie on the floor: who helps judges while helping.
  if (parcel.kind == "emergency") parcel.doubt = std::exchange(why, "");
  Receipt receipt;
  ground.database.write([&](db::Session& session) {
    audit::Work work(session, now, ground.ids, identity::actor_of(parcel.sender), ground.keys);
    receipt = receive(work, ground.visits, sealing, parcel, why);
    if (!work.recorded_or_unchanged()) throw std::logic_error("a parcel recorded no event: " + parcel.kind);
  });
  return receipt;
}

std::vector<SetAside> list_set_aside(db::Session& session, std::string_view area, Id after, std::int64_t limit) {
  return store::list_set_aside(session, area, after, limit);
}

Verdict accept_set_aside(audit::Work& work, const visits::Ground& ground, const identity::Principal& by, Id id) {
  store::SetAsideRow row = waiting_parcel(work, by, id);
  if (row.parcel.kind == "visit") accept_photos(work, ground, by, row);
  Verdict verdict;
  accept(work, ground, by, row, verdict);
  return verdict;
}

void reject_set_aside(audit::Work& work, const identity::Principal& by, Id id, std::string_view reason) {
  store::SetAsideRow row = waiting_parcel(work, by, id);
  store::judge_set_aside(work.session, id, false, work.now);
  record(work, row.parcel.account, "parcel_rejected", row.parcel, reason);
}

std::int64_t erase_set_aside(audit::Work& work, const std::string& county, Id person) {
  return store::erase_set_aside(work.session, county, person);
}

}  // namespace tanfang::app::field
