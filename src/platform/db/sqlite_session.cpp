#include "platform/db/sqlite_session.h"

#include <stdexcept>

namespace tanfang::db {
namespace {

class SqliteRow : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    require(column, SQLITE_INTEGER, "an integer");
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    if (type(column) != SQLITE_INTEGER) require(column, SQLITE_FLOAT, "a real");
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    require(column, SQLITE_TEXT, "text");
    auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::string_view bytes(int column) const override {
    require(column, SQLITE_BLOB, "bytes");
    auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  int type(int column) const {
    if (column < 0 || column >= sqlite3_column_count(statement_)) wrong(column, "not selected");
    return sqlite3_column_type(statement_, column);
  }
  void require(int column, int wanted, const char* name) const {
    int found = type(column);
    if (found == SQLITE_NULL) wrong(column, "null");
    if (found != wanted) wrong(column, std::string("not ") + name);
  }
  [[noreturn]] void wrong(int column, const std::string& what) const {
    throw std::logic_error("column " + std::to_string(column) + " is " + what + ": " + sqlite3_sql(statement_));
  }

  sqlite3_stmt* statement_;
};

}  // namespace

void SqliteSession::refuse_after_failure() const {
  if (failed_) throw std::logic_error("a statement failed before: this transaction can only end");
}

bool SqliteSession::step(SqliteStatement& statement) {
  try {
    return statement.step();
  } catch (...) {
    failed_ = true;
    throw;
  }
}

void SqliteSession::query(std::string_view sql, std::span<const Parameter> parameters,
                          const std::function<void(const Row&)>& visit) {
  refuse_after_failure();
  SqliteLease statement(connection_, sql);
  statement->bind(parameters);
  SqliteRow row(statement->handle());
  while (step(*statement)) visit(row);
}

std::int64_t SqliteSession::execute(std::string_view sql, std::span<const Parameter> parameters) {
  refuse_after_failure();
  SqliteLease statement(connection_, sql);
  statement->bind(parameters);
  // `changes` keeps the count of the last statement that changes rows, so the total tells.
  sqlite3_int64 before = sqlite3_total_changes64(connection_.handle());
  while (step(*statement)) {
  }
  if (sqlite3_total_changes64(connection_.handle()) == before) return 0;
  return sqlite3_changes64(connection_.handle());
}

void SqliteSession::execute_many(std::string_view sql, std::size_t count,
                                 const std::function<void(std::size_t, std::vector<Parameter>&)>& bind) {
  refuse_after_failure();
  if (count == 0) return;
  SqliteLease statement(connection_, sql);
  std::vector<Parameter> parameters;
  for (std::size_t i = 0; i < count; ++i) {
    parameters.clear();
    bind(i, parameters);
    statement->bind(parameters);
    while (step(*statement)) {
    }
    sqlite3_reset(statement->handle());
  }
}

void SqliteSession::run_script(const std::string& sql) {
  ran_script_ = true;
  try {
    connection_.run(sql.c_str());
  } catch (...) {
    failed_ = true;
    throw;
  }
}

void SqliteSession::check_complete() {
  if (failed_) throw std::logic_error("a statement failed, but the work did not throw");
  int open = 0;
  int unused = 0;
  sqlite3_db_status(connection_.handle(), SQLITE_DBSTATUS_DEFERRED_FKS, &open, &unused, 0);
  if (open > 0) throw ConstraintViolation(Constraint::foreign_key, "FOREIGN KEY constraint failed");
}

}  // namespace tanfang::db
