#include "app/server/ledger_tasks.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "app/ledger_house.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "platform/http/response.h"

namespace tanfang::app::server {
namespace {

constexpr std::ptrdiff_t kMostOfAnAccount = 8;  // that wait or run
/// That ended, each with its file, within the hour: the oldest goes for one more.
constexpr std::ptrdiff_t kMostKept = 8;

constexpr auto kLook = std::chrono::seconds(30);

constexpr std::array<std::string_view, 5> kStates = {"waiting", "running", "done", "refused", "failed"};

ledgers::LedgerImport order_of(const LedgerTasks::Task& task, const std::string& shipped) {
  ledgers::LedgerImport order;
  order.kind = task.order.kind;
  order.id = task.id;
  order.file_name = task.order.file_name;
  order.path = task.order.file->path();
  order.area = task.order.area;
  order.shipped = shipped;
  order.registered_from = task.order.registered_from;
  return order;
}

/// How it stands: `progress`, or `end` under the id by which a browser that comes back after it is known.
http::Event event_of(const LedgerTasks::Task& task) {
  std::string state = "{\"state\":\"" + std::string(to_text(task.state)) + "\"";
  if (task.state >= LedgerTasks::State::done) return {std::string(kLastEvent), "end", state + "}"};
  return {"", "progress",
          state + ",\"step\":\"" + task.step + "\",\"rows\":" + std::to_string(task.rows) +
              ",\"ahead\":" + std::to_string(task.ahead) + "}"};
}

std::shared_ptr<LedgerTasks::Task> task_of(const LedgerOrders::Kept& kept) {
  auto task = std::make_shared<LedgerTasks::Task>();
  task->id = kept.id;
  task->order = kept.order;
  task->taken_at = kept.taken_at;
  task->problem = kept.problem;
  return task;
}

/// The server ends: the ledger at hand goes on in another.
struct Stopped : std::exception {};

}  // namespace

std::string_view to_text(LedgerTasks::State state) { return kStates[static_cast<std::size_t>(state)]; }

LedgerTasks::LedgerTasks(Service& service, std::size_t most_waiting)
    : service_(service), orders_(service), most_waiting_(most_waiting), thread_([this] { serve(); }) {}

LedgerTasks::~LedgerTasks() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_one();
  thread_.join();
  orders_.release();
}

void LedgerTasks::look() {
  std::lock_guard lock(mutex_);
  looking_ = true;
  arrived_.notify_one();
}

void LedgerTasks::take(LedgerOrder order, const Arriving& arriving) {
  auto task = std::make_shared<Task>();
  Instant now = service_.now();
  task->id = service_.ids().next(now);
  task->order = std::move(order);
  task->taken_at = now;
  admit(task);
  bool taken = false;
  try {
    taken = orders_.keep(task->id, task->order, arriving);
  } catch (...) {
    forget(task->id);
    throw;
  }
  if (!taken) return forget(task->id);
  std::lock_guard lock(mutex_);
  waiting_.push_back(task);
  tell_places();
  arrived_.notify_one();
}

void LedgerTasks::forget(Id ledger) {
  std::lock_guard lock(mutex_);
  tasks_.erase(ledger);
}

/// Under the lock.
void LedgerTasks::tell_places() {
  std::int64_t ahead = serving_ ? 1 : 0;
  for (const auto& task : waiting_) {
    if (task->ahead != ahead) {
      task->ahead = ahead;
      task->progress.publish(event_of(*task));
    }
    ++ahead;
  }
}

/// Counted from here on, while it is still being kept.
void LedgerTasks::admit(const std::shared_ptr<Task>& task) {
  std::lock_guard lock(mutex_);
  forget_old(task->taken_at);
  auto open = std::count_if(tasks_.begin(), tasks_.end(), [&](const auto& entry) {
    return entry.second->order.account == task->order.account && entry.second->state < State::done;
  });
  if (waiting_.size() >= most_waiting_ || open >= kMostOfAnAccount) throw ledger_queue_full();
  tasks_[task->id] = task;
}

void LedgerTasks::forget_old(Instant now) {
  std::erase_if(tasks_, [&](const auto& entry) {
    const Task& task = *entry.second;
    return task.state >= State::done && now.milliseconds - task.taken_at.milliseconds > identity::kHour;
  });
}

/// Ids ascend with time: the first of an account is its oldest.
void LedgerTasks::forget_oldest_of(Id account) {
  auto ended = [&](const auto& entry) {
    return entry.second->order.account == account && entry.second->state >= State::done;
  };
  auto kept = std::count_if(tasks_.begin(), tasks_.end(), ended);
  if (kept > kMostKept) tasks_.erase(std::find_if(tasks_.begin(), tasks_.end(), ended));
}

std::shared_ptr<LedgerTasks::Task> LedgerTasks::find(Id id) {
  {
    std::lock_guard lock(mutex_);
    forget_old(service_.now());
    auto found = tasks_.find(id);
    if (found != tasks_.end()) return found->second;
  }
  auto kept = orders_.find(id);
  if (!kept) return nullptr;
  auto task = task_of(*kept);
  auto state = std::find(kStates.begin(), kStates.end(), kept->state);
  task->state = static_cast<State>(state - kStates.begin());
  task->here = false;
  task->progress.close();
  return task;
}

LedgerTasks::Report LedgerTasks::report_of(const Task& task) const {
  std::lock_guard lock(mutex_);
  return {task.state, task.step, task.rows, task.ahead, task.result, task.problem};
}

std::int64_t LedgerTasks::count_refused(const Task& task) const {
  std::lock_guard lock(mutex_);
  return task.result ? static_cast<std::int64_t>(task.result->refused.size()) : 0;
}

void LedgerTasks::record_refused(const Task& task, audit::Work& work) const {
  ledgers::record_refused_rows(work, order_of(task, service_.shipped()), count_refused(task));
}

std::shared_ptr<http::File> LedgerTasks::refused_rows(const Task& task) const {
  Report report = report_of(task);
  Instant now = service_.now();
  std::string path = service_.upload_folder() + "/refused-" + format_id(service_.ids().next(now)) + ".xlsx";
  struct Unlink {
    const std::string& path;
    ~Unlink() { ::unlink(path.c_str()); }
  } unlink{path};
  ledgers::write_refused_rows(order_of(task, service_.shipped()), china_date(now), report.result.value(), path);
  return http::File::open(path);
}

std::vector<ledgers::ShownRow> LedgerTasks::rows_of(const Task& task, const ledgers::LedgerResult& result,
                                                    const ledgers::ShownRows& wanted) const {
  std::vector<ledgers::ShownRow> rows;
  ledgers::LedgerImport order = order_of(task, service_.shipped());
  service_.database().read([&](db::Session& session) {
    rows = ledgers::show_rows(session, order, china_date(service_.now()), result, wanted);
  });
  return rows;
}

void LedgerTasks::undo(const std::string& actor, const std::string& county, Id import) {
  std::lock_guard lock(mutex_);
  undos_.push_back({actor, county, import});
  arrived_.notify_one();
}

void LedgerTasks::serve() {
  for (;;) {
    std::shared_ptr<Task> task;
    std::optional<Undo> undo;
    {
      std::unique_lock lock(mutex_);
      serving_ = false;
      tell_places();
      arrived_.wait_for(lock, kLook, [this] { return ending_ || looking_ || !waiting_.empty() || !undos_.empty(); });
      if (ending_) return;
      if (!undos_.empty()) {
        undo = std::move(undos_.front());
        undos_.pop_front();
      } else if (!waiting_.empty()) {
        task = waiting_.front();
        waiting_.pop_front();
        task->state = State::running;
        task->ahead = 0;
        serving_ = true;
        tell_places();
      }
    }
    if (undo) serve_undo(*undo);
    if (task) serve_ledger(*task);
    if (!undo && !task) adopt();
  }
}

/// One; after it is looked again. What cannot be read now is tried again when its lease has run out.
void LedgerTasks::adopt() {
  std::shared_ptr<Task> task;
  try {
    if (auto kept = orders_.adopt()) task = task_of(*kept);
  } catch (const std::exception&) {
    task = nullptr;
  }
  std::lock_guard lock(mutex_);
  looking_ = task != nullptr;
  if (!task) return;
  tasks_[task->id] = task;
  waiting_.push_back(task);
  tell_places();
}

void LedgerTasks::serve_ledger(Task& task) {
  try {
    orders_.begin(task.id);
    run(task);
    end(task, State::done);
  } catch (const Stopped&) {
    return;
  } catch (const Problem& problem) {
    {
      std::lock_guard lock(mutex_);
      task.problem = http::problem_response(problem, format_id(task.id)).body;
    }
    end(task, State::refused);
  } catch (const std::exception&) {
    end(task, State::failed);
  }
}

/// What fails stays as it is, half undone and said so: whoever asks again goes on, and so does the job.
void LedgerTasks::serve_undo(const Undo& undo) {
  try {
    ledgers::finish_undo(house_for(undo.actor), undo.county, undo.import);
  } catch (const std::exception&) {
    return;
  }
}

ledgers::LedgerImport LedgerTasks::prepared(Task& task) {
  ledgers::LedgerImport order = order_of(task, service_.shipped());
  // Of the county, with what it published itself.
  std::shared_ptr<const registry::CountyPolicy> policy;
  service_.database().read(
      [&](db::Session& session) { policy = service_.classifier().policy_of(session, county_of(order.area)); });
  std::shared_ptr<const schemes::SchemeSet> set(policy, &policy->schemes());
  order.vocabulary = &set->vocabulary();
  if (!task.order.mapping_text.empty())
    order.mapping = ledgers::read_mapping(task.order.mapping_text, set->vocabulary());
  Date today = china_date(service_.now());
  if (!task.order.scheme.empty()) {
    order.scheme = &set->get(task.order.scheme, today);
  } else if (auto in_force = set->in_area(order.area, today); !in_force.empty()) {
    order.scheme = in_force.front();
  }
  order.progress = [this, &task](std::string_view step, std::int64_t rows) { tell(task, step, rows); };
  std::lock_guard lock(mutex_);
  task.set = std::move(set);
  return order;
}

ledgers::House LedgerTasks::house_for(const std::string& actor) const {
  return ledger_house(service_.database(), service_.keys(), service_.ids(), service_.policies(), actor,
                      [this] { return service_.now(); });
}

void LedgerTasks::run(Task& task) {
  ledgers::LedgerImport order = prepared(task);
  ledgers::LedgerResult result;
  if (task.order.dry_run) {
    service_.database().read([&](db::Session& session) {
      order.mapping = ledgers::with_remembered(session, order.area, std::move(order.mapping));
    });
    result = ledgers::check_ledger(order, china_date(service_.now()));
  } else {
    result = ledgers::import_ledger(house_for(task.order.actor), order);
  }
  std::lock_guard lock(mutex_);
  task.result = std::move(result);
}

/// What watchers are told is told under the lock: nobody who comes meanwhile misses it.
void LedgerTasks::tell(Task& task, std::string_view step, std::int64_t rows) {
  orders_.renew();
  std::lock_guard lock(mutex_);
  if (ending_) throw Stopped();
  task.step = step;
  task.rows = rows;
  task.progress.publish(event_of(task));
}

/// Where its end cannot be kept, its lease runs out and it is taken again: rows that are there change nothing.
void LedgerTasks::end(Task& task, State state) {
  try {
    orders_.end(task.id, to_text(state), task.problem);
  } catch (const std::exception&) {
    state = State::failed;
  }
  std::lock_guard lock(mutex_);
  task.state = state;
  task.progress.publish(event_of(task));
  task.progress.close();
  forget_oldest_of(task.order.account);
}

std::shared_ptr<http::EventStream> LedgerTasks::follow(Task& task) const {
  std::lock_guard lock(mutex_);
  return task.progress.follow(event_of(task));
}

}  // namespace tanfang::app::server
