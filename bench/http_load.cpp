#include "http_load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <vector>

#include "platform/http/test_client.h"

namespace tanfang::bench {
namespace {

constexpr int kClients = 32;
constexpr const char* kNow = "2024-04-02T09:00";
constexpr const char* kPassword = "correct horse and lamp 2024";
using Clock = std::chrono::steady_clock;

struct Measured {
  std::vector<double> milliseconds;
  std::int64_t refused = 0;
};

void ask(const LoadGenerator::Request& request, int good_status, const Order& order, int client, Clock::time_point end,
         Measured& measured) {
  http::TestClient wire(order.port);
  int on = 1;
  setsockopt(wire.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const std::string headers = headers_of(order);
  auto step = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(order.a_second > 0 ? kClients / order.a_second : 0));
  auto turn = Clock::now() + step * client / kClients;
  for (std::int64_t nth = client; Clock::now() < end; nth += kClients) {
    std::string text = request(nth, headers);
    auto begun = Clock::now();
    if (order.a_second > 0) {
      // Who comes late to a turn does not wait, and the lateness counts.
      std::this_thread::sleep_until(turn);
      begun = turn;
      turn += step;
    }
    http::Answer answer = wire.ask(text);
    measured.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    measured.refused += answer.status != good_status;
  }
}

Load run_load(const LoadGenerator::Request& request, int good_status, std::chrono::seconds length, const Order& order) {
  std::vector<Measured> measured(kClients);
  std::vector<std::thread> clients;
  auto begun = Clock::now();
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i, &own = measured[static_cast<std::size_t>(i)]] {
      ask(request, good_status, order, i, begun + length, own);
    });
  }
  for (auto& client : clients) client.join();
  Load load;
  load.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  std::vector<double> all;
  for (const Measured& each : measured) {
    all.insert(all.end(), each.milliseconds.begin(), each.milliseconds.end());
    load.refused += each.refused;
  }
  load.answered = static_cast<std::int64_t>(all.size());
  std::sort(all.begin(), all.end());
  if (!all.empty()) load.p99_milliseconds = all[all.size() * 99 / 100];
  return load;
}

}  // namespace

std::string headers_of(const Order& order) {
  return "Content-Type: application/json\r\nCookie: " + std::string(order.cookie) + "\r\nX-CSRF-Token: " + order.csrf +
         "\r\n";
}

LoadGenerator::LoadGenerator(const Request& request, int good_status, std::chrono::seconds length) {
  if (::pipe(order_) != 0 || ::pipe(load_) != 0) throw std::runtime_error("no pipe");
  process_ = ::fork();
  if (process_ != 0) return;
  // So that it ends with the parent.
  ::close(order_[1]);
  Order order{};
  if (::read(order_[0], &order, sizeof order) != sizeof order) _exit(3);
  Load load = run_load(request, good_status, length, order);
  _exit(::write(load_[1], &load, sizeof load) == sizeof load ? 0 : 3);
}

LoadGenerator::~LoadGenerator() {
  ::close(order_[1]);
  ::close(load_[1]);
  ::waitpid(process_, nullptr, 0);
  ::close(order_[0]);
  ::close(load_[0]);
}

Load LoadGenerator::run(const Order& order) {
  Load load;
  if (::write(order_[1], &order, sizeof order) != sizeof order || ::read(load_[0], &load, sizeof load) != sizeof load) {
    throw std::runtime_error("the load generator failed");
  }
  if (load.refused > 0) throw std::runtime_error("requests were refused: " + std::to_string(load.refused));
  return load;
}

BenchServer::BenchServer(const std::string& folder, const std::string& database) : clock_(*parse_instant(kNow)) {
  ::setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  surroundings_.data_folder = folder;
  surroundings_.database_address = database;
  surroundings_.now_text = kNow;
  settings_.server.port = 0;
  settings_.jobs.enabled = false;
  settings_.identity.second_factor_required.clear();
  settings_.limits.requests_a_minute = 10'000'000;
  serving_ = std::make_unique<app::server::Serving>(surroundings_, clock_, settings_, [](const http::AccessEntry&) {});
}

void BenchServer::seal() { serving_->service().jobs().run_now("seal", ""); }

Order BenchServer::sign_in() {
  identity::create_account(serving_->service().identity(), clock_.now(), "command:bench",
                           identity::operator_at_command(), {"bench", "测试", identity::Role::county_bureau, "510521"},
                           kPassword);
  http::TestClient wire(serving_->port());
  http::Answer answer =
      wire.ask(http::post("/api/v1/sessions", std::string(R"({"login":"bench","password":")") + kPassword + "\"}",
                          "Content-Type: application/json\r\n"));
  if (answer.status != 201) throw std::runtime_error(answer.body);
  std::string cookie = answer.value("set-cookie");
  cookie.resize(cookie.find(';'));
  std::size_t at = answer.body.find("\"csrf\":\"") + 8;
  Order order{};
  order.port = serving_->port();
  std::strncpy(order.cookie, cookie.c_str(), sizeof order.cookie - 1);
  std::strncpy(order.csrf, answer.body.substr(at, answer.body.find('"', at) - at).c_str(), sizeof order.csrf - 1);
  return order;
}

}  // namespace tanfang::bench
