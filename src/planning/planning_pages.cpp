// What is owed, page by page: in the order of the index of areas, so that a page reads only the people it looks at.
#include <algorithm>
#include <tuple>

#include "base/area_code.h"
#include "base/text.h"
#include "planning/pages_store.h"
#include "planning/planning_lists.h"
#include "planning/planning_problems.h"
#include "planning/projections_store.h"

namespace tanfang::planning {
namespace {

/// People looked at in one step, and in one page.
constexpr int kStep = 200;
constexpr int kMostLookedAt = 2000;

/// Where a page ended: behind an obligation of the person, or behind all of theirs.
struct Place {
  std::string area;
  Id person;
  std::optional<Date> first_day;
  std::string label;
};

std::string text_of(const Place& place) {
  return place.area + "~" + format_id(place.person) + "~" + (place.first_day ? place.first_day->iso() : "") + "~" +
         place.label;
}

std::optional<Place> read_place(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::vector<std::string> parts = split(text, '~');
  if (parts.size() != 4) throw problems::plan_cursor();
  auto person = parse_id(parts[1]);
  auto day = Date::parse(parts[2]);
  if (!person || (!day && !parts[2].empty())) throw problems::plan_cursor();
  return Place{parts[0], *person, day, parts[3]};
}

class Page {
 public:
  Page(const PlannedFilter& filter, Instant now) : filter_(filter), now_(now), begin_(read_place(filter.after)) {}

  PlannedPage read(db::Session& session, const std::string& county) {
    std::vector<std::string> months = store::months_with_obligations(session, county, filter_.month);
    store::Resident after;
    if (begin_) after = {begin_->area, begin_->person, ""};
    // Of whom some was shown the rest is still to come.
    if (begin_ && begin_->first_day) --after.person.value;
    for (int looked_at = 0; looked_at < kMostLookedAt; looked_at += kStep) {
      auto people = store::load_residents(session, filter_.area, after, kStep);
      if (people.empty()) return std::move(page_);
      auto owed = store::load_owed_to(session, months, people);
      for (const store::Resident& resident : people) {
        if (!add(resident, owed[resident.person])) return std::move(page_);
      }
      if (people.size() < static_cast<std::size_t>(kStep)) return std::move(page_);
      after = people.back();
    }
    page_.next = text_of({after.area, after.person, std::nullopt, ""});
    return std::move(page_);
  }

 private:
  /// False where the page is full; it then says where the next begins.
  bool add(const store::Resident& resident, const std::vector<Obligation>& obligations) {
    for (const Obligation& obligation : obligations) {
      if (obligation.days.first > filter_.month.last_day() || was_shown(resident, obligation)) continue;
      PlannedVisit planned = planned_of(resident.person, resident.name, resident.area, obligation, filter_.month, now_);
      if (!is_wanted(planned)) continue;
      if (page_.items.size() == static_cast<std::size_t>(filter_.limit)) {
        const PlannedVisit& last = page_.items.back();
        page_.next = text_of({last.village, last.person, last.first_day, last.label});
        return false;
      }
      page_.items.push_back(std::move(planned));
    }
    return true;
  }

  bool is_wanted(const PlannedVisit& planned) const {
    const auto& states = filter_.states;
    return states.empty() || std::find(states.begin(), states.end(), planned.state) != states.end();
  }

  bool was_shown(const store::Resident& resident, const Obligation& obligation) const {
    if (!begin_ || !begin_->first_day || resident.person != begin_->person) return false;
    return std::tie(obligation.days.first, obligation.label) <= std::tie(*begin_->first_day, begin_->label);
  }

  const PlannedFilter& filter_;
  Instant now_;
  std::optional<Place> begin_;
  PlannedPage page_;
};

}  // namespace

PlannedPage list_planned(db::Session& session, const PlannedFilter& filter, Instant now) {
  std::string county = county_of(filter.area);
  if (county.size() != 6 || !is_area_code(filter.area)) throw problems::county_malformed();
  require_open(session, county, filter.month);
  return Page(filter, now).read(session, county);
}

std::map<Id, std::vector<PlannedVisit>> list_kept_of(db::Session& session, const std::string& county,
                                                     const std::vector<Id>& people, Month from, Month to, Instant now) {
  // Obligations are kept under the month in which they end.
  std::vector<std::string> months = store::months_with_obligations(session, county, from);
  std::map<Id, std::vector<PlannedVisit>> found;
  for (const auto& [person, obligations] : store::load_obligations_of(session, county, months, people)) {
    for (const Obligation& obligation : obligations) {
      if (obligation.days.first > to.last_day() || obligation.days.last < from.first_day()) continue;
      found[person].push_back(planned_of(person, "", "", obligation, to, now));
    }
  }
  return found;
}

std::vector<Id> list_residents(db::Session& session, const std::string& village, int limit) {
  return store::list_present(session, village, limit);
}

}  // namespace tanfang::planning
