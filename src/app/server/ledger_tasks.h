// Ledgers that were sent: taken one after another by a thread of their own, with progress for whoever watches.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/server/service.h"
#include "ledgers/ledgers.h"
#include "platform/http/events.h"
#include "platform/http/file.h"

namespace tanfang::app::server {

struct LedgerOrder {
  identity::Principal by;
  std::shared_ptr<http::File> file;  // without a name: gone with the last who holds it
  std::string file_name;             // as its sender calls it
  ledgers::LedgerKind kind = ledgers::LedgerKind::ledger;
  std::string area;
  std::string scheme;        // "": the one in force there
  std::string mapping_text;  // TOML, or ""
  std::optional<Date> registered_from;
  bool dry_run = false;
};

class LedgerTasks {
 public:
  enum class State { waiting, running, done, refused, failed };
  struct Task {
    Id id;
    LedgerOrder order;
    Instant taken_at;
    http::EventTopic progress;
    /// What follows is guarded by the mutex of the tasks.
    State state = State::waiting;
    std::string step;  // check, checked, write
    std::int64_t rows = 0;
    std::optional<ledgers::LedgerResult> result;
    std::optional<Problem> problem;
    std::shared_ptr<const schemes::SchemeSet> set;  // that the result's mapping refers to
  };
  struct Report {
    State state;
    std::string step;
    std::int64_t rows;
    std::optional<ledgers::LedgerResult> result;
    std::optional<Problem> problem;
  };

  /// `most_waiting`: ledgers that may wait for their turn.
  explicit LedgerTasks(Service& service, std::size_t most_waiting = 16);
  /// Ends after the ledger at hand.
  ~LedgerTasks();

  /// Throws Problem `ledger.queue_full`.
  Id take(LedgerOrder order);
  /// Finishes the undoing of an import that was begun, when its turn comes.
  void undo(const identity::Principal& by, const std::string& county, Id import);
  /// nullptr where there is none, or it was sent more than an hour ago.
  std::shared_ptr<Task> find(Id id);
  Report report_of(const Task& task) const;
  std::int64_t count_refused(const Task& task) const;
  /// Refused or remarked rows with their cells.
  std::vector<ledgers::ShownRow> rows_of(const Task& task, const ledgers::LedgerResult& result,
                                         const ledgers::ShownRows& wanted) const;
  /// Says in the trail that the sheet of refused rows is made; call it before.
  void record_refused(const Task& task, audit::Work& work) const;
  /// The refused rows as a sheet; at least one must have been refused.
  std::shared_ptr<http::File> refused_rows(const Task& task) const;

 private:
  struct Undo {
    identity::Principal by;
    std::string county;
    Id import;
  };

  void forget_old(Instant now);
  void serve();
  void serve_ledger(Task& task);
  void serve_undo(const Undo& undo);
  void run(Task& task);
  ledgers::LedgerImport prepared(Task& task);
  ledgers::House house_for(const identity::Principal& by) const;
  void tell(Task& task, std::string_view step, std::int64_t rows);
  void end(Task& task, State state);

  Service& service_;
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::shared_ptr<Task>> waiting_;
  std::deque<Undo> undos_;
  std::map<Id, std::shared_ptr<Task>> tasks_;
  bool ending_ = false;
  std::thread thread_;
};

std::string_view to_text(LedgerTasks::State state);

}  // namespace tanfang::app::server
