#include "visits/for_phones.h"

#include "visits/lately_store.h"

namespace tanfang::visits {

std::map<Id, Lately> open_latest_visits(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                        const std::vector<Id>& people, int most) {
  std::map<Id, Lately> found = store::load_lately(session, county, people, most);
  for (auto& [person, lately] : found) {
    if (!lately.last) continue;
    lately.last->answers =
        keys.field_cipher()->decrypt(lately.last->answers, "visits.answers:" + format_id(lately.last->id));
  }
  store::load_last_changes(session, county, people, found);
  return found;
}

}  // namespace tanfang::visits
