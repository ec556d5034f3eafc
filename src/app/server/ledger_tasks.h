// Ledgers that were sent: taken one after another by a thread of their own, with progress for whoever watches. What was
// answered 202 is on the disk (ledger_orders.h); a process that ends leaves it to the next.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/server/ledger_orders.h"
#include "platform/http/events.h"

namespace tanfang::app::server {

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
    std::int64_t ahead = 0;  // ledgers of this process that come before it while it waits
    std::optional<ledgers::LedgerResult> result;
    std::string problem;                            // as it is answered, JSON, or ""
    std::shared_ptr<const schemes::SchemeSet> set;  // that the result's mapping refers to
    /// False where another process has it, or had it: state and problem are known, no rows.
    bool here = true;
  };
  struct Report {
    State state;
    std::string step;
    std::int64_t rows;
    std::int64_t ahead;
    std::optional<ledgers::LedgerResult> result;
    std::string problem;
  };

  /// `most_waiting`: ledgers that may wait for their turn.
  explicit LedgerTasks(Service& service, std::size_t most_waiting = 16);
  /// Ends between two steps of the ledger at hand, and leaves what waits to the next process.
  ~LedgerTasks();

  /// What is done together with a ledger's arrival, under the id that it gets; false: it is not taken after all.
  using Arriving = std::function<bool(db::Session&, Id)>;
  /// On the disk when it returns. Throws Problem `ledger.queue_full`.
  void take(LedgerOrder order, const Arriving& arriving);
  /// Looks at once for what a process left that has ended; else it does every half minute.
  void look();
  /// Finishes the undoing of an import that was begun, when its turn comes.
  void undo(const std::string& actor, const std::string& county, Id import);
  /// Also of another process; nullptr where there is none, or it was sent more than a day ago.
  std::shared_ptr<Task> find(Id id);
  Report report_of(const Task& task) const;
  /// How it stands, and what follows until its end.
  std::shared_ptr<http::EventStream> follow(Task& task) const;
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
    std::string actor;
    std::string county;
    Id import;
  };

  void admit(const std::shared_ptr<Task>& task);
  void forget_old(Instant now);
  void forget_oldest_of(Id account);
  void forget(Id ledger);
  void tell_places();
  void serve();
  void adopt();
  void serve_ledger(Task& task);
  void serve_undo(const Undo& undo);
  void run(Task& task);
  ledgers::LedgerImport prepared(Task& task);
  ledgers::House house_for(const std::string& actor) const;
  void tell(Task& task, std::string_view step, std::int64_t rows);
  void end(Task& task, State state);

  Service& service_;
  LedgerOrders orders_;
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::shared_ptr<Task>> waiting_;
  std::deque<Undo> undos_;
  std::map<Id, std::shared_ptr<Task>> tasks_;
  bool serving_ = false;  // a ledger
  bool ending_ = false;
  bool looking_ = true;
  std::thread thread_;
};

std::string_view to_text(LedgerTasks::State state);
/// The id of a ledger's last event.
inline constexpr std::string_view kLastEvent = "end";

}  // namespace tanfang::app::server
