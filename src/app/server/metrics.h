// Figures for Prometheus: requests by route and status, their times, connections.
#pragma once

#include <memory>
#include <string>

#include "app/jobs/runner.h"
#include "platform/http/access_log.h"
#include "platform/http/server.h"

namespace tanfang::app::server {

/// Safe to use from many threads. Labels are routes, methods and statuses only: nothing personal.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  void count(const http::AccessEntry& entry);
  /// The text format, with the counts of server and jobs as they are now.
  std::string text(const http::Counts& counts, const std::vector<jobs::Counts>& jobs);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace tanfang::app::server
