// Figures for Prometheus: requests by route and status, their times, connections, what was dropped, the database, jobs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/jobs/runner.h"
#include "platform/db/metered_database.h"
#include "platform/http/access_log.h"
#include "platform/http/server.h"

namespace tanfang::app::server {

/// What is counted elsewhere, as it is now.
struct Figures {
  http::Counts http;
  std::vector<jobs::Counts> jobs;
  std::size_t jobs_due = 0;
  /// Counties whose last recount found a difference.
  std::int64_t recounts_differing = 0;
  db::TransactionCounts reads;
  db::TransactionCounts writes;
  /// Of the log.
  std::uint64_t lines_dropped = 0;
  /// To PostgreSQL, at most; 0 where it is SQLite, which has one writer.
  std::int64_t connections = 0;
};

/// Safe to use from many threads. Labels are routes, methods and statuses only: nothing personal.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  void count(const http::AccessEntry& entry);
  /// The text format.
  std::string text(const Figures& figures);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace tanfang::app::server
