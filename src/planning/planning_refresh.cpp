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

  /// `begin` sees the page before anything more of it is read, `look` each file before it is compared.
  void finish(const std::function<void(const std::vector<registry::Standing>&)>& begin,
              const std::function<void(PersonFile&)>& look, const std::function<void(Changes&)>& take) {
    if (standings_.empty()) return;
    begin(standings_);
    Id first = standings_.front().person;
    Id last = standings_.back().person;
    auto happenings = county_.happenings_of(session_, first, last, extent_.days);
    Kept kept = load_kept(session_, county_, extent_, first, last);
    Changes changes;
    for (const registry::Standing& standing : standings_) {
      PersonFile file = county_.file_of(standing, std::move(happenings[standing.person]));
      look(file);
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

/// Every page of the area through `finish`; returns the number of people.
std::int64_t for_each_page(db::Session& session, const County& county, const std::string& area, const Extent& extent,
                           const std::function<void(Page&)>& finish, const Progress& progress) {
  Page page(session, county, extent);
  std::int64_t people = 0;
  auto end_page = [&] {
    finish(page);
    if (progress) progress(people);
  };
  registry::for_each_standing(session, area, county.horizon(extent.days), County::foresight(extent.days),
                              [&](const registry::Standing& standing) {
                                if (standing.registered_on > extent.days.last) return;
                                page.add(standing);
                                ++people;
                                if (page.full()) end_page();
                              });
  end_page();
  return people;
}

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
  return for_each_page(
      session, county, area, extent, [&](Page& page) { page.finish([](const auto&) {}, [](PersonFile&) {}, take); },
      progress);
}

Written refresh_people(audit::Work& work, const County& county, const std::string& area, const Extent& extent,
                       Date today, const Progress& progress) {
  Written written;
  Tally tally;
  std::map<Id, std::string> villages;
  auto begin = [&](const std::vector<registry::Standing>& standings) {
    villages = store::lock_people(work.session, county.code(), standings, work.now);
  };
  auto look = [&](PersonFile& file) { note_village(work, county, file, villages[file.person], today); };
  auto take = [&](Changes& changes) {
    written.obligations += static_cast<std::int64_t>(changes.put.size() + changes.dropped.size());
    written.person_months += static_cast<std::int64_t>(changes.months());
    store::write_rows(work.session, county.code(), changes);
    tally += changes.tally;
  };
  written.people = for_each_page(
      work.session, county, area, extent, [&](Page& page) { page.finish(begin, look, take); }, progress);
  store::add_tally(work.session, county.code(), tally);
  return written;
}

void note_village(audit::Work& work, const County& county, PersonFile& file, const std::string& known, Date on) {
  if (known == file.village) return;
  store::update_village(work.session, county.code(), file.person, file.village);
  if (known.empty()) return;
  store::insert_move(work.session, county.code(), file.person, on, known);
  file.moves.push_back({on, known});
  std::sort(file.moves.begin(), file.moves.end(),
            [](const Move& left, const Move& right) { return left.on < right.on; });
}

Date earliest_touched(const County& county, const PersonFile& file, Date day) {
  Date earliest = reach_of(file, county.circumstances(), {day, day}).first;
  for (const Obligation& obligation : obligations_of(file, county.circumstances(), {day, day})) {
    earliest = std::min(earliest, obligation.days.first);
  }
  return earliest;
}

Tally refresh_rows_from(audit::Work& work, const County& county, const PersonFile& file, Date from) {
  auto days = county.open_days(from);
  if (!days) return {};
  Extent extent = extent_of(county, *days);
  Kept kept = load_kept(work.session, county, extent, file.person, file.person);
  Changes changes;
  compare_person(county, extent, file, kept, changes);
  if (!changes.empty()) store::write_rows(work.session, county.code(), changes);
  return std::move(changes.tally);
}

void refresh_from(audit::Work& work, const County& county, const PersonFile& file, Date from) {
  Tally tally = refresh_rows_from(work, county, file, from);
  store::add_tally(work.session, county.code(), tally);
}

PersonFile load_file(db::Session& session, const County& county, Id person, const Days& days) {
  auto happenings = county.happenings_of(session, person, person, days);
  return county.file_of(registry::load_standing(session, {county.code(), person}, county.horizon(days), days.last),
                        std::move(happenings[person]));
}

}  // namespace tanfang::planning
