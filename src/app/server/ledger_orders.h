// Ledgers that were answered 202, kept in the database with their files until they are done: every process knows them,
// and one whose process has ended is taken by another, by lease as jobs are.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/server/service.h"
#include "ledgers/ledgers.h"
#include "platform/http/file.h"

namespace tanfang::app::server {

struct LedgerOrder {
  Id account;                        // whose it is
  std::string actor;                 // the same, as the trail names it
  std::shared_ptr<http::File> file;  // without a name: gone with the last who holds it
  std::string file_name;             // as its sender calls it
  ledgers::LedgerKind kind = ledgers::LedgerKind::ledger;
  std::string area;
  std::string scheme;        // "": the one in force there
  std::string mapping_text;  // TOML, or ""
  std::optional<Date> registered_from;
  bool dry_run = false;
};

/// Safe to use from many threads. Throws what the database throws.
class LedgerOrders {
 public:
  struct Kept {
    Id id;
    LedgerOrder order;  // without its file, unless it was adopted
    std::string state;  // waiting, running, done, refused, failed
    std::string problem;
    Instant taken_at;
  };

  explicit LedgerOrders(Service& service);

  /// On the disk when it returns, and held by this process. `arriving` is done in the transaction that makes it wait;
  /// where it says false, or throws, nothing is kept. Whether it was.
  bool keep(Id id, const LedgerOrder& order, const std::function<bool(db::Session&, Id)>& arriving);
  std::optional<Kept> find(Id id) const;
  /// The oldest that nobody holds any more, from now on held by this process; one that was begun three times by
  /// processes that then died is failed instead.
  std::optional<Kept> adopt();
  void begin(Id id);
  /// `problem`: JSON, or "".
  void end(Id id, std::string_view state, std::string_view problem);
  /// Holds on to what this process has; seldom writes.
  void renew();
  /// Leaves it to whoever looks first, this deployment's next process for one.
  void release() noexcept;

 private:
  Instant lease_from(Instant now) const;
  std::shared_ptr<http::File> file_of(Id id) const;

  Service& service_;
  const std::string holder_;
  std::atomic<std::int64_t> renewed_at_ = 0;
};

}  // namespace tanfang::app::server
