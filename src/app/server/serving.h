// The server as one thing: the service, its routes, the edge. Used by `tanfang serve` and by tests.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>

#include "app/server/api.h"
#include "app/server/metrics.h"
#include "app/server/service.h"
#include "platform/http/server.h"

namespace tanfang::app::server {

class Serving {
 public:
  /// Listens when made, as the settings say. What it is given must outlive it. `lines_dropped`: how many lines of the
  /// log nobody will read.
  Serving(Surroundings& surroundings, const Clock& clock, const Settings& settings,
          std::function<void(const http::AccessEntry&)> log, std::function<std::uint64_t()> lines_dropped = {});

  std::uint16_t port() const { return server_->port(); }
  void reload_tls() { server_->reload_tls(); }
  /// Lets running requests finish for as long as the settings say; false where some were cut.
  bool stop() {
    bool all_answered = server_->stop(service_.settings().server.drain);
    service_.jobs().stop();
    return all_answered;
  }
  Service& service() { return service_; }
  const Api& api() const { return api_; }

 private:
  void add_operation_routes(http::Router& router);

  Service service_;
  Api api_;
  Metrics metrics_;
  std::function<std::uint64_t()> lines_dropped_;
  std::atomic<bool> listening_ = false;
  std::unique_ptr<http::Server> server_;
};

}  // namespace tanfang::app::server
