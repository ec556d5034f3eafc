#include "visits/for_exports.h"

#include "visits/answers_store.h"

namespace tanfang::visits {

std::map<Id, std::string> open_answers(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                       const std::vector<Id>& visits) {
  std::map<Id, std::string> found = store::load_answers(session, county, visits);
  auto cipher = keys.field_cipher();
  for (auto& [visit, answers] : found) {
    if (!answers.empty()) answers = cipher->decrypt(answers, "visits.answers:" + format_id(visit));
  }
  return found;
}

}  // namespace tanfang::visits
