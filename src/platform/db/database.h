// One database interface over SQLite (embedded) and PostgreSQL (server), with one SQL text for both.
//
// SQL is written in the part both understand: `$1…$n` placeholders, `on conflict`, `returning`, CTEs, windows;
// booleans as 0/1, instants as UTC milliseconds, civil dates as text, identifiers as 64-bit integers. A statement is
// prepared once a connection and found again by its text, so pass string literals, never assembled values.
//
// What reads alike on both but is not:
// - Parameters are bigint, double precision, text or bytea by their C++ type, on PostgreSQL too. A function that wants
//   `integer` there needs a cast: `substr(code, 1, cast($2 as integer))`. Write `cast($1 as …)`, never `$1::…`.
// - There are no booleans: write `flag = 1`, `case when a > b then 1 else 0 end`. A comparison that is selected reads
// as
//   0 or 1.
// - `sum` of bigint is numeric on PostgreSQL: cast it to bigint before dividing or storing it.
// - `insert … select … from t where true on conflict …`: SQLite needs the `where`.
// - `least` and `greatest` work on both; two-argument `min` and `max`, `ifnull`, `group_concat`, `string_agg` do not.
// - Order text by codes and ids; `order by` a name differs with the collation of a PostgreSQL database.
// - A statement that fails ends its transaction on PostgreSQL, so it does on SQLite: after ConstraintViolation every
//   further statement of the session is refused. Where a conflict is expected, say `on conflict … do nothing`.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/id.h"

namespace tanfang::db {

/// Raw bytes (bytea, blob), as opposed to text.
struct Bytes {
  std::string_view data;
};

/// What a bound value is to the database, also where it is null.
enum class Kind { unknown, integer, real, text, bytes };

/// One bound value. It refers to the caller's text; bind and run before that goes away.
class Parameter {
 public:
  using Value = std::variant<std::monostate, std::int64_t, double, std::string_view, Bytes>;

  /// A null that says nothing of its kind: PostgreSQL must be able to infer it, as from `values ($1)`.
  Parameter(std::nullptr_t) {}
  Parameter(bool value) : Parameter(static_cast<std::int64_t>(value)) {}
  Parameter(int value) : Parameter(static_cast<std::int64_t>(value)) {}
  Parameter(std::int64_t value) : value_(value), kind_(Kind::integer) {}
  Parameter(std::size_t value) : Parameter(static_cast<std::int64_t>(value)) {}
  Parameter(double value) : value_(value), kind_(Kind::real) {}
  Parameter(const char* value) : Parameter(std::string_view(value)) {}
  Parameter(std::string_view value) : value_(value), kind_(Kind::text) {}
  Parameter(const std::string& value) : Parameter(std::string_view(value)) {}
  Parameter(Bytes value) : value_(value), kind_(Kind::bytes) {}
  Parameter(Id value) : Parameter(value.value) {}
  Parameter(Instant value) : Parameter(value.milliseconds) {}
  template <typename T>
  Parameter(const std::optional<T>& value) : kind_(Parameter(T{}).kind_) {
    if (value) take(*value);
  }
  /// A civil date has no text of its own to refer to: bind `date.iso()` kept by the caller.
  Parameter(Date) = delete;

  const Value& value() const { return value_; }
  Kind kind() const { return kind_; }

 private:
  /// Not inlined: g++ 12 under the sanitizers takes the guarded read of an optional for an uninitialised one.
  template <typename T>
  [[gnu::noinline]] void take(const T& value) {
    value_ = Parameter(value).value_;
  }

  Value value_;
  Kind kind_ = Kind::unknown;
};

using Parameters = std::initializer_list<Parameter>;

/// The current row of a running query; views are valid until the row callback returns. Asking a null or a value of
/// another kind is a mistake of the program (std::logic_error); `real` also reads an integer.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;

  Id id(int column) const { return Id{integer(column)}; }
  bool boolean(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return Instant{integer(column)}; }
  std::string string(int column) const { return std::string(text(column)); }
  Date date(int column) const;
  std::optional<std::string> optional_string(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  std::optional<Date> optional_date(int column) const;
};

enum class Constraint { none, unique, not_null, check, foreign_key };

/// A statement broke a named constraint. Use cases that expect one catch it and refuse; otherwise it is a failure.
class ConstraintViolation : public std::exception {
 public:
  ConstraintViolation(Constraint kind, std::string text) : kind(kind), text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }
  Constraint kind;

 private:
  std::string text_;
};

/// One connection inside one transaction. Not shared between threads.
class Session {
 public:
  virtual ~Session() = default;
  /// Runs a query and hands each row to `visit`, in order, without keeping them. Other statements may run inside
  /// `visit`.
  virtual void query(std::string_view sql, std::span<const Parameter> parameters,
                     const std::function<void(const Row&)>& visit) = 0;
  /// Runs a statement; the number of rows it changed.
  virtual std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters) = 0;
  /// Runs one statement `count` times; `bind(i, out)` puts the parameters of run i into the emptied `out`. On
  /// PostgreSQL the runs travel in one pipeline. Order is kept; the first error ends all.
  virtual void execute_many(std::string_view sql, std::size_t count,
                            const std::function<void(std::size_t, std::vector<Parameter>&)>& bind) = 0;

  void query(std::string_view sql, Parameters parameters, const std::function<void(const Row&)>& visit) {
    query(sql, std::span(parameters.begin(), parameters.size()), visit);
  }
  std::int64_t execute(std::string_view sql, Parameters parameters = {}) {
    return execute(sql, std::span(parameters.begin(), parameters.size()));
  }
  /// The first row as `read` makes it, or nullopt where there is none.
  template <typename Read>
  auto first(std::string_view sql, Parameters parameters, Read read) {
    std::optional<decltype(read(std::declval<const Row&>()))> found;
    query(sql, parameters, [&](const Row& row) {
      if (!found) found = read(row);
    });
    return found;
  }
  /// All rows as `read` makes them.
  template <typename Read>
  auto all(std::string_view sql, Parameters parameters, Read read) {
    std::vector<decltype(read(std::declval<const Row&>()))> rows;
    query(sql, parameters, [&](const Row& row) { rows.push_back(read(row)); });
    return rows;
  }
};

/// A database that is open. Safe to use from many threads.
///
/// `write` answers only when the change is on the disk. On SQLite one thread writes: waiting writes are run one after
/// another and committed together (group commit). On PostgreSQL each is a transaction of its own on a pooled
/// connection. What `work` throws rolls back its own change only and comes out of `write`. `work` may be run again,
/// after another's rollback on SQLite or a serialisation failure or deadlock on PostgreSQL, so it must have no other
/// effects.
class Database {
 public:
  virtual ~Database() = default;
  /// One consistent snapshot.
  virtual void read(const std::function<void(Session&)>& work) = 0;
  virtual void write(const std::function<void(Session&)>& work) = 0;
  /// Runs statements that cannot be prepared (migrations), in one transaction.
  virtual void run_script(std::string_view sql) = 0;
  /// `sqlite` or `postgresql`.
  virtual std::string_view engine() const = 0;
  /// Writes a consistent copy of an SQLite database to a new file; refuses on PostgreSQL.
  virtual void copy_to(const std::string& path) = 0;
};

/// Opens (and creates) an SQLite file. Throws Failure with a plain reason: missing folder, no permission, locked by
/// another program, disk full, not a database.
std::unique_ptr<Database> open_sqlite(const std::string& path);
/// Opens `postgresql://…` with a pool of `connections`. Throws Failure where the server cannot be reached; a connection
/// lost later is reported by Failure and opened again for the next call.
std::unique_ptr<Database> open_postgresql(const std::string& address, int connections = 8);

/// Brings the schema up to date from the numbered files `NNNN_name.sql` of `folder`, each step with its version row in
/// one transaction, then re-creates the views of `views_folder`. Returns the names of the steps taken. Refuses
/// (Failure) a database newer than the program.
std::vector<std::string> migrate(Database& database, const std::string& folder, const std::string& views_folder);

}  // namespace tanfang::db
