// Many rows through the database layer, and through SQLite's own functions.
#include <sqlite3.h>

#include "bench.h"
#include "bench_folder.h"
#include "platform/db/sqlite.h"

namespace tanfang::bench {
namespace {

constexpr int kRows = 500'000;
constexpr const char* kTable =
    "create table t (county text not null, id integer not null, name text, primary key (county, id))";

double through_the_layer(const std::string& path) {
  auto database = db::open_sqlite(path);
  database->run_script(kTable);
  return seconds_of([&] {
    database->write([&](db::Session& session) {
      session.execute_many("insert into t (county, id, name) values ($1, $2, $3)", kRows,
                           [](std::size_t i, std::vector<db::Parameter>& out) {
                             out.insert(out.end(), {"510521", i, "an invented name"});
                           });
    });
  });
}

double raw(const std::string& path) {
  sqlite3* connection = nullptr;
  sqlite3_open(path.c_str(), &connection);
  sqlite3_exec(connection, "pragma journal_mode = wal; pragma synchronous = full", nullptr, nullptr, nullptr);
  sqlite3_exec(connection, kTable, nullptr, nullptr, nullptr);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(connection, "insert into t (county, id, name) values (?, ?, ?)", -1, &statement, nullptr);
  double seconds = seconds_of([&] {
    sqlite3_exec(connection, "begin", nullptr, nullptr, nullptr);
    for (int i = 0; i < kRows; ++i) {
      sqlite3_bind_text(statement, 1, "510521", 6, SQLITE_STATIC);
      sqlite3_bind_int64(statement, 2, i);
      sqlite3_bind_text(statement, 3, "an invented name", 16, SQLITE_STATIC);
      sqlite3_step(statement);
      sqlite3_reset(statement);
    }
    sqlite3_exec(connection, "commit", nullptr, nullptr, nullptr);
  });
  sqlite3_finalize(statement);
  sqlite3_close(connection);
  return seconds;
}

const Benchmark kBulk("bulk", "500,000 rows in one durable write, beside SQLite itself", [](Report& report) {
  Folder folder;
  double ours = through_the_layer(folder.file("layer.sqlite"));
  double theirs = raw(folder.file("raw.sqlite"));
  report.note("raw SQLite", kRows / theirs, "row/s");
  report.at_least("the database layer", kRows / ours, "row/s", 200'000);
  report.at_least("the database layer ÷ raw", theirs / ours, "x", 0.6);
});

}  // namespace
}  // namespace tanfang::bench
