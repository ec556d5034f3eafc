// The whole server in this process, and clients in a process of their own on the same machine.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "app/server/serving.h"

namespace tanfang::bench {

/// What the clients are told, and what they tell.
struct Order {
  std::uint16_t port;
  char cookie[200];
  char csrf[200];
  double a_second;  // of all clients together; 0: as soon as they are answered
};
struct Load {
  std::int64_t answered = 0;
  std::int64_t refused = 0;
  double seconds = 0;
  double p99_milliseconds = 0;
};

/// The headers of whoever was told the order.
std::string headers_of(const Order& order);

/// 32 clients, forked while this process has no server yet; they wait for their order and end with this object.
class LoadGenerator {
 public:
  /// The request number `nth` of all clients, with these headers.
  using Request = std::function<std::string(std::int64_t nth, const std::string& headers)>;

  LoadGenerator(const Request& request, int good_status, std::chrono::seconds length = std::chrono::seconds(6));
  ~LoadGenerator();
  LoadGenerator(const LoadGenerator&) = delete;
  LoadGenerator& operator=(const LoadGenerator&) = delete;
  /// Throws where an answer was another than the good one.
  Load run(const Order& order);

 private:
  int order_[2];
  int load_[2];
  pid_t process_;
};

/// Serves the data of the folder, in the month after the invented one.
class BenchServer {
 public:
  explicit BenchServer(const std::string& folder, const std::string& database = "");
  /// An account of the county.
  Order sign_in();
  /// What the service does later for what was recorded: its events into the chain.
  void seal();
  std::uint16_t port() const { return serving_->port(); }

 private:
  app::Surroundings surroundings_;
  FixedClock clock_;
  app::Settings settings_;
  std::unique_ptr<app::server::Serving> serving_;
};

}  // namespace tanfang::bench
