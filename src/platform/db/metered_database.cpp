#include "platform/db/metered_database.h"

#include <chrono>

#include "base/problem.h"

namespace tanfang::db {
namespace {

using Moment = std::chrono::steady_clock::time_point;

std::uint64_t nanoseconds(Moment from, Moment to) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(to - from).count());
}

double seconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

}  // namespace

/// One on its way. Its work may be run again: what it waited is counted to the first time.
class MeteredDatabase::Transaction {
 public:
  explicit Transaction(Meter& meter) : meter_(meter), called_(std::chrono::steady_clock::now()) { ++meter_.waiting; }
  ~Transaction() {
    Moment ended = std::chrono::steady_clock::now();
    --(begun_ ? meter_.running : meter_.waiting);
    meter_.waited_nanoseconds += nanoseconds(called_, begun_ ? begun_at_ : ended);
    if (begun_) meter_.ran_nanoseconds += nanoseconds(begun_at_, ended);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void begin() {
    if (begun_) return;
    begun_ = true;
    begun_at_ = std::chrono::steady_clock::now();
    ++meter_.running;
    --meter_.waiting;
  }

  template <typename Pass>
  void run(Pass pass) {
    try {
      pass();
      ++meter_.done;
    } catch (const Problem&) {
      ++meter_.refused;
      throw;
    } catch (...) {
      ++meter_.failed;
      throw;
    }
  }

 private:
  Meter& meter_;
  const Moment called_;
  Moment begun_at_;
  bool begun_ = false;
};

void MeteredDatabase::read(const std::function<void(Session&)>& work) {
  Transaction transaction(reads_);
  transaction.run([&] {
    database_.read([&](Session& session) {
      transaction.begin();
      work(session);
    });
  });
}

void MeteredDatabase::write(const std::function<void(Session&)>& work) {
  Transaction transaction(writes_);
  transaction.run([&] {
    database_.write([&](Session& session) {
      transaction.begin();
      work(session);
    });
  });
}

TransactionCounts MeteredDatabase::counts_of(const Meter& meter) {
  return {meter.done,
          meter.refused,
          meter.failed,
          meter.waiting,
          meter.running,
          seconds(meter.waited_nanoseconds),
          seconds(meter.ran_nanoseconds)};
}

}  // namespace tanfang::db
