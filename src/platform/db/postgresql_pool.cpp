#include "platform/db/postgresql_pool.h"

#include <chrono>

#include "base/outage.h"

namespace tanfang::db {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(60);

}  // namespace

std::unique_ptr<PostgresConnection> PostgresPool::idle_or_new() {
  std::unique_lock lock(mutex_);
  if (!freed_.wait_for(lock, kLongestWait, [this] { return !idle_.empty() || open_ < most_; })) {
    throw Outage(Outage::Cause::away, "all connections to PostgreSQL are taken");
  }
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  ++open_;
  return nullptr;
}

void PostgresPool::forget_one() {
  std::lock_guard lock(mutex_);
  --open_;
  freed_.notify_one();
}

std::unique_ptr<PostgresConnection> PostgresPool::take(const char* begin) {
  auto connection = idle_or_new();
  try {
    if (connection) {
      try {
        connection->run(begin);
        return connection;
      } catch (const Failure&) {
        if (connection->usable()) throw;
      }
    }
    connection = std::make_unique<PostgresConnection>(address_);
    connection->run(begin);
    return connection;
  } catch (...) {
    forget_one();
    throw;
  }
}

void PostgresPool::give_back(std::unique_ptr<PostgresConnection> connection) {
  bool usable = connection->usable() && PQtransactionStatus(connection->handle()) == PQTRANS_IDLE;
  if (!usable) {
    connection.reset();
    forget_one();
    return;
  }
  std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
  freed_.notify_one();
}

void PostgresPool::forget_idle() {
  std::vector<std::unique_ptr<PostgresConnection>> idle;
  std::lock_guard lock(mutex_);
  idle.swap(idle_);
  open_ -= static_cast<int>(idle.size());
  freed_.notify_all();
}

}  // namespace tanfang::db
