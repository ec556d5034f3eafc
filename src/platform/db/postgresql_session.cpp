#include "platform/db/postgresql_session.h"

#include <charconv>
#include <stdexcept>
#include <utility>

#include "platform/db/postgresql_row.h"

namespace tanfang::db {
namespace {

/// What the server answers to this many small statements fits into the socket while more are being sent, so that
/// neither side waits for the other.
constexpr std::size_t kPipelined = 500;

std::int64_t changed_rows(PGresult* result) {
  std::string_view text = PQcmdTuples(result);
  std::int64_t rows = 0;
  std::from_chars(text.data(), text.data() + text.size(), rows);
  return rows;
}

}  // namespace

template <typename Run>
auto PostgresSession::guarded(Run run) {
  if (failed_) throw std::logic_error("a statement failed before: this transaction can only end");
  if (streaming_) streaming_->keep_rest();
  try {
    return run();
  } catch (const TransactionConflict&) {
    failed_ = conflicted_ = true;
    throw;
  } catch (...) {
    failed_ = true;
    throw;
  }
}

void PostgresSession::report(const PGresult* result, std::string_view sql) {
  guarded([&] { connection_.fail(result, sql); });
}

void PostgresSession::query(std::string_view sql, std::span<const Parameter> parameters,
                            const std::function<void(const Row&)>& visit) {
  guarded([&] { connection_.send(sql, parameters); });
  PostgresStream stream(connection_.handle());
  // Statements inside `visit` find the stream here; the one around this query, if any, has kept its rest by now.
  struct Streaming {
    Streaming(PostgresStream*& place, PostgresStream* stream) : place(place), outer(std::exchange(place, stream)) {}
    ~Streaming() { place = outer; }
    PostgresStream*& place;
    PostgresStream* outer;
  } streaming(streaming_, &stream);
  for (;;) {
    PostgresResult result = stream.next();
    ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return;
    if (status != PGRES_SINGLE_TUPLE) report(result.get(), sql);
    PostgresRow row(result.get(), sql);
    while (row.advance()) visit(row);
  }
}

std::int64_t PostgresSession::execute(std::string_view sql, std::span<const Parameter> parameters) {
  PostgresResult result = guarded([&] { return connection_.execute(sql, parameters); });
  return PQresultStatus(result.get()) == PGRES_TUPLES_OK && PQcmdStatus(result.get())[0] == 'S'
             ? 0
             : changed_rows(result.get());
}

void PostgresSession::execute_many(std::string_view sql, std::size_t count,
                                   const std::function<void(std::size_t, std::vector<Parameter>&)>& bind) {
  for (std::size_t from = 0; from < count; from += kPipelined) {
    std::size_t to = std::min(count, from + kPipelined);
    guarded([&] { send_some(sql, from, to, bind); });
  }
}

void PostgresSession::send_some(std::string_view sql, std::size_t from, std::size_t to,
                                const std::function<void(std::size_t, std::vector<Parameter>&)>& bind) {
  PGconn* handle = connection_.handle();
  std::vector<Parameter> parameters;
  std::string name;
  std::string kinds;
  std::size_t sent = 0;
  auto receive = [&] {
    if (sent > 0) receive_some(sql, std::exchange(sent, 0));
  };
  for (std::size_t i = from; i < to; ++i) {
    parameters.clear();
    try {
      bind(i, parameters);
    } catch (...) {
      receive();
      throw;
    }
    std::string these;
    for (const Parameter& parameter : parameters) these += static_cast<char>(parameter.kind());
    if (name.empty() || these != kinds) {
      receive();
      name = connection_.prepared(sql, parameters);
      kinds = std::move(these);
    }
    if (sent == 0 && PQenterPipelineMode(handle) != 1) connection_.fail(nullptr, sql);
    PostgresValues values(parameters);
    if (PQsendQueryPrepared(handle, name.c_str(), values.count(), values.values(), values.lengths(), values.formats(),
                            0) != 1) {
      connection_.fail(nullptr, sql);
    }
    ++sent;
  }
  receive();
}

void PostgresSession::receive_some(std::string_view sql, std::size_t sent) {
  PGconn* handle = connection_.handle();
  if (PQpipelineSync(handle) != 1) connection_.fail(nullptr, sql);
  PostgresResult failed;
  for (std::size_t i = 0; i < sent; ++i) {
    // Each statement answers with one result and a null; after an error the rest is aborted.
    while (PostgresResult result{PQgetResult(handle)}) {
      if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR && !failed) failed = std::move(result);
      if (!connection_.usable()) connection_.fail(failed.get(), sql);
    }
  }
  PostgresResult sync(PQgetResult(handle));
  if (PQexitPipelineMode(handle) != 1 || failed) connection_.fail(failed.get(), sql);
}

void PostgresSession::check_complete() const {
  if (failed_) throw std::logic_error("a statement failed, but the work did not throw");
}

}  // namespace tanfang::db
