// 32 writers at once, each write durable before its answer, beside SQLite with one commit each on the same disk.
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "platform/db/sqlite.h"
#include "platform/db/test_file_layer.h"

namespace tanfang::bench {
namespace {

constexpr int kWriters = 32;
constexpr int kPeople = 5000;
constexpr auto kLength = std::chrono::seconds(4);
constexpr const char* kVisit =
    "create table visits (county text not null, id integer not null, person integer not null, body text not null, "
    "primary key (county, id))";

/// Writes in a second while `write(i)` is called again and again by `threads` threads.
double rate(int threads, const std::function<void(std::int64_t)>& write) {
  std::atomic<std::int64_t> next = 0;
  auto end = std::chrono::steady_clock::now() + kLength;
  double seconds = seconds_of([&] {
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i) {
      running.emplace_back([&] {
        while (std::chrono::steady_clock::now() < end) write(next++);
      });
    }
    for (auto& thread : running) thread.join();
  });
  return static_cast<double>(next) / seconds;
}

/// The peer: one thread, one row of a visit's size, one commit each, nothing else to do.
double raw_rate(const std::string& path, const std::string& layer) {
  sqlite3* connection = nullptr;
  sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                  layer.empty() ? nullptr : layer.c_str());
  sqlite3_exec(connection, "pragma journal_mode = wal; pragma synchronous = full", nullptr, nullptr, nullptr);
  sqlite3_exec(connection, kVisit, nullptr, nullptr, nullptr);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(connection, "insert into visits (county, id, person, body) values ('510521', ?, ?, ?)", -1,
                     &statement, nullptr);
  std::string body(400, 'x');
  double found = rate(1, [&](std::int64_t i) {
    sqlite3_bind_int64(statement, 1, i);
    sqlite3_bind_int64(statement, 2, i % 1000);
    sqlite3_bind_text(statement, 3, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    sqlite3_step(statement);
    sqlite3_reset(statement);
  });
  sqlite3_finalize(statement);
  sqlite3_close(connection);
  return found;
}

double group_rate(const std::string& path, const std::string& layer) {
  auto database = db::open_sqlite(path, db::SqliteOptions{.file_layer = layer});
  database->run_script(kVisit);
  std::string body(400, 'x');
  return rate(kWriters, [&](std::int64_t i) {
    database->write([&](db::Session& session) {
      session.execute("insert into visits (county, id, person, body) values ('510521', $1, $2, $3)",
                      {i, i % 1000, body});
    });
  });
}

/// The product: visits checked against their form, the person's obligations, statuses and counts, the key, the trail.
struct Visits {
  double rate = 0;
  double microseconds = 0;  // of processor time each
};

Visits measure_visits(const std::string& path, const std::string& layer) {
  county::InventedCounty county(path, kPeople, db::SqliteOptions{.file_layer = layer});
  double before = processor_seconds();
  std::atomic<std::int64_t> count = 0;
  Visits measured;
  measured.rate = rate(kWriters, [&](std::int64_t key) {
    county.record_visit(key);
    ++count;
  });
  measured.microseconds = 1e6 * (processor_seconds() - before) / static_cast<double>(count);
  return measured;
}

void compare(Report& report, const std::string& disk, const std::string& layer, double limit) {
  Folder folder;
  double raw = raw_rate(folder.file("raw.sqlite"), layer);
  double group = group_rate(folder.file("group.sqlite"), layer);
  auto [visits, microseconds] = measure_visits(folder.path(), layer);
  report.note("raw SQLite, one row and one commit each, " + disk, raw, "1/s");
  report.note("32 writers of one row, " + disk, group, "1/s");
  report.note("32 writers of visit records with all that follows, " + disk, visits, "1/s");
  report.note("processor time a visit record, " + disk, microseconds, "us");
  report.at_least("visit records ÷ raw, " + disk, visits / raw, "x", limit);
}

const Benchmark kWritersBenchmark("writers", "32 writers at once, each durable before its answer", [](Report& report) {
  compare(report, "this disk", "", 1);
  db::TestFileLayer layer("slow");
  layer.sync_milliseconds = 5;
  compare(report, "a disk with 5 ms a sync", layer.name(), 8);
});

}  // namespace
}  // namespace tanfang::bench
