#include "ledgers/rows_ahead.h"

#include <functional>
#include <string>
#include <utility>

#include "ledgers/checking.h"

namespace tanfang::ledgers {
namespace {

constexpr std::size_t kWaiting = 2;  // batches read ahead: bounds the memory

}  // namespace

RowsAhead::~RowsAhead() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::vector<CheckedRow> RowsAhead::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !waiting_.empty() || ended_; });
  if (thrown_) std::rethrow_exception(thrown_);
  if (waiting_.empty()) return {};
  std::vector<CheckedRow> rows = std::move(waiting_.front());
  waiting_.pop_front();
  changed_.notify_all();
  return rows;
}

void RowsAhead::put(std::vector<CheckedRow> rows) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < kWaiting || stopped_; });
  if (stopped_) throw Stopped();
  waiting_.push_back(std::move(rows));
  changed_.notify_all();
}

void RowsAhead::end(std::exception_ptr thrown) {
  std::lock_guard lock(mutex_);
  ended_ = true;
  thrown_ = std::move(thrown);
  changed_.notify_all();
}

void RowsAhead::run(LedgerFile& file, const LedgerImport& order) {
  try {
    std::vector<CheckedRow> rows;
    file.for_each([&](CheckedRow& row, const excel::Row&) {
      drop_reasons_of_lists(order.kind, row);
      if (!row.reasons.empty()) return;
      rows.push_back(std::move(row));
      if (rows.size() == order.rows_together) put(std::exchange(rows, {}));
    });
    if (!rows.empty()) put(std::move(rows));
    end();
  } catch (const Stopped&) {
    end();
  } catch (...) {
    end(std::current_exception());
  }
}

void RowsMark::add(const CheckedRow& row) {
  auto mix = [this](std::string_view text) {
    value_ = value_ * 1'099'511'628'211U ^ std::hash<std::string_view>()(text);
  };
  value_ = value_ * 31 + static_cast<std::size_t>(row.number);
  mix(row.person.citizen_number);
  mix(row.person.name);
  mix(row.person.area);
  for (const registry::FactValue& fact : row.person.facts) mix(fact.value);
}

}  // namespace tanfang::ledgers
