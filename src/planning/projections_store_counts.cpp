#include "planning/projections_store.h"

namespace tanfang::planning::store {
namespace {

using Entries = std::map<CountKey, Counts>;

void add_counts(db::Session& session, std::string_view sql, const std::string& county, const Entries& entries) {
  auto entry = entries.begin();
  session.execute_many(sql, entries.size(), [&](std::size_t, std::vector<db::Parameter>& out) {
    const auto& [month, place, word, overdue_at] = entry->first;
    const Counts& counts = entry->second;
    out = {county,
           month,
           place,
           word,
           overdue_at,
           counts.owed,
           counts.met,
           counts.due,
           counts.visited,
           counts.declined,
           counts.suspended,
           counts.unknown,
           counts.refused_home_visit,
           counts.below_floor};
    ++entry;
  });
}

void read_counts(db::Session& session, std::string_view sql, const std::string& county, const std::string& month,
                 Entries& entries) {
  session.query(sql, {county, month}, [&](const db::Row& row) {
    Counts counts{row.integer(3), row.integer(4), row.integer(5),  row.integer(6), row.integer(7),
                  row.integer(8), row.integer(9), row.integer(10), row.integer(11)};
    entries.emplace(CountKey{month, row.string(0), row.string(1), row.integer(2)}, counts);
  });
}

void add_rounds(db::Session& session, const std::string& county, const std::map<RoundKey, Counts>& rounds) {
  auto entry = rounds.begin();
  session.execute_many(
      "insert into coverage_rounds (county, month, village, label, last_day, owed, met) "
      "values ($1, $2, $3, $4, $5, $6, $7) "
      "on conflict (county, month, village, label, last_day) do update set "
      "owed = coverage_rounds.owed + excluded.owed, met = coverage_rounds.met + excluded.met",
      rounds.size(), [&](std::size_t, std::vector<db::Parameter>& out) {
        const auto& [month, village, label, last_day] = entry->first;
        out = {county, month, village, label, last_day, entry->second.owed, entry->second.met};
        ++entry;
      });
}

}  // namespace

void add_tally(db::Session& session, const std::string& county, Tally& tally) {
  tally.drop_zeros();
  add_counts(session,
             "insert into coverage_tiers (county, month, village, tier, overdue_at, owed, met, due, visited, declined, "
             "suspended, unknown, refused_home_visit, below_floor) "
             "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
             "on conflict (county, month, village, tier, overdue_at) do update set "
             "owed = coverage_tiers.owed + excluded.owed, met = coverage_tiers.met + excluded.met, "
             "due = coverage_tiers.due + excluded.due, visited = coverage_tiers.visited + excluded.visited, "
             "declined = coverage_tiers.declined + excluded.declined, "
             "suspended = coverage_tiers.suspended + excluded.suspended, "
             "unknown = coverage_tiers.unknown + excluded.unknown, "
             "refused_home_visit = coverage_tiers.refused_home_visit + excluded.refused_home_visit, "
             "below_floor = coverage_tiers.below_floor + excluded.below_floor",
             county, tally.tiers);
  add_counts(session,
             "insert into coverage_categories (county, month, town, categories, overdue_at, owed, met, due, "
             "visited, declined, suspended, unknown, refused_home_visit, below_floor) "
             "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
             "on conflict (county, month, town, categories, overdue_at) do update set "
             "owed = coverage_categories.owed + excluded.owed, met = coverage_categories.met + excluded.met, "
             "due = coverage_categories.due + excluded.due, visited = coverage_categories.visited + excluded.visited, "
             "declined = coverage_categories.declined + excluded.declined, "
             "suspended = coverage_categories.suspended + excluded.suspended, "
             "unknown = coverage_categories.unknown + excluded.unknown, "
             "refused_home_visit = coverage_categories.refused_home_visit + excluded.refused_home_visit, "
             "below_floor = coverage_categories.below_floor + excluded.below_floor",
             county, tally.categories);
  add_rounds(session, county, tally.rounds);
}

Tally load_tally(db::Session& session, const std::string& county, const std::string& month) {
  Tally tally;
  read_counts(session,
              "select village, tier, overdue_at, owed, met, due, visited, declined, suspended, unknown, "
              "refused_home_visit, below_floor from coverage_tiers where county = $1 and month = $2",
              county, month, tally.tiers);
  read_counts(session,
              "select town, categories, overdue_at, owed, met, due, visited, declined, suspended, unknown, "
              "refused_home_visit, below_floor from coverage_categories where county = $1 and month = $2",
              county, month, tally.categories);
  session.query("select village, label, last_day, owed, met from coverage_rounds where county = $1 and month = $2",
                {county, month}, [&](const db::Row& row) {
                  Counts counts;
                  counts.owed = row.integer(3);
                  counts.met = row.integer(4);
                  tally.rounds.emplace(RoundKey{month, row.string(0), row.string(1), row.string(2)}, counts);
                });
  tally.drop_zeros();
  return tally;
}

void delete_tally(db::Session& session, const std::string& county, const std::string& month) {
  session.execute("delete from coverage_tiers where county = $1 and month = $2", {county, month});
  session.execute("delete from coverage_categories where county = $1 and month = $2", {county, month});
  session.execute("delete from coverage_rounds where county = $1 and month = $2", {county, month});
}

}  // namespace tanfang::planning::store
