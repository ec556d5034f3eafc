#include "app/jobs/runner.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "app/jobs/jobs_problems.h"
#include "app/jobs/jobs_store.h"
#include "base/text.h"

namespace tanfang::app::jobs {
namespace {

/// How long at most until new counties and what others made due are noticed.
constexpr std::int64_t kLongestWait = 15'000;
constexpr std::size_t kLongestNote = 200;
/// So that a town's archive does not keep a scan waiting.
constexpr int kWorkers = 2;

/// A failure's words, short enough for a list and whole characters.
std::string short_note(const std::string& text) {
  if (text.size() <= kLongestNote) return text;
  std::size_t end = kLongestNote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

class JobRunner::Engine {
 public:
  Engine(const Ground& ground, std::vector<Kind> kinds, std::string holder, std::function<void(const Ended&)> told)
      : ground_(ground), kinds_(std::move(kinds)), holder_(std::move(holder)), told_(std::move(told)) {
    for (const Kind& kind : kinds_) counts_[kind.name].kind = kind.name;
  }
  ~Engine() { stop(); }

  /// Until nothing is due that is not run elsewhere: what asks to go on goes on.
  int tick() {
    add_rows();
    int all = 0;
    for (int ran = -1; ran != 0 && !stopping_; all += ran) ran = run_due();
    return all;
  }

  int run_due() {
    std::vector<Job> due;
    ground_.database.read([&](db::Session& session) { due = store::due_jobs(session, ground_.clock.now()); });
    int ran = 0;
    for (const Job& job : due) {
      if (stopping_) break;
      const Kind* kind = find_kind(job.kind);
      if (kind && run(*kind, job, false)) ++ran;
    }
    return ran;
  }

  void run_now(const std::string& name, const std::string& subject) {
    const Kind* kind = find_kind(name);
    if (!kind) throw problems::job_unknown(name);
    add_rows();
    std::vector<Job> rows;
    ground_.database.read([&](db::Session& session) { rows = list_jobs(session); });
    bool found = false;
    for (const Job& job : rows) {
      if (job.kind != name || (!subject.empty() && job.subject != subject)) continue;
      found = true;
      if (!run(*kind, job, true)) throw problems::job_running(name, job.subject);
    }
    // A kind that goes by county has nothing to do where there is none.
    if (!found && (!subject.empty() || kind->reach == Kind::Reach::once)) throw problems::job_unknown(name);
  }

  void start() {
    stopping_ = false;
    for (int i = 0; i < kWorkers; ++i) workers_.emplace_back([this] { work(); });
    keeper_ = std::thread([this] { keep_leases(); });
  }

  void wake() {
    {
      std::lock_guard lock(mutex_);
      ++woken_;
    }
    changed_.notify_all();
  }

  void stop() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
    workers_.clear();
    if (keeper_.joinable()) keeper_.join();
  }

  std::vector<Counts> counts() const {
    std::lock_guard lock(mutex_);
    std::vector<Counts> all;
    for (const auto& [name, count] : counts_) all.push_back(count);
    return all;
  }

 private:
  struct Claim {
    Job job;
    Id run;
    std::atomic<bool> lost = false;
  };

  const Kind* find_kind(const std::string& name) const {
    auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& kind) { return kind.name == name; });
    return found == kinds_.end() ? nullptr : &*found;
  }

  Instant lease_end() const { return {ground_.clock.now().milliseconds + ground_.settings.lease.count()}; }

  /// Adds what is missing, and brings back what a clock that was ahead put off beyond every schedule and delay.
  void add_rows() {
    std::set<std::pair<std::string, std::string>> wanted;
    std::vector<Job> put_off;
    Instant now = ground_.clock.now();
    ground_.database.read([&](db::Session& session) {
      wanted.clear();
      put_off.clear();
      std::vector<std::string> counties = store::counties(session);
      for (const Kind& kind : kinds_) {
        if (kind.reach == Kind::Reach::once) wanted.emplace(kind.name, "");
        if (kind.reach == Kind::Reach::by_county) {
          for (const std::string& county : counties) wanted.emplace(kind.name, county);
        }
      }
      for (const Job& job : list_jobs(session)) {
        wanted.erase({job.kind, job.subject});
        const Kind* kind = find_kind(job.kind);
        if (kind && job.due_at > last_due(kind->schedule, now)) put_off.push_back(job);
      }
    });
    if (wanted.empty() && put_off.empty()) return;
    ground_.database.write([&](db::Session& session) {
      for (const Job& job : put_off) {
        store::make_due(session, job.kind, job.subject, next_due(find_kind(job.kind)->schedule, now));
      }
      for (const auto& [name, subject] : wanted) {
        const Schedule& schedule = find_kind(name)->schedule;
        store::insert_job(session, name, subject, schedule.every > 0 ? now : next_due(schedule, now));
      }
    });
  }

  /// False where the job was not to be had.
  bool run(const Kind& kind, const Job& job, bool anytime) {
    auto claim = std::make_shared<Claim>();
    claim->job = job;
    Instant begun = ground_.clock.now();
    claim->run = ground_.ids.next(begun);
    bool mine = false;
    ground_.database.write([&](db::Session& session) {
      mine = store::claim(session, job, claim->run, holder_, begun, lease_end(), anytime);
    });
    if (!mine) return false;
    {
      std::lock_guard lock(mutex_);
      claims_.insert(claim);
    }
    Ended ended = work_on(kind, *claim);
    {
      std::lock_guard lock(mutex_);
      claims_.erase(claim);
    }
    Instant now = ground_.clock.now();
    ended.milliseconds = now.milliseconds - begun.milliseconds;
    settle(kind, *claim, ended, now);
    return true;
  }

  Ended work_on(const Kind& kind, Claim& claim) {
    Ended ended{kind.name, claim.job.subject, "failed", "", 0};
    try {
      Run run(ground_, kind.name, claim.job.subject, [this, &claim] { return !stopping_ && renew(claim); });
      ended.note = short_note(kind.work(run));
      ended.outcome = "done";
    } catch (const Interrupted&) {
      ended.outcome = "interrupted";
    } catch (const Problem& problem) {
      ended.note = problem.code;
    } catch (const std::exception& failure) {
      ended.note = short_note(failure.what());
    }
    return ended;
  }

  bool renew(Claim& claim) {
    if (claim.lost) return false;
    bool mine = false;
    ground_.database.write(
        [&](db::Session& session) { mine = store::renew(session, claim.job, claim.run, lease_end()); });
    if (!mine) claim.lost = true;
    return mine;
  }

  void settle(const Kind& kind, const Claim& claim, Ended& ended, Instant now) {
    bool mine = false;
    ground_.database.write([&](db::Session& session) {
      if (ended.outcome == "interrupted") {
        mine = store::release(session, claim.job, claim.run);
      } else {
        bool done = ended.outcome == "done";
        Instant due =
            done ? next_due(kind.schedule, now) : Instant{now.milliseconds + retry_delay(claim.job.attempts + 1)};
        mine = store::finish(session, claim.job, claim.run, ended.outcome, ended.note, now, due);
      }
    });
    if (!mine) ended.outcome = "interrupted";
    {
      std::lock_guard lock(mutex_);
      Counts& count = counts_[kind.name];
      if (ended.outcome == "done") ++count.done;
      if (ended.outcome == "failed") ++count.failed;
      if (ended.outcome == "interrupted") ++count.interrupted;
      count.last_milliseconds = ended.milliseconds;
    }
    told_(ended);
  }

  void work() {
    while (!stopping_) {
      std::uint64_t seen = woken();
      std::int64_t wait = kLongestWait;
      try {
        tick();
        std::optional<Instant> due;
        ground_.database.read([&](db::Session& session) { due = store::earliest_due(session); });
        // What is due and runs elsewhere stays due: no busy waiting for it.
        std::int64_t now = ground_.clock.now().milliseconds;
        if (due && due->milliseconds > now) wait = std::min(wait, due->milliseconds - now);
      } catch (const std::exception& failure) {
        // The database is away; what was being run is taken up again when its lease is over.
        told_({"", "", "failed", short_note(failure.what()), 0});
      }
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, std::chrono::milliseconds(wait), [&] { return stopping_ || woken_ != seen; });
    }
  }

  std::uint64_t woken() const {
    std::lock_guard lock(mutex_);
    return woken_;
  }

  void keep_leases() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      changed_.wait_for(lock, ground_.settings.lease / 3, [&] { return stopping_.load(); });
      std::set<std::shared_ptr<Claim>> held = claims_;
      lock.unlock();
      for (const std::shared_ptr<Claim>& claim : held) {
        try {
          if (!stopping_) renew(*claim);
        } catch (const std::exception&) {
          // The next round tries again; the lease lasts three of them.
        }
      }
      lock.lock();
    }
  }

  const Ground ground_;
  const std::vector<Kind> kinds_;
  const std::string holder_;
  const std::function<void(const Ended&)> told_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopping_ = false;
  std::uint64_t woken_ = 0;  // how often
  std::set<std::shared_ptr<Claim>> claims_;
  std::map<std::string, Counts> counts_;
  std::vector<std::thread> workers_;
  std::thread keeper_;
};

JobRunner::JobRunner(const Ground& ground, std::vector<Kind> kinds, std::string holder,
                     std::function<void(const Ended&)> told)
    : engine_(std::make_unique<Engine>(ground, std::move(kinds), std::move(holder), std::move(told))) {}
JobRunner::~JobRunner() = default;
int JobRunner::tick() { return engine_->tick(); }
void JobRunner::run_now(const std::string& kind, const std::string& subject) { engine_->run_now(kind, subject); }
void JobRunner::start() { engine_->start(); }
void JobRunner::wake() { engine_->wake(); }
void JobRunner::stop() { engine_->stop(); }
std::vector<Counts> JobRunner::counts() const { return engine_->counts(); }

}  // namespace tanfang::app::jobs
