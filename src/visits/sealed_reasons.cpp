#include "visits/sealed_reasons.h"

#include "visits/visits_store.h"

namespace tanfang::visits {
namespace {

std::string context(std::string_view column, Id visit) { return std::string(column) + ":" + format_id(visit); }

}  // namespace

std::string sealed_reason(const crypto::KeyRing& keys, std::string_view column, Id visit, const std::string& reason) {
  return reason.empty() ? "" : keys.field_cipher()->encrypt(reason, context(column, visit));
}

void open_reasons(const crypto::KeyRing& keys, Visit& visit) {
  auto open = [&](std::string_view column, std::string& reason) {
    if (!reason.empty()) reason = keys.field_cipher()->decrypt(reason, context(column, visit.id));
  };
  open(kReason, visit.reason);
  open(kStruckReason, visit.struck_reason);
}

std::vector<Visit> with_open_reasons(const crypto::KeyRing& keys, std::vector<Visit> visits) {
  for (Visit& visit : visits) open_reasons(keys, visit);
  return visits;
}

bool needs_upgrade(db::Session& session) { return !store::load_plain_reasons(session).empty(); }

void upgrade_visits(audit::Work& work) {
  std::vector<store::PlainReasons> found = store::load_plain_reasons(work.session);
  for (const store::PlainReasons& plain : found) {
    store::seal_reasons(work.session, plain, sealed_reason(work.keys, kReason, plain.visit, plain.reason),
                        sealed_reason(work.keys, kStruckReason, plain.visit, plain.struck_reason));
  }
  if (found.empty()) return work.unchanged();
  work.record({"", "visits_upgraded", "visits", "{\"texts\":" + std::to_string(found.size()) + "}"});
}

}  // namespace tanfang::visits
