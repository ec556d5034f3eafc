#include <algorithm>

#include "audit/audit.h"
#include "audit/audit_store.h"

namespace tanfang::audit {
namespace {

/// How many events one transaction seals: enough to share a sync, few enough that a visit does not wait for long.
constexpr std::int64_t kBatch = 1000;

/// Numbers and hashes `entries` onto the end of the chain and moves the head there.
void append(db::Session& session, Head& head, std::vector<Entry>& entries, const crypto::KeyRing& keys) {
  const crypto::Digest& digest = *crypto::find_digest(head.digest);
  std::vector<std::string> hashes;
  hashes.reserve(entries.size());
  for (Entry& entry : entries) {
    entry.number = ++head.number;
    head.hash = hash_of(digest, head.hash,
                        Link{entry.county, head.number, entry.id.value, entry.at.milliseconds, entry.actor, entry.kind,
                             entry.subject, entry.details});
    hashes.push_back(head.hash);
  }
  head.mac = mac_of(head, keys);
  store::append(session, entries, hashes);
  store::update_head(session, head);
}

/// The head if the chain ends where it says; nullopt leaves the chain for `verify` to name.
std::optional<Head> sound_head(db::Session& session, const std::string& county, const crypto::KeyRing& keys) {
  auto head = store::find_head(session, county);
  if (!head || !is_authentic(*head, keys) || store::last_number(session, county) != head->number) return std::nullopt;
  return head;
}

/// The county's head, made where this is its first event: then county '' keeps that the chain was begun.
std::optional<Head> head_of(db::Session& session, const Entry& first, const crypto::KeyRing& keys) {
  if (first.county.empty() || store::find_head(session, first.county)) return sound_head(session, first.county, keys);
  auto top = sound_head(session, "", keys);
  if (!top || store::last_number(session, first.county) != 0) return std::nullopt;
  std::vector<Entry> opened{
      {"", std::nullopt, first.id, first.at, "audit", std::string(kChainOpened), chain_subject(first.county), "{}"}};
  append(session, *top, opened, keys);
  Head head{first.county, 0, std::string(crypto::current_digest().name()), "", ""};
  head.mac = mac_of(head, keys);
  store::insert_head(session, head);
  return head;
}

struct Progress {
  std::optional<std::string> county;  // all counties up to here are done
  std::int64_t sealed = 0;
  bool more = true;
};

/// One transaction's work: counties after `done.county` until the batch is full.
Progress seal_batch(db::Session& session, Progress done, const crypto::KeyRing& keys) {
  done.more = store::lock_sealing(session);
  std::int64_t left = kBatch;
  while (done.more && left > 0) {
    auto county = store::unsealed_county_after(session, done.county);
    if (!county) {
      done.more = false;
      break;
    }
    std::vector<Entry> entries = store::unsealed(session, *county, left);
    std::optional<Head> head = head_of(session, entries.front(), keys);
    if (head) {
      append(session, *head, entries, keys);
      store::remove_unsealed(session, entries);
      done.sealed += static_cast<std::int64_t>(entries.size());
    }
    if (!head || static_cast<std::int64_t>(entries.size()) < left) done.county = county;
    left -= static_cast<std::int64_t>(entries.size());
  }
  return done;
}

}  // namespace

std::int64_t seal(db::Database& database, const crypto::KeyRing& keys) {
  bool any = false;
  database.read([&](db::Session& session) { any = store::unsealed_county_after(session, std::nullopt).has_value(); });
  if (!any) return 0;
  bind_keys(database, keys);
  Progress done;
  while (done.more) {
    Progress next;
    // Started from the same point each time, because the database may run it again.
    database.write([&](db::Session& session) { next = seal_batch(session, done, keys); });
    done = next;
  }
  return done.sealed;
}

}  // namespace tanfang::audit
