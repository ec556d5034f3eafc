// Visit records over HTTP, each durable before its answer: 32 clients in a process of their own on the same machine.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <vector>

#include "app/server/serving.h"
#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "platform/http/test_client.h"

namespace tanfang::bench {
namespace {

constexpr int kClients = 32;
constexpr int kPeople = 5000;
constexpr auto kLength = std::chrono::seconds(6);
constexpr const char* kPassword = "correct horse and lamp 2024";
using Clock = std::chrono::steady_clock;

/// What the load generator is told, and what it tells.
struct Order {
  std::uint16_t port;
  char cookie[200];
  char csrf[200];
};
struct Load {
  std::int64_t answered = 0;
  std::int64_t refused = 0;
  double p99_milliseconds = 0;
};

void send_visits(const county::InventedCounty& county, const Order& order, int client, Clock::time_point end,
                 std::vector<double>& times, std::int64_t& refused) {
  http::TestClient wire(order.port);
  int on = 1;
  setsockopt(wire.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  for (std::int64_t key = client; Clock::now() < end; key += kClients) {
    std::string body = county.visit_json(key);
    auto begun = Clock::now();
    http::Answer answer = wire.ask(http::post("/api/v1/visits", body,
                                              "Content-Type: application/json\r\nCookie: " + std::string(order.cookie) +
                                                  "\r\nX-CSRF-Token: " + order.csrf + "\r\n"));
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    refused += answer.status != 201;
  }
}

Load run_load(const county::InventedCounty& county, const Order& order) {
  std::vector<std::vector<double>> times(kClients);
  std::vector<std::int64_t> refused(kClients);
  std::vector<std::thread> clients;
  auto end = Clock::now() + kLength;
  for (int i = 0; i < kClients; ++i) {
    auto at = static_cast<std::size_t>(i);
    clients.emplace_back([&, i, at] { send_visits(county, order, i, end, times[at], refused[at]); });
  }
  for (auto& client : clients) client.join();
  Load load;
  std::vector<double> all;
  for (const auto& each : times) all.insert(all.end(), each.begin(), each.end());
  for (std::int64_t each : refused) load.refused += each;
  load.answered = static_cast<std::int64_t>(all.size());
  std::sort(all.begin(), all.end());
  if (!all.empty()) load.p99_milliseconds = all[all.size() * 99 / 100];
  return load;
}

/// Forked while this process has no server yet; it waits for its order.
class LoadGenerator {
 public:
  explicit LoadGenerator(const county::InventedCounty& county) {
    if (::pipe(order_) != 0 || ::pipe(load_) != 0) throw std::runtime_error("no pipe");
    process_ = ::fork();
    if (process_ != 0) return;
    // So that it ends with the parent.
    ::close(order_[1]);
    Order order{};
    if (::read(order_[0], &order, sizeof order) != sizeof order) _exit(3);
    Load load = run_load(county, order);
    _exit(::write(load_[1], &load, sizeof load) == sizeof load ? 0 : 3);
  }
  Load run(const Order& order) {
    Load load;
    if (::write(order_[1], &order, sizeof order) != sizeof order ||
        ::read(load_[0], &load, sizeof load) != sizeof load) {
      throw std::runtime_error("the load generator failed");
    }
    ::waitpid(process_, nullptr, 0);
    return load;
  }

 private:
  int order_[2];
  int load_[2];
  pid_t process_;
};

Order sign_in(app::server::Serving& serving, Instant now) {
  identity::create_account(serving.service().identity(), now, "command:bench", identity::operator_at_command(),
                           {"bench", "测试", identity::Role::county_bureau, "510521"}, kPassword);
  http::TestClient wire(serving.port());
  http::Answer answer =
      wire.ask(http::post("/api/v1/sessions", std::string(R"({"login":"bench","password":")") + kPassword + "\"}",
                          "Content-Type: application/json\r\n"));
  if (answer.status != 201) throw std::runtime_error(answer.body);
  std::string cookie = answer.value("set-cookie");
  cookie.resize(cookie.find(';'));
  std::size_t at = answer.body.find("\"csrf\":\"") + 8;
  Order order{};
  order.port = serving.port();
  std::strncpy(order.cookie, cookie.c_str(), sizeof order.cookie - 1);
  std::strncpy(order.csrf, answer.body.substr(at, answer.body.find('"', at) - at).c_str(), sizeof order.csrf - 1);
  return order;
}

void measure(Report& report) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  Folder folder;
  auto county = std::make_unique<county::InventedCounty>(folder.path(), kPeople);
  LoadGenerator generator(*county);
  county.reset();
  app::Surroundings surroundings;
  surroundings.data_folder = folder.path();
  surroundings.now_text = "2024-04-02T09:00";
  FixedClock clock(*parse_instant(surroundings.now_text));
  app::Settings settings;
  settings.server.port = 0;
  settings.jobs.enabled = false;
  settings.identity.second_factor_required.clear();
  settings.limits.requests_a_minute = 10'000'000;
  app::server::Serving serving(surroundings, clock, settings, [](const http::AccessEntry&) {});
  Order order = sign_in(serving, clock.now());
  double before = processor_seconds();
  Load load = generator.run(order);
  double used = processor_seconds() - before;
  if (load.refused > 0) throw std::runtime_error("visits were refused: " + std::to_string(load.refused));
  double answered = static_cast<double>(load.answered);
  report.at_least("visit records over HTTP, 32 clients on the same machine",
                  answered / std::chrono::duration<double>(kLength).count(), "1/s", 4000);
  report.at_most("processor time of the server a record", 1000 * used / answered, "ms", 0.25);
  report.note("p99 at full load", load.p99_milliseconds, "ms");
}

const Benchmark kServer("server", "visit records over HTTP, each durable before its answer", measure);

}  // namespace
}  // namespace tanfang::bench
