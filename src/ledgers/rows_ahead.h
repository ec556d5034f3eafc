// A ledger's accepted rows, read by a thread of its own while another one writes.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "ledgers/ledger_file.h"
#include "ledgers/ledgers.h"

namespace tanfang::ledgers {

/// Reads in a thread that is joined when this goes away.
class RowsAhead {
 public:
  /// `file` and `order` must outlive it.
  RowsAhead(LedgerFile& file, const LedgerImport& order) : thread_([this, &file, &order] { run(file, order); }) {}
  ~RowsAhead();
  RowsAhead(const RowsAhead&) = delete;
  RowsAhead& operator=(const RowsAhead&) = delete;

  /// The next rows, `order.rows_together` but for the last; none at the end. Throws what the reading threw.
  std::vector<CheckedRow> next();

 private:
  struct Stopped {};
  void run(LedgerFile& file, const LedgerImport& order);
  void put(std::vector<CheckedRow> rows);
  void end(std::exception_ptr thrown = nullptr);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<CheckedRow>> waiting_;
  std::exception_ptr thrown_;
  bool ended_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

/// A number that tells rows apart: of a file that was changed between two readings the rows give another one.
class RowsMark {
 public:
  void add(const CheckedRow& row);
  std::size_t value() const { return value_; }

 private:
  std::size_t value_ = 0;
};

}  // namespace tanfang::ledgers
