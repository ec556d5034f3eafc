#include "app/server/ledger_tasks.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/ledger_house.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"

namespace tanfang::app::server {
namespace {

/// Each keeps its file for an hour.
constexpr std::ptrdiff_t kMostOfAnAccount = 8;

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

}  // namespace

std::string_view to_text(LedgerTasks::State state) { return kStates[static_cast<std::size_t>(state)]; }

LedgerTasks::LedgerTasks(Service& service, std::size_t most_waiting)
    : service_(service), most_waiting_(most_waiting), thread_([this] { serve(); }) {}

LedgerTasks::~LedgerTasks() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

Id LedgerTasks::take(LedgerOrder order) {
  auto task = std::make_shared<Task>();
  Instant now = service_.now();
  task->id = service_.ids().next(now);
  task->order = std::move(order);
  task->taken_at = now;
  std::lock_guard lock(mutex_);
  forget_old(now);
  auto of_account = std::count_if(tasks_.begin(), tasks_.end(), [&](const auto& entry) {
    return entry.second->order.by.account == task->order.by.account;
  });
  if (waiting_.size() >= most_waiting_ || of_account >= kMostOfAnAccount) throw ledger_queue_full();
  tasks_[task->id] = task;
  waiting_.push_back(task);
  arrived_.notify_one();
  return task->id;
}

void LedgerTasks::forget_old(Instant now) {
  std::erase_if(tasks_, [&](const auto& entry) {
    const Task& task = *entry.second;
    return task.state >= State::done && now.milliseconds - task.taken_at.milliseconds > identity::kHour;
  });
}

std::shared_ptr<LedgerTasks::Task> LedgerTasks::find(Id id) {
  std::lock_guard lock(mutex_);
  forget_old(service_.now());
  auto found = tasks_.find(id);
  return found == tasks_.end() ? nullptr : found->second;
}

LedgerTasks::Report LedgerTasks::report_of(const Task& task) const {
  std::lock_guard lock(mutex_);
  return {task.state, task.step, task.rows, task.result, task.problem};
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

void LedgerTasks::undo(const identity::Principal& by, const std::string& county, Id import) {
  std::lock_guard lock(mutex_);
  undos_.push_back({by, county, import});
  arrived_.notify_one();
}

void LedgerTasks::serve() {
  for (;;) {
    std::shared_ptr<Task> task;
    std::optional<Undo> undo;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return ending_ || !waiting_.empty() || !undos_.empty(); });
      if (ending_) return;
      if (!undos_.empty()) {
        undo = std::move(undos_.front());
        undos_.pop_front();
      } else {
        task = waiting_.front();
        waiting_.pop_front();
        task->state = State::running;
      }
    }
    if (undo) serve_undo(*undo);
    if (task) serve_ledger(*task);
  }
}

void LedgerTasks::serve_ledger(Task& task) {
  try {
    run(task);
    end(task, State::done);
  } catch (const Problem& problem) {
    {
      std::lock_guard lock(mutex_);
      task.problem = problem;
    }
    end(task, State::refused);
  } catch (const std::exception&) {
    end(task, State::failed);
  }
}

/// What fails stays as it is, half undone and said so: whoever asks again goes on, and so does the job.
void LedgerTasks::serve_undo(const Undo& undo) {
  try {
    ledgers::finish_undo(house_for(undo.by), undo.county, undo.import);
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

ledgers::House LedgerTasks::house_for(const identity::Principal& by) const {
  return ledger_house(service_.database(), service_.keys(), service_.ids(), service_.policies(), identity::actor_of(by),
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
    result = ledgers::import_ledger(house_for(task.order.by), order);
  }
  std::lock_guard lock(mutex_);
  task.result = std::move(result);
}

void LedgerTasks::tell(Task& task, std::string_view step, std::int64_t rows) {
  {
    std::lock_guard lock(mutex_);
    task.step = step;
    task.rows = rows;
  }
  task.progress.publish(
      {"", "progress", "{\"step\":\"" + std::string(step) + "\",\"rows\":" + std::to_string(rows) + "}"});
}

void LedgerTasks::end(Task& task, State state) {
  {
    std::lock_guard lock(mutex_);
    task.state = state;
  }
  task.progress.publish({"", "end", "{\"state\":\"" + std::string(to_text(state)) + "\"}"});
  task.progress.close();
}

}  // namespace tanfang::app::server
