#include "platform/db/postgresql_connection.h"

namespace tanfang::db {

PostgresStream::~PostgresStream() {
  while (!ended_) receive();
}

PostgresResult PostgresStream::receive() {
  PostgresResult result(PQgetResult(connection_));
  if (PQresultStatus(result.get()) != PGRES_SINGLE_TUPLE) {
    ended_ = true;
    // The connection is free for the next statement only when it has said so.
    while (PostgresResult rest{PQgetResult(connection_)}) {
    }
  }
  return result;
}

PostgresResult PostgresStream::next() {
  if (kept_.empty()) return receive();
  PostgresResult result = std::move(kept_.front());
  kept_.pop_front();
  return result;
}

void PostgresStream::keep_rest() {
  while (!ended_) kept_.push_back(receive());
}

}  // namespace tanfang::db
