// For tests and benchmarks: a county of invented people in a real database, who are visited through the real rooms.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "county/invented_visits.h"
#include "planning/planning.h"
#include "platform/db/sqlite.h"
#include "registry/registry.h"

namespace tanfang::county {

/// Everybody is over eighty, lives alone and is owed visits under luzhou-2023; March 2024 is open.
class InventedCounty {
 public:
  /// Opens `folder/tanfang.db` with `people` people, who are registered where the database is new. Throws Failure.
  InventedCounty(const std::string& folder, int people, db::SqliteOptions options = {});
  /// The same in a database that is open; the keys lie in `folder`.
  InventedCounty(const std::string& folder, int people, std::unique_ptr<db::Database> database);
  ~InventedCounty();

  /// Records the visit number `key`, exactly as `tanfang visits record` does: checked, then stored with all that
  /// follows from it; answered when it is on the disk. The same number is always the same record. Safe to call from
  /// many threads.
  visits::Recorded record_visit(std::int64_t key);
  /// The same with what a phone sends before it: the signature (PNG) and photos (JPEG).
  visits::Recorded record_visit(std::int64_t key, const std::string& signature, const std::vector<std::string>& photos);
  /// The same record as a line of JSON, as a phone sends it.
  std::string visit_json(std::int64_t key) const { return visits_.json(key); }
  /// Every stored record by its number.
  void each_visit(const std::function<void(std::int64_t key, Id id)>& visit);
  /// In words, whatever disagrees with a recount from the raw rows, in the trail or in the file itself.
  std::vector<std::string> disagreements();

  db::Database& database() { return *database_; }

 private:
  struct Rooms;

  visits::Recorded record(const visits::VisitEntry& sent);
  Instant now() const;
  void write(const std::function<void(audit::Work&)>& use_case);
  void register_people();

  const int people_;
  const InventedVisits visits_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<crypto::KeyRing> keys_;
  std::unique_ptr<Rooms> rooms_;
  std::unique_ptr<IdSource> ids_;
};

}  // namespace tanfang::county
