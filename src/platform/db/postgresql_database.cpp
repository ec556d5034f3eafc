#include <mutex>

#include "base/problem.h"
#include "platform/db/db_problems.h"
#include "platform/db/postgresql_pool.h"
#include "platform/db/postgresql_session.h"

namespace tanfang::db {
namespace {

constexpr int kMostTries = 100;
/// After so many, others of this process let it pass: a long write would be overtaken by short ones again and again.
constexpr int kPatientTries = 5;

class PostgresDatabase : public Database {
 public:
  PostgresDatabase(const std::string& address, int connections) : pool_(address, connections) {
    Lease first(pool_, "begin");
  }

  void read(const std::function<void(Session&)>& work) override {
    Lease lease(pool_, "begin isolation level repeatable read read only");
    PostgresSession session(*lease.connection);
    // `begin` alone takes no snapshot; the first statement does.
    lease.connection->run("select 1");
    work(session);
  }

  void write(const std::function<void(Session&)>& work) override {
    std::unique_lock own_turn(turn_, std::defer_lock);
    for (int tries = 1; tries <= kMostTries; ++tries) {
      if (tries == kPatientTries + 1) own_turn.lock();
      if (!own_turn) {
        std::lock_guard after_whoever_has_the_turn(turn_);
      }
      if (try_write(work)) return;
    }
    throw Failure("PostgreSQL could not order the write among others; try again");
  }

  void run_script(std::string_view sql) override {
    {
      Lease lease(pool_, "begin");
      lease.connection->run(std::string(sql));
      commit(lease);
    }
    pool_.forget_idle();
  }

  std::string_view engine() const override { return "postgresql"; }
  void copy_to(const std::string&) override { throw copy_of_a_server(); }

 private:
  /// A connection in a transaction, which is rolled back where it was not committed.
  struct Lease {
    Lease(PostgresPool& pool, const char* begin) : pool(pool), connection(pool.take(begin)) {}
    ~Lease() {
      if (!committed && connection->usable()) PostgresResult(PQexec(connection->handle(), "rollback"));
      pool.give_back(std::move(connection));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    PostgresPool& pool;
    std::unique_ptr<PostgresConnection> connection;
    bool committed = false;
  };

  static void commit(Lease& lease) {
    lease.connection->run("commit");
    lease.committed = true;
  }

  /// False where the transaction has to be run again. Serializable: a write sees the database as if it were the only
  /// one, as on SQLite.
  bool try_write(const std::function<void(Session&)>& work) {
    Lease lease(pool_, "begin isolation level serializable");
    PostgresSession session(*lease.connection);
    try {
      work(session);
      session.check_complete();
      commit(lease);
      return true;
    } catch (const TransactionConflict&) {
      return false;
    } catch (...) {
      if (session.conflicted()) return false;
      throw;
    }
  }

  PostgresPool pool_;
  std::mutex turn_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const std::string& address, int connections) {
  return std::make_unique<PostgresDatabase>(address, connections);
}

}  // namespace tanfang::db
