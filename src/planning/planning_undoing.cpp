// Taking back what an import of a ledger brought.
#include <algorithm>

#include "planning/planning.h"
#include "planning/planning_store.h"
#include "planning/projections_store.h"
#include "registry/registry.h"

namespace tanfang::planning {

void return_people(audit::Work& work, const Policies& policies, const std::string& county,
                   const std::vector<Id>& people, Date from) {
  std::vector<Month> open = store::load_months(work.session, county);
  // Their verdicts reach as far as before: months may have been opened since.
  if (!open.empty()) registry::classify_county(work, policies.classifier, county, open.back().last_day(), {});
  for (Id person : people) {
    store::undo_move(work.session, county, person, from, registry::area_of(work.session, {county, person}));
  }
  refresh_people(work, policies, county, people, from);
}

void forget_people(audit::Work& work, const std::string& county, const std::vector<Id>& people) {
  std::vector<Month> open = store::load_months(work.session, county);
  if (open.empty()) return;
  std::vector<std::string> months;
  for (const Month& month : open) months.push_back(month.iso());
  std::vector<std::string> kept_months = store::months_with_obligations(work.session, county, open.front());
  Changes changes;
  for (Id person : people) {
    for (auto& [of, obligations] : store::load_obligations(work.session, county, kept_months, person, person)) {
      for (Obligation& obligation : obligations) changes.dropped.emplace_back(of, std::move(obligation));
    }
    for (const auto& [of, kept] : store::load_person_months(work.session, county, months, person, person)) {
      for (const auto& [month, counted] : kept) {
        changes.dropped_months.emplace_back(month, of);
        changes.tally.add(month, counted, -1);
      }
    }
  }
  store::forget_people(work.session, county, people);
  store::write_rows(work.session, county, changes);
  store::add_tally(work.session, county, changes.tally);
}

}  // namespace tanfang::planning
