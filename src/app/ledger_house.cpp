#include "app/ledger_house.h"

namespace tanfang::app {

ledgers::House ledger_house(db::Database& database, const crypto::KeyRing& keys, IdSource& ids,
                            const planning::Policies& policies, std::string actor, std::function<Instant()> now) {
  return {database,
          policies.classifier,
          keys,
          ids,
          std::move(actor),
          std::move(now),
          [&policies](audit::Work& work, const std::string& county, const std::vector<Id>& people, Date from) {
            planning::refresh_people(work, policies, county, people, from);
          },
          [&policies](audit::Work& work, const std::string& county, const std::vector<Id>& people, Date from) {
            planning::return_people(work, policies, county, people, from);
          },
          planning::forget_people};
}

}  // namespace tanfang::app
