// A PostgreSQL 15 of the test's own, on the same port over all its restarts: ended as crashes end it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "kill/child.h"
#include "platform/db/test_database.h"

namespace tanfang::drills {

class PostgresServer {
 public:
  /// Started, empty, durable.
  PostgresServer();
  ~PostgresServer();

  std::string address(const std::string& database = "postgres") const;
  /// An empty database, or a copy of another one that nobody uses; its address.
  std::string make_database(const std::string& name, const std::string& copied = "template1") const;
  /// What it says.
  std::string log_file() const { return folder_.file("said"); }
  /// Starts it and waits until it answers.
  void start();
  /// As `pg_ctl stop -m immediate`: every connection is cut, nothing is tidied up.
  void stop_at_once();
  /// SIGKILL of one of its processes; it cuts all connections and recovers.
  void kill_a_child();
  /// SIGKILL of all its processes.
  void kill_all();

 private:
  std::vector<std::string> as_its_user(std::vector<std::string> words) const;
  std::vector<pid_t> children() const;
  bool answers() const;

  db::TestFolder folder_;
  int port_ = 0;
  std::optional<kill::Child> server_;
};

}  // namespace tanfang::drills
