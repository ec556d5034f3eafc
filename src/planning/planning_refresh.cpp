#include "planning/planning_refresh.h"

#include <algorithm>

namespace tanfang::planning {
namespace {

constexpr std::size_t kPeopleAtOnce = 2000;

/// People of one page, whose files are made and compared together.
class Page {
 public:
  Page(db::Session& session, const County& county, const Extent& extent)
      : session_(session), county_(county), extent_(extent) {}

  void add(const registry::Standing& standing) { standings_.push_back(standing); }
  bool full() const { return standings_.size() >= kPeopleAtOnce; }

  void finish(const std::function<void(Changes&)>& take) {
    if (standings_.empty()) return;
    Id first = standings_.front().person;
    Id last = standings_.back().person;
    auto happenings = store::load_happenings(session_, county_.code(), first, last, county_.horizon(extent_.days));
    Kept kept = load_kept(session_, county_, extent_, first, last);
    Changes changes;
    for (const registry::Standing& standing : standings_) {
      PersonFile file = county_.file_of(standing, std::move(happenings[standing.person]));
      compare_person(county_, extent_, file, kept, changes);
    }
    take(changes);
    standings_.clear();
  }

 private:
  db::Session& session_;
  const County& county_;
  const Extent& extent_;
  std::vector<registry::Standing> standings_;
};

}  // namespace

Extent extent_of(const County& county, const Days& days) {
  Extent extent{days, county.months_of(days), {}};
  for (const Month& month : county.months()) {
    if (days.covers({month.first_day(), month.last_day()})) extent.months.push_back(month);
  }
  return extent;
}

Kept load_kept(db::Session& session, const County& county, const Extent& extent, Id first, Id last) {
  Kept kept;
  kept.obligations = store::load_obligations(session, county.code(), extent.kept_months, first, last);
  std::vector<std::string> months;
  for (const Month& month : extent.months) months.push_back(month.iso());
  kept.months = store::load_person_months(session, county.code(), months, first, last);
  return kept;
}

void compare_person(const County& county, const Extent& extent, const PersonFile& file, const Kept& kept,
                    Changes& changes) {
  std::vector<Obligation> computed = obligations_of(file, county.circumstances(), extent.days);
  auto open = [&](const Obligation& obligation) {
    return std::any_of(extent.months.begin(), extent.months.end(), [&](const Month& month) {
      return obligation.days.touches({month.first_day(), month.last_day()});
    });
  };
  auto months = kept.months.find(file.person);
  for (const Month& month : extent.months) {
    std::string name = month.iso();
    const PersonMonth* old = nullptr;
    if (months != kept.months.end()) {
      auto found = months->second.find(name);
      if (found != months->second.end()) old = &found->second;
    }
    compare_months(name, old,
                   person_month(file, county.circumstances(), computed, {month.first_day(), month.last_day()}),
                   changes);
  }
  std::erase_if(computed, [&](const Obligation& obligation) { return !open(obligation); });
  auto found = kept.obligations.find(file.person);
  std::vector<Obligation> old = found == kept.obligations.end() ? std::vector<Obligation>{} : found->second;
  std::erase_if(old, [&](const Obligation& obligation) { return !obligation.days.touches(extent.days); });
  compare_obligations(file.person, old, computed, changes);
}

std::int64_t for_each_change(db::Session& session, const County& county, const std::string& area, const Extent& extent,
                             const std::function<void(Changes&)>& take, const Progress& progress) {
  Page page(session, county, extent);
  std::int64_t people = 0;
  auto finish = [&] {
    page.finish(take);
    if (progress) progress(people);
  };
  registry::for_each_standing(session, area, county.horizon(extent.days), County::foresight(extent.days),
                              [&](const registry::Standing& standing) {
                                if (standing.registered_on > extent.days.last) return;
                                page.add(standing);
                                ++people;
                                if (page.full()) finish();
                              });
  finish();
  return people;
}

Date earliest_touched(const County& county, const PersonFile& file, Date day) {
  Date earliest = reach_of(file, county.circumstances(), {day, day}).first;
  for (const Obligation& obligation : obligations_of(file, county.circumstances(), {day, day})) {
    earliest = std::min(earliest, obligation.days.first);
  }
  return earliest;
}

void refresh_from(audit::Work& work, const County& county, const PersonFile& file, Date from) {
  auto days = county.open_days(from);
  if (!days) return;
  Extent extent = extent_of(county, *days);
  Kept kept = load_kept(work.session, county, extent, file.person, file.person);
  Changes changes;
  compare_person(county, extent, file, kept, changes);
  if (!changes.empty()) store::write_changes(work.session, county.code(), changes);
}

PersonFile load_file(db::Session& session, const County& county, Id person, const Days& days) {
  auto happenings = store::load_happenings(session, county.code(), person, person, county.horizon(days));
  return county.file_of(registry::load_standing(session, {county.code(), person}, county.horizon(days), days.last),
                        std::move(happenings[person]));
}

}  // namespace tanfang::planning
