#include "platform/db/postgresql_connection.h"

#include <bit>
#include <cstring>
#include <stdexcept>

#include "base/outage.h"

namespace tanfang::db {
namespace {

constexpr std::size_t kMostStatements = 1000;

// Object identifiers of the types in PostgreSQL's catalogue, the same in every database.
constexpr Oid kBytea = 17, kBigint = 20, kText = 25, kDouble = 701;

Oid type_of(Kind kind) {
  switch (kind) {
    case Kind::integer:
      return kBigint;
    case Kind::real:
      return kDouble;
    case Kind::text:
      return kText;
    case Kind::bytes:
      return kBytea;
    case Kind::unknown:
      break;
  }
  return 0;
}

std::array<char, 8> network_order(std::uint64_t value) {
  std::array<char, 8> bytes;
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (56 - 8 * i));
  return bytes;
}

std::string first_line(const char* message) {
  std::string line = message ? message : "";
  return line.substr(0, line.find('\n'));
}

Constraint constraint_of(std::string_view state) {
  if (state == "23505") return Constraint::unique;
  if (state == "23502") return Constraint::not_null;
  if (state == "23514") return Constraint::check;
  if (state == "23503") return Constraint::foreign_key;
  return Constraint::none;
}

/// Throws what passes by itself: the server is full, ends, starts, or was told to end this connection.
void throw_outage(std::string_view state) {
  if (state == "53100") throw Outage(Outage::Cause::no_space, "the disk of the PostgreSQL server is full (53100)");
  if (state == "53300") throw Outage(Outage::Cause::away, "the PostgreSQL server has no connection to spare (53300)");
  if (state.starts_with("57P")) {
    throw Outage(Outage::Cause::away, "the PostgreSQL server is ending or starting (" + std::string(state) + ")");
  }
}

/// Plain reasons for what is not the program's mistake; nullptr for what is.
const char* outside_reason(std::string_view state) {
  std::string_view group = state.substr(0, 2);
  if (group == "53") return "the PostgreSQL server is short of memory or other means";
  if (group == "57") return "the PostgreSQL server stopped the statement";
  if (group == "58" || group == "XX") return "the PostgreSQL server failed";
  if (group == "55") return "the PostgreSQL server holds a lock on what is needed";
  return nullptr;
}

}  // namespace

PostgresValues::PostgresValues(std::span<const Parameter> parameters) : numbers_(parameters.size()) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Parameter::Value& value = parameters[i].value();
    std::string_view bytes;
    if (auto* integer = std::get_if<std::int64_t>(&value)) {
      numbers_[i] = network_order(static_cast<std::uint64_t>(*integer));
      bytes = {numbers_[i].data(), 8};
    } else if (auto* real = std::get_if<double>(&value)) {
      numbers_[i] = network_order(std::bit_cast<std::uint64_t>(*real));
      bytes = {numbers_[i].data(), 8};
    } else if (auto* text = std::get_if<std::string_view>(&value)) {
      bytes = text->data() ? *text : "";
    } else if (auto* raw = std::get_if<Bytes>(&value)) {
      bytes = raw->data.data() ? raw->data : "";
    }
    values_.push_back(bytes.data());
    lengths_.push_back(static_cast<int>(bytes.size()));
    formats_.push_back(1);
  }
}

PostgresConnection::PostgresConnection(const std::string& address) {
  // What stands before `dbname` is a default that the address may override. A silent server is given up after 30 s.
  const char* keywords[] = {"connect_timeout",
                            "keepalives_idle",
                            "tcp_user_timeout",
                            "fallback_application_name",
                            "dbname",
                            "client_encoding",
                            nullptr};
  const char* values[] = {"10", "30", "30000", "tanfang", address.c_str(), "UTF8", nullptr};
  handle_.reset(PQconnectdbParams(keywords, values, 1));
  if (!usable()) {
    throw Outage(Outage::Cause::away, "cannot reach PostgreSQL: " + first_line(PQerrorMessage(handle_.get())));
  }
  PQsetNoticeProcessor(
      handle_.get(), [](void*, const char*) {}, nullptr);
}

void PostgresConnection::run(const std::string& sql) {
  PostgresResult result(PQexec(handle_.get(), sql.c_str()));
  ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) fail(result.get(), sql);
}

const std::string& PostgresConnection::prepared(std::string_view sql, std::span<const Parameter> parameters) {
  std::string key(sql);
  key += '\0';
  for (const Parameter& parameter : parameters) key += static_cast<char>('0' + static_cast<int>(parameter.kind()));
  auto found = prepared_.find(key);
  if (found != prepared_.end()) return found->second;
  if (prepared_.size() >= kMostStatements) {
    run("deallocate all");
    prepared_.clear();
  }
  std::vector<Oid> types;
  for (const Parameter& parameter : parameters) types.push_back(type_of(parameter.kind()));
  std::string name = "s" + std::to_string(prepared_.size());
  std::string text(sql);
  PostgresResult result(
      PQprepare(handle_.get(), name.c_str(), text.c_str(), static_cast<int>(types.size()), types.data()));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(result.get(), sql);
  return prepared_.emplace(std::move(key), std::move(name)).first->second;
}

PostgresResult PostgresConnection::execute(std::string_view sql, std::span<const Parameter> parameters) {
  const std::string& name = prepared(sql, parameters);
  PostgresValues values(parameters);
  PostgresResult result(PQexecPrepared(handle_.get(), name.c_str(), values.count(), values.values(), values.lengths(),
                                       values.formats(), 0));
  ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get(), sql);
  return result;
}

void PostgresConnection::send(std::string_view sql, std::span<const Parameter> parameters) {
  const std::string& name = prepared(sql, parameters);
  PostgresValues values(parameters);
  if (PQsendQueryPrepared(handle_.get(), name.c_str(), values.count(), values.values(), values.lengths(),
                          values.formats(), 0) != 1) {
    fail(nullptr, sql);
  }
  PQsetSingleRowMode(handle_.get());
}

void PostgresConnection::fail(const PGresult* result, std::string_view sql) const {
  if (!usable()) {
    throw Outage(Outage::Cause::away,
                 "the connection to PostgreSQL was lost: " + first_line(PQerrorMessage(handle_.get())));
  }
  const char* field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  std::string state = field ? field : "";
  if (state == "40001" || state == "40P01") throw TransactionConflict();
  field = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string message = first_line(field ? field : PQerrorMessage(handle_.get()));
  // The primary message names constraints, tables and columns; values stand only in the detail, which is left out.
  if (Constraint kind = constraint_of(state); kind != Constraint::none) throw ConstraintViolation(kind, message);
  if (state == "25006") throw std::logic_error("a write inside read: " + std::string(sql));
  throw_outage(state);
  if (const char* reason = outside_reason(state)) throw Failure(std::string(reason) + " (" + state + ")");
  // A data exception (class 22) repeats the value that was wrong.
  if (state.starts_with("22")) message = "a value does not fit";
  throw std::logic_error(message + " (PostgreSQL " + state + "): " + std::string(sql));
}

}  // namespace tanfang::db
