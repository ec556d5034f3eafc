// A session on a PostgreSQL connection that somebody else begins and ends.
#pragma once

#include "platform/db/postgresql_connection.h"

namespace tanfang::db {

class PostgresSession : public Session {
 public:
  explicit PostgresSession(PostgresConnection& connection) : connection_(connection) {}

  using Session::execute;
  using Session::query;
  void query(std::string_view sql, std::span<const Parameter> parameters,
             const std::function<void(const Row&)>& visit) override;
  std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters) override;
  void execute_many(std::string_view sql, std::size_t count,
                    const std::function<void(std::size_t, std::vector<Parameter>&)>& bind) override;

  /// Throws where a statement failed and the work went on as if nothing had happened.
  void check_complete() const;
  /// True where a statement was told to run the transaction again, whatever the work made of that.
  bool conflicted() const { return conflicted_; }

 private:
  template <typename Run>
  auto guarded(Run run);
  void report(const PGresult* result, std::string_view sql);
  void send_some(std::string_view sql, std::size_t from, std::size_t to,
                 const std::function<void(std::size_t, std::vector<Parameter>&)>& bind);
  void receive_some(std::string_view sql, std::size_t sent);

  PostgresConnection& connection_;
  PostgresStream* streaming_ = nullptr;
  bool failed_ = false;
  bool conflicted_ = false;
};

}  // namespace tanfang::db
