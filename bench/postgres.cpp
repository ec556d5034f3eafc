// Visit records over HTTP on PostgreSQL beside pgbench, which sends the same statements with as many clients.
#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "county/invented_visits.h"
#include "drills/postgres_server.h"
#include "http_load.h"
#include "platform/files/files.h"
#include "platform/http/test_client.h"
#include "statements_log.h"

namespace tanfang::bench {
namespace {

constexpr int kPeople = 5000;
constexpr int kCaptured = 1600;
constexpr int kClients = 32;

std::string record(const county::InventedVisits& visits, std::int64_t nth, const std::string& headers) {
  return http::post("/api/v1/visits", visits.json(nth), headers);
}

/// What the database is asked for one record after another.
std::vector<Request> captured_requests(const drills::PostgresServer& postgres, const std::string& folder, Order order,
                                       const county::InventedVisits& visits) {
  db::open_postgresql(postgres.address(), 1)->run_script("alter database captured set log_statement = 'all'");
  BenchServer server(folder, postgres.address("captured"));
  http::TestClient wire(server.port());
  std::ifstream log(postgres.log_file());
  std::vector<Request> requests;
  for (int nth = 0; nth < kCaptured; ++nth) {
    if (wire.ask(record(visits, nth, headers_of(order))).status != 201)
      throw std::runtime_error("a record was refused");
    std::string said(std::istreambuf_iterator<char>(log), {});
    log.clear();
    requests.push_back(read_statements(said));
  }
  return requests;
}

/// The rows of the script as a table, a stretch of which each client takes one by one.
void fill_calls(const std::string& address, const Script& script) {
  std::string columns;
  std::string places;
  for (std::size_t i = 1; i <= script.rows.front().size(); ++i) {
    columns += fmt::format(", p{} text", i);
    places += fmt::format(", ${}", i + 1);
  }
  auto database = db::open_postgresql(address, 1);
  database->run_script("create table calls (n bigint primary key" + columns + ")");
  database->write([&](db::Session& session) {
    session.execute_many("insert into calls values ($1" + places + ")", script.rows.size(),
                         [&](std::size_t i, std::vector<db::Parameter>& out) {
                           out.emplace_back(i + 1);
                           for (const std::string& value : script.rows[i]) out.emplace_back(value);
                         });
  });
  database->run_script("analyze");
}

/// Transactions a second.
double pgbench_rate(const drills::PostgresServer& postgres, const std::string& folder, const Script& script) {
  fill_calls(postgres.address("replayed"), script);
  int each = static_cast<int>(script.rows.size()) / kClients;
  std::string file = folder + "/script.sql";
  // One that must be tried again begins with the same row.
  files::write_whole(file, fmt::format("\\set n :client_id * {} + :done + 1\n", each) +
                               "select * from calls where n = :n \\gset\n" + script.text + "\\set done :done + 1\n");
  kill::Child pgbench(
      {"/usr/lib/postgresql/15/bin/pgbench", "-n", "-M", "prepared", "-c", std::to_string(kClients), "-j", "2", "-D",
       "done=0", "--max-tries=1000", "-t", std::to_string(each), "-f", file, postgres.address("replayed")},
      folder + "/pgbench.log");
  double rate = 0;
  bool whole = false;
  int code = pgbench.talk("", [&](const std::string& line) {
    if (line.starts_with("tps = ")) rate = std::stod(line.substr(6));
    whole = whole || line.ends_with(fmt::format(": {}/{}", each * kClients, each * kClients));
    return true;
  });
  if (code != 0 || !whole) throw std::runtime_error("pgbench: " + files::read_whole(folder + "/pgbench.log"));
  return rate;
}

void measure(Report& report) {
  Folder folder;
  county::InventedVisits visits(kPeople);
  LoadGenerator generator([&](std::int64_t nth, const std::string& headers) { return record(visits, nth, headers); },
                          201);
  drills::PostgresServer postgres;
  std::string address = postgres.make_database("template");
  county::InventedCounty(folder.path(), kPeople, db::open_postgresql(address));
  Order order = BenchServer(folder.path(), address).sign_in();
  for (const char* copy : {"captured", "replayed", "served"}) postgres.make_database(copy, "template");
  Script script = make_script(captured_requests(postgres, folder.path(), order, visits));
  double peer = pgbench_rate(postgres, folder.path(), script);
  BenchServer server(folder.path(), postgres.address("served"));
  order.port = server.port();
  Load load = generator.run(order);
  double own = static_cast<double>(load.answered) / load.seconds;
  report.note("pgbench with the same statements, 32 clients", peer, "1/s");
  report.note("visit records over HTTP on PostgreSQL, 32 clients", own, "1/s");
  report.at_least("records ÷ pgbench", own / peer, "", 0.5);
}

const Benchmark kPostgres("postgres", "visit records on PostgreSQL beside pgbench with the same statements", measure);

}  // namespace
}  // namespace tanfang::bench
