#include "app/demo/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/demo/answers.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kEntriesPerCommit = 500;
constexpr std::array kVisitors = {"张建国", "李秀兰", "王志强", "刘桂英", "陈永明", "周玉芳", "赵文清", "黄淑珍"};

/// The scheme of a label such as `luzhou-2023/half_month/0`; empty for rounds and first visits.
std::string scheme_in(const std::string& label) {
  std::string head = label.substr(0, label.find('/'));
  return head.find('-') == std::string::npos ? "" : head;
}

}  // namespace

const forms::Form* History::form_of(const std::string& county, const std::string& label) {
  std::string scheme = scheme_in(label);
  if (scheme.empty()) {
    surroundings_.database().read([&](db::Session& session) {
      scheme = ground_.classifier.policy_of(session, county)->in_force(county, surroundings_.today()).front()->id;
    });
  }
  for (const forms::Form* form : ground_.forms.all()) {
    if (form->use == forms::FormUse::visit && form->id.starts_with(scheme + "/")) return form;
  }
  return nullptr;
}

double History::diligence_of(const std::string& village) {
  auto [place, fresh] = diligence_.try_emplace(village, 0.0);
  if (fresh) place->second = chance_.percent(12) ? chance_.between(55, 85) : chance_.between(93, 100);
  return place->second;
}

std::vector<History::Plan> History::plans_of(const std::string& county, planning::Month month) {
  std::vector<Plan> plans;
  std::map<std::string, std::string> forms;
  surroundings_.database().read([&](db::Session& session) {
    planning::for_each_planned(
        session, county, month, surroundings_.now(), true, [&](const planning::PlannedVisit& planned) {
          // Of a quarter the last month makes the visits.
          if (!planned.ends_in_month || planned.methods.empty()) return;
          auto [form, fresh] = forms.try_emplace(scheme_in(planned.label));
          if (fresh) {
            const forms::Form* found = form_of(county, planned.label);
            if (found != nullptr) form->second = found->id;
          }
          // Most go and knock; where a call is enough, some call.
          const std::string& method = chance_.percent(80) ? planned.methods.front() : planned.methods.back();
          plans.push_back({planned.person, planned.village, planned.first_day, planned.last_day, planned.due_day,
                           planned.min - planned.counted, method, form->second});
        });
  });
  return plans;
}

visits::VisitEntry History::entry(const Plan& plan, Date day, const std::string& outcome) {
  int start = chance_.between(8 * 60, 17 * 60);
  int minutes = chance_.between(6, 40);
  visits::VisitEntry entry;
  entry.key = fmt::format("demo-{}-{}", day.iso(), ++keys_);
  entry.person_id = format_id(plan.person);
  entry.visitor = chance_.one_of<const char*>(kVisitors);
  entry.method = plan.method;
  entry.started_at = format_instant(china_instant(day, start));
  entry.ended_at = format_instant(china_instant(day, start + minutes));
  entry.outcome = outcome;
  entry.answers = "{}";
  if (outcome != "met") return entry;
  entry.form = plan.form;
  const forms::Form* form = ground_.forms.find(plan.form);
  if (form == nullptr) return entry;
  forms::Context context;
  context.date = day;
  context.method = plan.method;
  context.seasons = {"flood", "heating"};
  entry.answers = invent_answers(chance_, ground_.forms, *form, context).value_or("{}");
  return entry;
}

void History::add_entries(const Plan& plan, Date until, std::vector<visits::VisitEntry>& entries, MonthMade& made) {
  for (int i = 0; i < plan.missing; ++i) {
    if (!chance_.percent(diligence_of(plan.village))) continue;
    // Visits of one person spread over the window, so that they do not fall on one day.
    int days = plan.last_day - plan.first_day + 1;
    int slice = std::max(1, days / plan.missing);
    Date day = std::min(plan.first_day + (i * slice + chance_.between(0, slice - 1)), plan.last_day);
    if (day > until) continue;
    if (chance_.percent(3)) {
      entries.push_back(entry(plan, day, "not_home"));
      ++made.attempts;
      if (day == plan.last_day || day == until) continue;
      day = day + 1;
    }
    entries.push_back(entry(plan, day, "met"));
    ++made.visits;
  }
}

void History::record(const std::string& county, const std::vector<visits::VisitEntry>& entries) {
  surroundings_.write([&](audit::Work& work) {
    for (const visits::VisitEntry& next : entries) {
      auto prepared = visits::prepare_visit(work.session, ground_, work.keys, work.ids, work.now, county, next);
      visits::record_visit(work, ground_, prepared);
    }
  });
}

std::int64_t History::send_to_hospital(const std::string& county, planning::Month month,
                                       const std::vector<Plan>& plans) {
  std::int64_t away = 0;
  for (const Plan& plan : plans) {
    if (!chance_.percent(0.6)) continue;
    registry::PersonKey key{county, plan.person};
    surroundings_.write([&](audit::Work& work) {
      auto standing = registry::load_standing(work.session, key, month.first_day(), month.last_day());
      if (standing.status_on(month.first_day()) != registry::Status::active || !standing.spans.empty()) {
        work.unchanged();
        return;
      }
      registry::suspend_person(work, key, month.first_day(), month.last_day(), "住院治疗");
      planning::refresh_person(work, policies_, county, plan.person, month.first_day());
      ++away;
    });
  }
  return away;
}

MonthMade History::make_month(const std::string& county, planning::Month month, Date until,
                              const std::function<void(std::int64_t)>& progress) {
  MonthMade made;
  surroundings_.write([&](audit::Work& work) { planning::open_month(work, policies_, county, month); });
  made.away = send_to_hospital(county, month, plans_of(county, month));
  std::vector<visits::VisitEntry> entries;
  std::int64_t done = 0;
  auto flush = [&] {
    if (!entries.empty()) record(county, entries);
    done += static_cast<std::int64_t>(entries.size());
    entries.clear();
    progress(done);
  };
  for (const Plan& plan : plans_of(county, month)) {
    add_entries(plan, std::min(until, month.last_day()), entries, made);
    if (entries.size() >= kEntriesPerCommit) flush();
  }
  flush();
  return made;
}

}  // namespace tanfang::app
