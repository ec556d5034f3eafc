// Taking a ledger: the whole file is checked first, then its rows are registered in one transaction, read by one thread
// while another writes.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "base/area_code.h"
#include "ledgers/checking.h"
#include "ledgers/departments.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/ledgers_store.h"
#include "ledgers/own_facts.h"

namespace tanfang::ledgers {
namespace {

constexpr std::size_t kBatch = 2'000;
constexpr int kFurthestAhead = 31;   // days in which a list may be taken in before it holds
constexpr std::size_t kWaiting = 2;  // batches read ahead: bounds the memory

struct Batch {
  std::vector<CheckedRow> rows;
};

/// Hands batches from the reading thread to the writing one.
class Belt {
 public:
  /// False where nobody takes any more.
  bool put(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return batches_.size() < kWaiting || stopped_; });
    if (stopped_) return false;
    batches_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
  }
  bool take(Batch& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !batches_.empty() || ended_; });
    if (thrown_) std::rethrow_exception(thrown_);
    if (batches_.empty()) return false;
    batch = std::move(batches_.front());
    batches_.pop_front();
    changed_.notify_all();
    return true;
  }
  void end(std::exception_ptr thrown = nullptr) {
    std::lock_guard lock(mutex_);
    ended_ = true;
    thrown_ = thrown;
    changed_.notify_all();
  }
  void stop() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> batches_;
  std::exception_ptr thrown_;
  bool ended_ = false;
  bool stopped_ = false;
};

/// Reads accepted rows in a thread of its own; joins when it goes away.
class Reader {
 public:
  Reader(LedgerFile& file, LedgerKind kind) : thread_([this, &file, kind] { run(file, kind); }) {}
  ~Reader() {
    belt_.stop();
    thread_.join();
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  bool next(Batch& batch) { return belt_.take(batch); }

 private:
  struct Stopped {};

  void run(LedgerFile& file, LedgerKind kind) {
    try {
      Batch batch;
      file.for_each([&](CheckedRow& row, const excel::Row&) {
        drop_reasons_of_lists(kind, row);
        if (!row.reasons.empty()) return;
        batch.rows.push_back(std::move(row));
        if (batch.rows.size() == kBatch && !belt_.put(std::exchange(batch, {}))) throw Stopped();
      });
      if (!batch.rows.empty()) belt_.put(std::move(batch));
      belt_.end();
    } catch (const Stopped&) {
      belt_.end();
    } catch (...) {
      belt_.end(std::current_exception());
    }
  }

  Belt belt_;
  std::thread thread_;
};

registry::Terms terms_of(const audit::Work& work, const LedgerImport& order, Id id) {
  registry::Terms terms;
  terms.scope = order.area;
  terms.source = registry::Source::ledger;
  terms.said_on = work.today();
  terms.registered_on = order.registered_from.value_or(work.today());
  terms.subject = "ledger:" + format_id(id);
  return terms;
}

/// Registers the rows of an import batch by batch and keeps what their claims contradict.
class Registrar {
 public:
  Registrar(audit::Work& work, const registry::Classifier& classifier, const LedgerImport& order, Id id)
      : work_(work), classifier_(classifier), import_(order), id_(id), terms_(terms_of(work, order, id)) {
    if (order.scheme != nullptr) comparison_.emplace(*order.scheme, *order.vocabulary);
  }

  void take(Batch& batch, LedgerResult& result) {
    std::vector<registry::PersonStatement> statements;
    statements.reserve(batch.rows.size());
    for (CheckedRow& row : batch.rows) statements.push_back(std::move(row.person));
    auto registered = registry::register_people(work_, classifier_, terms_, statements);
    differences_.clear();
    people_.clear();
    for (std::size_t i = 0; i < registered.size(); ++i) {
      count(registered[i], batch.rows[i], result);
      if (registered[i].outcome == registry::Outcome::elsewhere) continue;
      people_.push_back(registered[i].person.id);
      note_claims(batch.rows[i], statements[i], registered[i].person);
    }
    changed_ = put_differences(work_.session, differences_, id_) > 0 || changed_;
    changed_ = settle_claims(work_.session, terms_.scope.substr(0, 6), people_, id_) > 0 || changed_;
    done_ += static_cast<std::int64_t>(registered.size());
    if (import_.progress) import_.progress("write", done_);
  }

  std::int64_t done() const { return done_; }
  bool changed() const { return changed_; }

 private:
  void count(const registry::Registration& one, const CheckedRow& row, LedgerResult& result) {
    switch (one.outcome) {
      case registry::Outcome::registered:
        ++result.registered;
        break;
      case registry::Outcome::changed:
        ++result.changed;
        break;
      case registry::Outcome::unchanged:
        ++result.unchanged;
        break;
      case registry::Outcome::elsewhere:
        --result.accepted;
        result.repaired -= row.repaired ? 1 : 0;
        result.refused.push_back({row.number, {"registered.elsewhere"}, row.part});
        break;
    }
    changed_ = changed_ || one.outcome != registry::Outcome::unchanged;
  }

  void note_claims(const CheckedRow& row, const registry::PersonStatement& person, const registry::PersonKey& key) {
    if (!comparison_ || row.claims.empty()) return;
    for (ClaimDifference& one : comparison_->compare(row.claims, person, work_.today())) {
      Difference difference;
      difference.county = key.county;
      difference.id = work_.new_id();
      difference.person = key.id;
      difference.kind = "claim";
      difference.source = "ledger";
      difference.topic = std::move(one.topic);
      difference.said = std::move(one.said);
      difference.found = std::move(one.found);
      difference.row = row.number;
      difference.found_on = work_.today();
      differences_.push_back(std::move(difference));
    }
  }

  audit::Work& work_;
  const registry::Classifier& classifier_;
  const LedgerImport& import_;
  Id id_;
  registry::Terms terms_;
  std::optional<ClaimComparison> comparison_;
  std::vector<Difference> differences_;
  std::vector<Id> people_;
  std::int64_t done_ = 0;
  bool changed_ = false;
};

std::string details_of(const LedgerImport& order, const LedgerResult& result) {
  auto number = [](std::string_view name, std::int64_t value) {
    return ",\"" + std::string(name) + "\":" + std::to_string(value);
  };
  return "{\"kind\":\"" + std::string(to_text(order.kind)) + "\",\"area\":\"" + order.area + '"' +
         number("rows", result.rows) + number("accepted", result.accepted) + number("registered", result.registered) +
         number("changed", result.changed) + number("refused", static_cast<std::int64_t>(result.refused.size())) +
         number("differences", result.differences) + "}";
}

bool write_rows(audit::Work& work, const registry::Classifier& classifier, const LedgerImport& order, LedgerFile& file,
                Id id, LedgerResult& result) {
  const std::int64_t checked = result.accepted;
  Reader reader(file, order.kind);
  Batch batch;
  std::int64_t done = 0;
  bool changed = false;
  if (order.kind == LedgerKind::ledger) {
    Registrar registrar(work, classifier, order, id);
    while (reader.next(batch)) registrar.take(batch, result);
    done = registrar.done();
    changed = registrar.changed();
  } else {
    DepartmentMatcher matcher(work, order, id, file.layout());
    while (reader.next(batch)) {
      for (const CheckedRow& row : batch.rows) changed = matcher.take(row, result) || changed;
      done += static_cast<std::int64_t>(batch.rows.size());
    }
  }
  if (done != checked) throw problems::changed_while_read();
  return changed;
}

}  // namespace

Mapping with_remembered(db::Session& session, std::string_view area, Mapping mapping) {
  return merged(std::move(mapping), load_corrections(session, std::string(area.substr(0, 6))));
}

LedgerResult import_ledger(audit::Work& work, const registry::Classifier& classifier, const LedgerImport& given) {
  if (!is_area_code(given.area) || given.area.size() < 6) throw problems::area_unknown();
  const Date latest = work.today() + kFurthestAhead;
  if (given.registered_from > latest) throw problems::registered_from_far(latest.iso());
  std::string county = given.area.substr(0, 6);
  LedgerImport order = given;
  order.mapping = with_remembered(work.session, county, given.mapping);
  if (order.vocabulary != nullptr) order.mapping.own_facts = own_facts(*order.vocabulary, order.scheme);
  auto areas = registry::AreaIndex::from_table(work.session, order.area, work.today());
  if (areas.find(order.area) == nullptr) throw problems::area_unknown();
  Words words = load_words(order.shipped);
  LedgerFile file(words, areas, {order.path, order.area, order.mapping, work.today(), {}});
  LedgerResult result = check_rows(file, order, work.today());

  Id id = work.new_id();
  bool changed = write_rows(work, classifier, order, file, id, result);
  changed = keep_corrections(work.session, county, given.mapping) > 0 || changed;
  std::sort(result.refused.begin(), result.refused.end(),
            [](const auto& a, const auto& b) { return std::pair(a.sheet, a.row) < std::pair(b.sheet, b.row); });
  if (changed) {
    insert_import(work.session, order, id, result, work.now, work.actor);
    work.record({county, "ledger_imported", "ledger:" + format_id(id), details_of(order, result)});
  } else {
    work.unchanged();
  }
  return result;
}

}  // namespace tanfang::ledgers
