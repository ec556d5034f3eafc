#include "app/jobs/undos.h"

#include <fmt/format.h>

#include "app/jobs/jobs_store.h"
#include "app/ledger_house.h"

namespace tanfang::app::jobs {
namespace {

void add_begun(db::Session& session, const std::string& county, Instant now,
               std::vector<ledgers::ImportRecord>& begun) {
  using enum ledgers::LedgerKind;
  ledgers::ImportFilter filter{county, {ledger, health, disabled}, {}, 200};
  for (;;) {
    std::vector<ledgers::ImportRecord> page = ledgers::list_imports(session, filter, now);
    for (const ledgers::ImportRecord& record : page) {
      if (record.state == "undoing") begun.push_back(record);
    }
    if (page.size() < static_cast<std::size_t>(filter.limit)) return;
    filter.before = page.back().id;
  }
}

}  // namespace

std::string finish_undos(const Run& run) {
  const Ground& ground = run.ground;
  std::vector<ledgers::ImportRecord> begun;
  ground.database.read([&](db::Session& session) {
    for (const std::string& county : store::counties(session)) add_begun(session, county, run.now(), begun);
  });
  for (const ledgers::ImportRecord& record : begun) {
    ledgers::House house = ledger_house(ground.database, ground.keys, ground.ids, ground.policies, record.undone_by,
                                        [&run] { return run.now(); });
    ledgers::finish_undo(house, record.county, record.id, [&run](std::int64_t) { run.step(); });
  }
  return fmt::format("undone={}", begun.size());
}

}  // namespace tanfang::app::jobs
