// A county's data served: lists of 50 from 100,000 visits with filters, the start of the program, its memory when idle.
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "http_load.h"
#include "kill/child.h"
#include "platform/http/test_client.h"

namespace tanfang::bench {
namespace {

constexpr int kPeople = 20'000;
constexpr std::int64_t kVisits = 100'000;
constexpr int kWriters = 32;

void record_visits(county::InventedCounty& county) {
  std::atomic<std::int64_t> next = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      for (std::int64_t key; (key = next++) < kVisits;) county.record_visit(key);
    });
  }
  for (auto& writer : writers) writer.join();
}

/// The filters that a work list has, by turns.
std::string list_request(std::int64_t nth, const std::string& headers) {
  const std::array<std::string, 4> filters = {"area=510521&outcome=met", "area=510521100&method=home",
                                              "area=510521&visitor=v" + std::to_string(nth / 4 % 97),
                                              "area=510521101&outcome=met&from=2024-03-01&to=2024-03-04"};
  return http::get("/api/v1/visits?limit=50&" + filters[static_cast<std::size_t>(nth % 4)], headers);
}

double resident_megabytes(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  throw std::runtime_error("the server is gone");
}

void measure_start(Report& report, const std::string& folder) {
  std::unique_ptr<kill::Child> server;
  double seconds = seconds_of([&] {
    server = std::make_unique<kill::Child>(
        std::vector<std::string>{TANFANG_PROGRAM, "--data", folder, "serve", "--port", "0"}, "/dev/null");
    auto line = server->read_line(std::chrono::seconds(30));
    if (!line) throw std::runtime_error("the server did not start");
    auto port = static_cast<std::uint16_t>(std::stoi(line->substr(line->rfind(':') + 1)));
    if (http::TestClient(port).ask(http::get("/health")).status != 200) throw std::runtime_error("it is not healthy");
  });
  report.at_most("start to first answer", seconds, "s", 0.5);
  report.at_most("memory when idle on a county's data", resident_megabytes(server->process()), "MB", 64);
}

const Benchmark kLists("lists", "lists of 50 from 100,000 visits, start and memory on a county's data",
                       [](Report& report) {
                         Folder folder;
                         {
                           county::InventedCounty county(folder.path(), kPeople);
                           record_visits(county);
                         }
                         measure_start(report, folder.path());
                         LoadGenerator generator(list_request, 200);
                         BenchServer server(folder.path());
                         Order order = server.sign_in();
                         double before = processor_seconds();
                         Load load = generator.run(order);
                         double used = processor_seconds() - before;
                         double answered = static_cast<double>(load.answered);
                         report.at_least("lists of 50 from 100,000 visits with filters, 32 clients",
                                         answered / load.seconds, "1/s", 5000);
                         report.note("processor time of the server a list", 1000 * used / answered, "ms");
                         report.note("p99 at full load", load.p99_milliseconds, "ms");
                       });

}  // namespace
}  // namespace tanfang::bench
