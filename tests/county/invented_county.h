// For tests and benchmarks: a county of invented people in a real database, who are visited through the real rooms.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "planning/planning.h"
#include "platform/db/sqlite.h"
#include "registry/registry.h"
#include "visits/visits.h"

namespace tanfang::county {

/// Everybody is over eighty, lives alone and is owed visits under luzhou-2023; March 2024 is open.
class InventedCounty {
 public:
  /// Opens `folder/tanfang.db` with `people` people, who are registered where the database is new. Throws Failure.
  InventedCounty(const std::string& folder, int people, db::SqliteOptions options = {});
  ~InventedCounty();

  /// Records the visit number `key`, exactly as `tanfang visits record` does: checked, then stored with all that
  /// follows from it; answered when it is on the disk. The same number is always the same record. Safe to call from
  /// many threads.
  visits::Recorded record_visit(std::int64_t key);
  /// The same record as a line of JSON, as a phone sends it.
  std::string visit_json(std::int64_t key) const;
  /// Every stored record by its number.
  void each_visit(const std::function<void(std::int64_t key, Id id)>& visit);
  /// In words, whatever disagrees with a recount from the raw rows, in the trail or in the file itself.
  std::vector<std::string> disagreements();

  db::Database& database() { return *database_; }

 private:
  struct Rooms;

  Instant now() const;
  void write(const std::function<void(audit::Work&)>& use_case);
  void register_people();
  void invent_all_answers();
  std::string citizen_number(int person) const;
  visits::VisitEntry entry(std::int64_t key) const;

  const int people_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<crypto::KeyRing> keys_;
  std::unique_ptr<Rooms> rooms_;
  std::unique_ptr<IdSource> ids_;
  std::vector<std::string> answers_;
};

}  // namespace tanfang::county
