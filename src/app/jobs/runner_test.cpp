#include "app/jobs/runner.h"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "app/jobs/jobs_fixture.h"

namespace tanfang::app::jobs {
namespace {

TEST(Schedule, NightlyWorkIsDueAtAnHourOfChina) {
  auto due = [](const char* after, std::int64_t hour, int minutes) {
    return format_instant(next_due(daily(hour, minutes), parse_instant(after).value()));
  };
  EXPECT_EQ(due("2024-03-10T23:30", 2, 10), "2024-03-11T02:10:00+08:00");
  EXPECT_EQ(due("2024-03-11T02:09", 2, 10), "2024-03-11T02:10:00+08:00");
  EXPECT_EQ(due("2024-03-11T02:10", 2, 10), "2024-03-12T02:10:00+08:00");
  EXPECT_EQ(due("2024-03-10T16:00:00Z", 0, 0), "2024-03-12T00:00:00+08:00");  // midnight itself, of the 11th
  EXPECT_EQ(due("2024-12-31T23:59", 0, 5), "2025-01-01T00:05:00+08:00");
  EXPECT_EQ(due("2024-03-10T20:00", 23, 80), "2024-03-11T00:20:00+08:00");  // past midnight
  EXPECT_EQ(next_due(every(60'000), Instant{5}).milliseconds, 60'005);
}

TEST(Schedule, FailuresWaitLongerEachTime) {
  EXPECT_EQ(retry_delay(1), 60'000);
  EXPECT_EQ(retry_delay(2), 120'000);
  EXPECT_EQ(retry_delay(6), 32 * 60'000);
  EXPECT_EQ(retry_delay(7), 3'600'000);
  EXPECT_EQ(retry_delay(1000), 3'600'000);
}

class RunnerTest : public JobsTest {};
TANFANG_ON_EACH_ENGINE(RunnerTest);

TEST_P(RunnerTest, WhatIsDueRunsAndIsDueAgain) {
  int runs = 0;
  JobRunner runner(ground(), {simple("count", [&](const jobs::Run&) { return "n=" + std::to_string(++runs); })}, "a");
  EXPECT_EQ(runner.tick(), 1);
  EXPECT_EQ(runner.tick(), 0);
  Job job = row("count");
  EXPECT_EQ(job.outcome, "done");
  EXPECT_EQ(job.note, "n=1");
  EXPECT_EQ(job.attempts, 0);
  EXPECT_EQ(job.due_at.milliseconds, clock.now().milliseconds + 60'000);
  EXPECT_EQ(job.ended_at, clock.now());
  EXPECT_FALSE(job.run);
  pass(60'000);
  EXPECT_EQ(runner.tick(), 1);
  ASSERT_EQ(runner.counts().size(), 1u);
  EXPECT_EQ(runner.counts().front().done, 2u);
}

TEST_P(RunnerTest, ClocksThatJumpMakeNoStormAndNoSilence) {
  int runs = 0;
  auto work = [&](const jobs::Run&) { return "n=" + std::to_string(++runs); };
  JobRunner runner(ground(), {simple("count", work), {"night", {"", ""}, Kind::Reach::once, daily(2, 0), work}}, "a");
  runner.tick();
  pass(10 * identity::kHour);
  EXPECT_EQ(runner.tick(), 2) << "what was missed runs once";
  EXPECT_EQ(runner.tick(), 0);
  pass(-10 * identity::kHour);
  EXPECT_EQ(runner.tick(), 0);
  EXPECT_EQ(row("count").due_at.milliseconds, clock.now().milliseconds + 60'000);
  EXPECT_LE(row("night").due_at.milliseconds, clock.now().milliseconds + 24 * identity::kHour);
  pass(60'000);
  EXPECT_EQ(runner.tick(), 1);
}

TEST_P(RunnerTest, AFailureIsSeenAndTriedAgainLater) {
  bool broken = true;
  JobRunner runner(ground(),
                   {simple("shaky",
                           [&](const jobs::Run&) -> std::string {
                             if (broken) throw Failure("the disk is full");
                             return "fine";
                           })},
                   "a");
  EXPECT_EQ(runner.tick(), 1);
  EXPECT_EQ(row("shaky").outcome, "failed");
  EXPECT_EQ(row("shaky").note, "the disk is full");
  EXPECT_EQ(row("shaky").attempts, 1);
  pass(59'999);
  EXPECT_EQ(runner.tick(), 0);
  pass(1);
  EXPECT_EQ(runner.tick(), 1);
  EXPECT_EQ(row("shaky").attempts, 2);
  pass(60'000);
  EXPECT_EQ(runner.tick(), 0);
  pass(60'000);
  broken = false;
  EXPECT_EQ(runner.tick(), 1);
  EXPECT_EQ(row("shaky").outcome, "done");
  EXPECT_EQ(row("shaky").attempts, 0);
  EXPECT_EQ(runner.counts().front().failed, 2u);
}

TEST_P(RunnerTest, AJobOfACrashedProcessIsTakenOverWhenItsLeaseEnds) {
  int runs = 0;
  JobRunner runner(ground(), {simple("count", [&](const jobs::Run&) { return std::to_string(++runs); })}, "b");
  database().write([&](db::Session& session) {
    store::insert_job(session, "count", "", clock.now());
    Job job;
    job.kind = "count";
    ASSERT_TRUE(store::claim(session, job, Id{1}, "gone", clock.now(), {clock.now().milliseconds + 300'000}, false));
  });
  EXPECT_EQ(runner.tick(), 0);
  EXPECT_TRUE(row("count").running(clock.now()));
  EXPECT_EQ(row("count").holder, "gone");
  pass(299'999);
  EXPECT_EQ(runner.tick(), 0);
  pass(1);
  EXPECT_EQ(runner.tick(), 1);
  EXPECT_EQ(runs, 1);
}

TEST_P(RunnerTest, ALongJobKeepsItsLeaseAndWhoLostItStops) {
  std::unique_ptr<JobRunner> other;
  int others = 0, parts = 0;
  JobRunner first(ground(),
                  {simple("long",
                          [&](const jobs::Run& run) {
                            for (int i = 0; i < 3; ++i) {
                              pass(200'000);
                              run.step();
                              EXPECT_EQ(other->tick(), 0);
                              ++parts;
                            }
                            pass(300'000);  // as if it had slept past its lease
                            EXPECT_EQ(other->tick(), 1);
                            run.step();
                            ADD_FAILURE() << "went on with a job that another process has";
                            return std::string();
                          })},
                  "first");
  other = std::make_unique<JobRunner>(ground(),
                                      std::vector{simple("long",
                                                         [&](const jobs::Run&) {
                                                           ++others;
                                                           return std::string("mine");
                                                         })},
                                      "other");
  EXPECT_EQ(first.tick(), 1);
  EXPECT_EQ(parts, 3);
  EXPECT_EQ(others, 1);
  EXPECT_EQ(row("long").note, "mine");
  EXPECT_EQ(first.counts().front().interrupted, 1u);
}

TEST_P(RunnerTest, ManyRunnersNeverRunOneJobTwice) {
  constexpr int kJobs = 6;
  std::atomic<int> inside[kJobs] = {};
  std::atomic<int> runs[kJobs] = {};
  std::atomic<bool> overlapped = false;
  std::vector<Kind> kinds;
  for (int i = 0; i < kJobs; ++i) {
    kinds.push_back(simple("job" + std::to_string(i), [&, i](const jobs::Run& run) {
      if (++inside[i] > 1) overlapped = true;
      ++runs[i];
      run.step();
      --inside[i];
      return std::string();
    }));
  }
  std::vector<std::unique_ptr<JobRunner>> runners;
  for (int i = 0; i < 4; ++i) runners.push_back(std::make_unique<JobRunner>(ground(), kinds, std::to_string(i)));
  for (int round = 1; round <= 3; ++round) {
    std::vector<std::thread> threads;
    for (auto& runner : runners) threads.emplace_back([&] { runner->tick(); });
    for (std::thread& thread : threads) thread.join();
    for (std::atomic<int>& count : runs) EXPECT_EQ(count, round);
    pass(60'000);
  }
  EXPECT_FALSE(overlapped);
}

TEST_P(RunnerTest, ACountysJobsKeepTheirOrderAndNeverRunBesideEachOther) {
  std::vector<std::string> ran;
  std::unique_ptr<JobRunner> other;
  auto kinds = [&](bool looks) {
    std::vector<Kind> made;
    for (const char* name : {"classify", "open_windows", "recount"}) {
      made.push_back(simple(name, [&ran, &other, looks](const jobs::Run& run) {
        ran.push_back(run.kind);
        if (looks) {
          EXPECT_EQ(other->tick(), 0) << "beside " << run.kind;
        }
        return std::string();
      }));
    }
    return made;
  };
  JobRunner runner(ground(), kinds(true), "a");
  other = std::make_unique<JobRunner>(ground(), kinds(false), "b");
  EXPECT_EQ(runner.tick(), 3);
  EXPECT_EQ(ran, (std::vector<std::string>{"classify", "open_windows", "recount"}));
}

TEST_P(RunnerTest, OnlyJobsOfTheSameCountyWaitForEachOther) {
  auto claim = [&](const std::string& kind, const std::string& subject, bool anytime) {
    bool mine = false;
    Job job;
    job.kind = kind;
    job.subject = subject;
    database().write([&](db::Session& session) {
      mine = store::claim(session, job, ids.next(clock.now()), "a", clock.now(), {clock.now().milliseconds + 1000},
                          anytime);
    });
    return mine;
  };
  database().write([&](db::Session& session) {
    for (const char* county : {"510521", "510522"}) {
      for (const char* kind : {"open_windows", "recount", "seal"}) {
        store::insert_job(session, kind, county, clock.now());
      }
    }
  });
  EXPECT_FALSE(claim("recount", "510521", false)) << "the opening is due";
  EXPECT_TRUE(claim("recount", "510522", true)) << "who asks for it now does not wait for what is only due";
  EXPECT_FALSE(claim("open_windows", "510522", true)) << "the recount runs";
  EXPECT_TRUE(claim("open_windows", "510521", false));
  EXPECT_FALSE(claim("recount", "510521", true)) << "the opening runs";
  EXPECT_TRUE(claim("seal", "510521", false));
  pass(1000);
  EXPECT_TRUE(claim("open_windows", "510522", false)) << "whoever held the recount is gone";
}

TEST_P(RunnerTest, RunNowRunsWhatIsNotDueAndRefusesWhatRuns) {
  int runs = 0;
  JobRunner runner(ground(), {simple("count", [&](const jobs::Run&) { return std::to_string(++runs); })}, "a");
  runner.run_now("count", "");
  runner.run_now("count", "");
  EXPECT_EQ(runs, 2);
  auto refused = [&](const std::string& kind, const std::string& subject) {
    try {
      runner.run_now(kind, subject);
    } catch (const Problem& problem) {
      return problem.code;
    }
    return std::string();
  };
  EXPECT_EQ(refused("nothing", ""), "job.unknown");
  EXPECT_EQ(refused("count", "510521"), "job.unknown");
  Job job = row("count");
  database().write([&](db::Session& session) {
    EXPECT_TRUE(store::claim(session, job, Id{1}, "b", clock.now(), {clock.now().milliseconds + 1000}, true));
  });
  EXPECT_EQ(refused("count", ""), "job.running");
}

TEST_P(RunnerTest, AskedForItIsDueAtOnce) {
  Kind nightly = simple("nightly", [](const jobs::Run&) { return std::string(); });
  nightly.schedule = daily(2, 0);
  JobRunner runner(ground(), {nightly}, "a");
  EXPECT_EQ(runner.tick(), 0);
  EXPECT_EQ(format_instant(row("nightly").due_at), "2024-03-11T02:00:00+08:00");
  write([&](audit::Work& work) { EXPECT_EQ(ask_job(work, "nightly", ""), 1); });
  EXPECT_EQ(runner.tick(), 1);
  EXPECT_EQ(format_instant(row("nightly").due_at), "2024-03-11T02:00:00+08:00");
  EXPECT_THROW(write([&](audit::Work& work) { ask_job(work, "nothing", ""); }), Problem);
}

TEST_P(RunnerTest, WhatIsAskedForWhileItRunsRunsAgain) {
  int runs = 0;
  JobRunner runner(ground(),
                   {simple("count",
                           [&](const jobs::Run&) {
                             pass(10);
                             if (++runs == 1) write([&](audit::Work& work) { ask_job(work, "count", ""); });
                             return std::string();
                           })},
                   "a");
  EXPECT_EQ(runner.tick(), 2) << "at once";
  EXPECT_EQ(runner.tick(), 0);
}

TEST_P(RunnerTest, TheThreadRunsWhatIsDueAndStopsAtOnce) {
  std::mutex mutex;
  std::condition_variable changed;
  int runs = 0;
  JobRunner runner(ground(), {simple("count", [](const jobs::Run&) { return std::string(); })}, "a", [&](const Ended&) {
    std::lock_guard lock(mutex);
    ++runs;
    changed.notify_all();
  });
  runner.start();
  auto wait_for = [&](int wanted) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return runs >= wanted; });
  };
  wait_for(1);
  write([&](audit::Work& work) { ask_job(work, "count", ""); });
  runner.wake();
  wait_for(2);
  runner.stop();
  EXPECT_EQ(runs, 2);
}

TEST_P(RunnerTest, WhatIsShortRunsBesideWhatIsLong) {
  std::promise<void> short_ran;
  std::promise<std::string> long_ended;
  auto long_work = [&](const jobs::Run&) {
    bool beside = short_ran.get_future().wait_for(std::chrono::seconds(60)) == std::future_status::ready;
    long_ended.set_value(beside ? "beside" : "alone");
    return std::string();
  };
  Kind brief = simple("b_short", [&](const jobs::Run&) {
    short_ran.set_value();
    return std::string();
  });
  JobRunner runner(ground(), {simple("a_long", long_work), brief}, "a");
  runner.start();
  EXPECT_EQ(long_ended.get_future().get(), "beside");
  runner.stop();
}

}  // namespace
}  // namespace tanfang::app::jobs
