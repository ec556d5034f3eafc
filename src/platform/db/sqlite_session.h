// A session on an SQLite connection that somebody else begins and ends.
#pragma once

#include "platform/db/sqlite_connection.h"

namespace tanfang::db {

class SqliteSession : public Session {
 public:
  explicit SqliteSession(SqliteConnection& connection) : connection_(connection) {}

  using Session::execute;
  using Session::query;
  void query(std::string_view sql, std::span<const Parameter> parameters,
             const std::function<void(const Row&)>& visit) override;
  std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters) override;
  void execute_many(std::string_view sql, std::size_t count,
                    const std::function<void(std::size_t, std::vector<Parameter>&)>& bind) override;

  /// Statements without parameters, as in a migration.
  void run_script(const std::string& sql);
  /// Its changes are in no count of rows.
  bool ran_script() const { return ran_script_; }
  /// Throws where a statement failed and the work went on as if nothing had happened, or where a deferred foreign key
  /// is left open: such a work must not be committed.
  void check_complete();

 private:
  void refuse_after_failure() const;
  bool step(SqliteStatement& statement);

  SqliteConnection& connection_;
  bool failed_ = false;
  bool ran_script_ = false;
};

}  // namespace tanfang::db
