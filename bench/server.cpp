// Visit records over HTTP, each durable before its answer: 32 clients in a process of their own on the same machine.
#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "http_load.h"
#include "platform/http/test_client.h"

namespace tanfang::bench {
namespace {

constexpr int kPeople = 5000;

void measure(Report& report) {
  Folder folder;
  county::InventedCounty(folder.path(), kPeople);
  county::InventedVisits visits(kPeople);
  LoadGenerator generator(
      [&](std::int64_t nth, const std::string& headers) {
        return http::post("/api/v1/visits", visits.json(nth), headers);
      },
      201);
  BenchServer server(folder.path());
  Order order = server.sign_in();
  double before = processor_seconds();
  Load load = generator.run(order);
  double used = processor_seconds() - before;
  double answered = static_cast<double>(load.answered);
  report.at_least("visit records over HTTP, 32 clients on the same machine", answered / load.seconds, "1/s", 4000);
  report.at_most("processor time of the server a record", 1000 * used / answered, "ms", 0.25);
  report.note("p99 at full load", load.p99_milliseconds, "ms");
}

const Benchmark kServer("server", "visit records over HTTP, each durable before its answer", measure);

}  // namespace
}  // namespace tanfang::bench
