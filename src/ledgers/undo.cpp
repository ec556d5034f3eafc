// Undoing an import as a whole, some hundred people a transaction.
#include <stdexcept>

#include "ledgers/imports_store.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/ledgers_store.h"

namespace tanfang::ledgers {
namespace {

constexpr std::int64_t kPeopleTogether = 500;

/// What is to be done with some of an import's people.
struct Sorted {
  std::vector<Id> gone;
  std::vector<Id> back;
  std::vector<Id> left;  // somebody built on them since the undoing began
  bool none() const { return gone.empty() && back.empty() && left.empty(); }
};

Sorted next_people(db::Session& session, const std::string& county, Id import) {
  Sorted sorted;
  for (const registry::ImportedPerson& one : registry::load_imported(session, county, import, Id{}, kPeopleTogether)) {
    (one.built_on ? sorted.left : one.registered ? sorted.gone : sorted.back).push_back(one.person);
  }
  return sorted;
}

void undo_people(audit::Work& work, const House& house, const ImportRecord& record, const Sorted& people) {
  const std::string& county = record.county;
  delete_differences_of(work.session, county, people.gone);
  if (house.forget && !people.gone.empty()) house.forget(work, county, people.gone);
  registry::withdraw_people(work, county, record.id, people.gone);
  registry::restore_people(work, house.classifier, county, record.id, china_date(record.imported_at), people.back);
  if (house.go_back && !people.back.empty()) house.go_back(work, county, people.back, record.holds_from);
  registry::leave_imported(work.session, county, record.id, people.left);
  add_undone(work.session, county, record.id, people.gone.size(), people.back.size(), people.left.size(), work.now);
  work.unchanged();  // of those left alone; the others have their events
}

std::string counts_of(const ImportRecord& record) {
  return "{\"withdrawn\":" + std::to_string(record.withdrawn) + ",\"restored\":" + std::to_string(record.restored) +
         ",\"left_alone\":" + std::to_string(record.left_alone) + "}";
}

/// What does not hang on its people.
void undo_rest(audit::Work& work, const ImportRecord& record) {
  restore_differences(work.session, record.county, record.id);
  restore_corrections(work.session, record.county, record.id);
  registry::withdraw_transfers(work, record.county, record.id);
  end_undoing(work.session, record.county, record.id, work.now);
  work.record({record.county, "ledger_undone", "ledger:" + format_id(record.id), counts_of(record)});
}

ImportRecord known_import(db::Session& session, const std::string& county, Id import, Instant now) {
  auto record = find_import(session, county, import, now);
  if (!record) throw problems::import_unknown();
  return std::move(*record);
}

}  // namespace

std::int64_t count_built_on(db::Session& session, const ImportRecord& record, std::int64_t most) {
  if (!record.recorded || record.state == "undone") return 0;
  std::int64_t people = registry::count_built_on(session, record.county, record.id, most);
  return people < most ? people + count_decided(session, record.county, record.id) : people;
}

std::optional<Problem> refusal_of_undo(const ImportRecord& record, std::int64_t built_on) {
  if (record.state == "undone" || record.state == "undoing") return std::nullopt;
  if (record.state == "running") return problems::still_running();
  if (!record.recorded) return problems::not_recorded();
  if (built_on > 0) return problems::built_on(built_on);
  return std::nullopt;
}

bool begin_undo(audit::Work& work, const std::string& county, Id import) {
  ImportRecord record = known_import(work.session, county, import, work.now);
  if (record.state == "undone" || record.state == "undoing") {
    work.unchanged();
    return record.state == "undoing";
  }
  if (auto refusal = refusal_of_undo(record, count_built_on(work.session, record))) throw *refusal;
  begin_undoing(work.session, county, import, work.now, work.actor);
  work.record({county, "ledger_undo_begun", "ledger:" + format_id(import), "{}"});
  return true;
}

ImportRecord finish_undo(const House& house, const std::string& county, Id import,
                         const std::function<void(std::int64_t people)>& progress) {
  for (bool more = true; more;) {
    const Instant now = house.now();
    ImportRecord record;
    house.database.write([&](db::Session& session) {
      audit::Work work(session, now, house.ids, house.actor, house.keys);
      record = known_import(session, county, import, now);
      more = false;
      if (record.state != "undoing") return;
      Sorted people = next_people(session, county, import);
      more = !people.none();
      if (more) {
        undo_people(work, house, record, people);
      } else {
        undo_rest(work, record);
      }
      if (!work.recorded_or_unchanged()) throw std::logic_error("a write recorded no event");
    });
    if (progress) progress(record.withdrawn + record.restored + record.left_alone);
  }
  std::optional<ImportRecord> record;
  house.database.read([&](db::Session& session) { record = known_import(session, county, import, house.now()); });
  return std::move(*record);
}

}  // namespace tanfang::ledgers
