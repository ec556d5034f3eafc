// Visit records over HTTP, each durable before its answer: 32 clients in a process of their own on the same machine.
#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "http_load.h"
#include "platform/http/test_client.h"

namespace tanfang::bench {
namespace {

constexpr int kPeople = 5000;
constexpr double kLimit = 4000;
constexpr std::int64_t kLater = 10'000'000;  // so that the second load's records are others

void measure(Report& report) {
  Folder folder;
  county::InventedCounty(folder.path(), kPeople);
  county::InventedVisits visits(kPeople);
  auto record = [&](std::int64_t nth, const std::string& headers) {
    return http::post("/api/v1/visits", visits.json(nth), headers);
  };
  LoadGenerator generator(record, 201);
  LoadGenerator steady([&](std::int64_t nth, const std::string& headers) { return record(kLater + nth, headers); },
                       201);
  BenchServer server(folder.path());
  Order order = server.sign_in();
  double before = processor_seconds();
  Load load = generator.run(order);
  server.seal();
  double used = processor_seconds() - before;
  double answered = static_cast<double>(load.answered);
  report.at_least("visit records over HTTP, 32 clients on the same machine", answered / load.seconds, "1/s", kLimit);
  report.at_most("processor time of the server a record, sealed in the trail", 1000 * used / answered, "ms", 0.25);
  report.note("p99 at full load", load.p99_milliseconds, "ms");
  order.a_second = kLimit / 2;
  report.at_most("p99 at half the records a second that are asked for", steady.run(order).p99_milliseconds, "ms", 20);
}

const Benchmark kServer("server", "visit records over HTTP, each durable before its answer", measure);

}  // namespace
}  // namespace tanfang::bench
