#include "planning/planning.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/area_code.h"
#include "planning/planning_problems.h"
#include "planning/planning_refresh.h"

namespace tanfang::planning {
namespace {

/// No month before it is opened.
const Date kEarliest = *Date::from_ymd(2000, 1, 1);

void require_county(const std::string& county) {
  if (county.size() != 6 || !is_area_code(county)) throw problems::county_malformed();
}

void require_near(Month month, Date today) {
  if (month < month_of(kEarliest) || month > add_months(month_of(today), 12)) throw problems::month_out_of_range();
}

/// Until the end of the last open month, at least `day`.
Date last_day_to_know(const County& county, Date day) {
  return county.months().empty() ? day : std::max(day, county.months().back().last_day());
}

/// What a recomputation was made from.
struct Refreshed {
  County county;
  PersonFile file;
};

/// The person's file from as far back as windows of the days changed may have begun: up to a year.
PersonFile file_around(audit::Work& work, const County& county, Id person, const Days& changed) {
  Days days{changed.first - 366, last_day_to_know(county, std::max(changed.last, changed.first))};
  return load_file(work.session, county, person, days);
}

/// Takes the person, then recomputes them for what changed on the days `changed`. `visits_only`: nothing but visits has
/// changed, so that nothing is kept which would not be found again.
Refreshed recompute(audit::Work& work, const Policies& policies, const std::string& county_code, Id person,
                    const Days& changed, bool visits_only) {
  Date from = std::max(changed.first, kEarliest);
  std::string known = store::lock_person(work.session, county_code, person, work.now);
  County county = County::load_without_festivals(
      work.session, policies, policies.classifier.policy_of(work.session, county_code), county_code, {from, from});
  PersonFile file = file_around(work, county, person, {from, changed.last});
  visits_only ? county.add_festivals_of(file) : county.add_festivals();
  note_village(work, county, file, known, from);
  refresh_from(work, county, file, visits_only ? earliest_touched(county, file, from) : county.earliest_before(from));
  return {std::move(county), std::move(file)};
}

std::vector<std::string> methods_that_count(const PersonFile& file, const County& county, Date day) {
  std::vector<std::string> allowed;
  for (int i = 0; i < schemes::kMethodCount; ++i) {
    auto method = static_cast<schemes::Method>(i);
    if (method_counts(file, county.circumstances(), day, method)) allowed.emplace_back(schemes::name_of(method));
  }
  return allowed;
}

}  // namespace

Date Month::first_day() const { return *Date::from_ymd(year, month, 1); }
Date Month::last_day() const { return first_day().last_of_month(); }
std::string Month::iso() const { return fmt::format("{:04}-{:02}", year, month); }

Month parse_month(const std::string& text) {
  auto first = text.size() == 7 ? Date::parse(text + "-01") : std::nullopt;
  if (!first) throw problems::month_malformed();
  return month_of(*first);
}

Month month_of(Date day) { return {day.year(), day.month()}; }

Month add_months(Month month, int months) {
  int count = month.year * 12 + month.month - 1 + months;
  return {count / 12, count % 12 + 1};
}

std::vector<std::string> apply_visit(audit::Work& work, const Policies& policies, const std::string& county,
                                     const VisitFact& visit) {
  Date day = china_date(visit.at);
  auto before = store::put_visit(work.session, county, visit);
  Refreshed after = recompute(work, policies, county, visit.person, {before ? std::min(*before, day) : day, day}, true);
  return methods_that_count(after.file, after.county, day);
}

void withdraw_visit(audit::Work& work, const Policies& policies, const std::string& county, Id person, Id visit) {
  auto day = store::find_visit_day(work.session, county, person, visit);
  if (!day) return;
  store::delete_visit(work.session, county, person, visit);
  recompute(work, policies, county, person, {*day, *day}, true);
}

std::vector<std::string> allowed_methods(db::Session& session, const Policies& policies, const std::string& county,
                                         Id person, Date day) {
  County loaded = County::load(session, policies, county, {day, day});
  return methods_that_count(load_file(session, loaded, person, {day, day}), loaded, day);
}

std::vector<Month> open_months(db::Session& session, const std::string& county) {
  return store::load_months(session, county);
}

void refresh_person(audit::Work& work, const Policies& policies, const std::string& county, Id person, Date from) {
  recompute(work, policies, county, person, {from, from}, false);
}

void refresh_people(audit::Work& work, const Policies& policies, const std::string& county,
                    const std::vector<Id>& people, Date from) {
  from = std::max(from, kEarliest);
  County loaded = County::load(work.session, policies, county, {from, from});
  if (loaded.months().empty()) return;
  std::vector<Id> ordered = people;
  std::sort(ordered.begin(), ordered.end());
  Tally tally;
  for (Id person : ordered) {
    std::string known = store::lock_person(work.session, county, person, work.now);
    PersonFile file = file_around(work, loaded, person, {from, from});
    note_village(work, loaded, file, known, from);
    tally += refresh_rows_from(work, loaded, file, loaded.earliest_before(from));
  }
  // The counts come last, so that visits recorded meanwhile do not wait in a ring.
  store::add_tally(work.session, county, tally);
}

Noted record_event(audit::Work& work, const Policies& policies, const std::string& county, Id person,
                   const std::string& event, Instant at) {
  if (at > work.now) throw problems::event_in_future();
  auto policy = policies.classifier.policy_of(work.session, county);
  bool known = std::any_of(policy->schemes().all().begin(), policy->schemes().all().end(), [&](const auto& scheme) {
    return std::any_of(scheme->events.begin(), scheme->events.end(),
                       [&](const schemes::Labelled& label) { return label.id == event; });
  });
  if (!known) throw problems::event_unknown();
  store::lock_person(work.session, county, person, work.now);
  if (auto same = store::find_event(work.session, county, person, event, at)) {
    work.unchanged();
    return {*same, true};
  }
  PersonEvent noted{work.new_id(), event, at};
  store::insert_event(work.session, county, person, noted);
  recompute(work, policies, county, person, {china_date(at), china_date(at)}, true);
  work.record({county, "event_noted", "person:" + format_id(person),
               fmt::format(R"({{"event":"{}","at":"{}"}})", event, format_instant(at))});
  return {noted.id};
}

Opening open_month(audit::Work& work, const Policies& policies, const std::string& county, Month month,
                   const Progress& progress) {
  require_county(county);
  require_near(month, work.today());
  Opening opening;
  opening.opened_before = !store::insert_month(work.session, county, month, work.now);
  Days days{month.first_day(), month.last_day()};
  // A window that begins in the month ends within a week of it, or is a longer one judged on its first day.
  registry::classify_county(work, policies.classifier, county, days.last, progress);
  County loaded = County::load(work.session, policies, county, days);
  Extent extent = extent_of(loaded, days);
  Written written = refresh_people(work, loaded, county, extent, work.today(), progress);
  opening.people = written.people;
  opening.obligations = written.obligations;
  if (opening.opened_before && opening.obligations == 0 && written.person_months == 0) {
    work.unchanged();
    return opening;
  }
  work.record({county, "month_opened", "month:" + month.iso(),
               fmt::format(R"({{"people":{},"obligations":{}}})", opening.people, opening.obligations)});
  return opening;
}

void refresh_area(audit::Work& work, const Policies& policies, const std::string& county, const std::string& area,
                  Date from, const Progress& progress) {
  from = std::max(from, kEarliest);
  County loaded = County::load(work.session, policies, county, {from, from});
  if (loaded.months().empty()) return;
  // At least the last open month, so that a move is noticed.
  Date since = std::min(loaded.earliest_before(from), loaded.months().back().first_day());
  Days open = *loaded.open_days(since);
  registry::classify_county(work, policies.classifier, county, open.last, {});
  refresh_people(work, loaded, area, extent_of(loaded, open), from, progress);
}

}  // namespace tanfang::planning
