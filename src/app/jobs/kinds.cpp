// What the service does by itself.
#include <fmt/format.h>

#include "app/jobs/jobs.h"
#include "app/jobs/jobs_store.h"
#include "app/jobs/refresh_store.h"
#include "app/jobs/retention.h"
#include "app/jobs/scan_reading.h"
#include "app/jobs/undos.h"
#include "identity/identity.h"
#include "visits/visits.h"

namespace tanfang::app::jobs {
namespace {

using identity::kHour;
using identity::kMinute;

/// From this day of the month on the next month is opened too, so that plans for it can be made.
constexpr int kNextMonthFrom = 25;

/// Verdicts follow birthdays by themselves; this keeps them known for the days ahead and takes up changed schemes.
std::string classify(const Run& run) {
  registry::Classified classified;
  run.write([&](audit::Work& work) {
    classified = registry::classify_county(work, run.ground.classifier, run.subject, work.today() + 31);
    if (!work.recorded_or_unchanged()) work.unchanged();
  });
  return fmt::format("people={} changed={}", classified.people, classified.changed);
}

std::string open_windows(const Run& run) {
  Date today = china_date(run.now());
  std::vector<planning::Month> months{planning::month_of(today)};
  if (today.day() >= kNextMonthFrom) months.push_back(planning::add_months(months.front(), 1));
  std::string note;
  for (planning::Month month : months) {
    run.step();
    planning::Opening opening;
    run.write(
        [&](audit::Work& work) { opening = planning::open_month(work, run.ground.policies, run.subject, month); });
    note += fmt::format("{}{} people={} changed={}", note.empty() ? "" : "; ", month.iso(), opening.people,
                        opening.obligations);
  }
  return note;
}

/// Compares what is kept with what follows from the raw rows; it repairs nothing, so that a fault is seen.
std::string recount(const Run& run) {
  std::vector<planning::Month> open;
  run.ground.database.read([&](db::Session& session) { open = planning::open_months(session, run.subject); });
  planning::Month now = planning::month_of(china_date(run.now()));
  std::string differing;
  for (planning::Month month : open) {
    if (month < planning::add_months(now, -1)) continue;
    run.step();
    planning::Recount recounted;
    run.write([&](audit::Work& work) {
      recounted = planning::recount_month(work, run.ground.policies, run.subject, month, false);
      work.unchanged();
    });
    if (recounted.agrees()) continue;
    differing += fmt::format(" {}:{}", month.iso(), recounted.obligations + recounted.person_months + recounted.counts);
  }
  run.step();
  std::int64_t people = 0;
  run.write([&](audit::Work& work) {
    people = visits::recount_statuses(work, run.subject, false);
    work.unchanged();
  });
  if (people > 0) differing += fmt::format(" statuses:{}", people);
  return differing.empty() ? "agrees" : std::string(store::kDiffers) + differing;
}

std::string refresh_list(const Run& run) {
  Date today = china_date(run.now());
  Date before = add_months(today, -static_cast<int>(run.ground.settings.refresh_months));
  std::int64_t people = 0;
  run.ground.database.write(
      [&](db::Session& session) { people = store::rewrite_stale(session, run.subject, today, before); });
  return fmt::format("people={}", people);
}

std::string purge_attachments(const Run& run) {
  Instant before{run.now().milliseconds - run.ground.settings.attachment_days * identity::kDay};
  std::int64_t gone = 0;
  run.write([&](audit::Work& work) { gone = visits::purge_attachments(work, run.subject, before); });
  return fmt::format("attachments={}", gone);
}

/// What is over by time and says nothing of people: sessions, invitations, waits.
std::string purge(const Run& run) {
  std::int64_t rows = 0;
  run.ground.database.write([&](db::Session& session) { rows = identity::purge_expired(session, run.now()); });
  return fmt::format("rows={}", rows);
}

std::string seal(const Run& run) {
  return fmt::format("entries={}", audit::seal(run.ground.database, run.ground.keys));
}

}  // namespace

std::vector<Kind> standard_kinds(const JobSettings& settings) {
  auto night = [&](int minutes) { return daily(settings.nightly_hour, minutes); };
  using enum Kind::Reach;
  return {
      {"classify", {"更新分类结论", "bring the schemes' verdicts up to date"}, by_county, night(0), classify},
      {"open_windows",
       {"开启本月（25 日起含下月）探访任务", "open this month and, from the 25th, the next"},
       by_county,
       night(10),
       open_windows},
      {"recount", {"核对统计", "compare the projections with the raw rows"}, by_county, night(40), recount},
      {"refresh_list", {"列出待更新档案", "list the files to be refreshed"}, by_county, night(60), refresh_list},
      {"erase", {"按规定删除个人信息", "erase personal fields by rule"}, by_county, night(80), erase_by_rule},
      {"purge_attachments",
       {"清除没有记录引用的附件", "delete attachments that no record names"},
       by_county,
       night(90),
       purge_attachments},
      {"purge_scans",
       {"清除搁置已久的扫描页", "delete pages of paper set aside long ago"},
       by_county,
       night(85),
       purge_scans},
      {"finish_undos",
       {"完成中断的台账撤销", "finish the undoing of ledgers that was cut short"},
       once,
       every(kMinute),
       finish_undos},
      {kReadScans, {"识别收回的纸质表", "read the forms that came back on paper"}, once, every(kMinute), read_scans},
      {"purge", {"清除过期会话等", "clear away expired sessions and the like"}, once, every(kHour), purge},
      {"seal", {"封存审计记录", "seal the trail"}, once, every(kMinute), seal},
  };
}

}  // namespace tanfang::app::jobs
