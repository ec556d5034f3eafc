#include "canvass/canvass.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/area_code.h"
#include "base/text.h"
#include "canvass/canvass_problems.h"
#include "canvass/canvass_store.h"

namespace tanfang::canvass {
namespace {

constexpr std::size_t kLongestName = 60;
constexpr std::size_t kLongestGroup = 30;
constexpr std::size_t kLongestNote = 200;
constexpr std::array<std::string_view, 5> kResults = {"open", "nobody_eligible", "registered", "declined", "not_home"};

std::string context(std::string_view column, Id row) { return std::string(column) + ":" + format_id(row); }

std::string hash_of(const crypto::KeyRing& keys, const std::string& village, const Place& place) {
  return keys.keyed_hash("household", village + "\n" + place.group + "\n" + place.place).substr(0, 16);
}

void check_place(const Place& place, const std::string& prefix, std::vector<FieldProblem>& mistakes) {
  if (length_of(place.group) > kLongestGroup) mistakes.push_back(problems::household_group(prefix + "group"));
  if (place.place.empty() || length_of(place.place) > kLongestName) {
    mistakes.push_back(problems::household_place(prefix + "place"));
  }
}

Place trimmed_place(const Place& place) { return {trimmed(place.group), trimmed(place.place)}; }

/// The canvass that runs, or ran last; 0 where there was none.
Id last_canvass(db::Session& session, const std::string& county) {
  auto canvasses = store::load_canvasses(session, county);
  return canvasses.empty() ? Id{} : canvasses.front().id;
}

store::Row require_household(db::Session& session, const std::string& county, Id household) {
  auto row = store::find_household(session, county, household);
  if (!row) throw problems::unknown_household();
  return *row;
}

Household opened(const crypto::KeyRing& keys, const store::Row& row, Id canvass) {
  Household household{row.id, row.village, row.group, "", row.listed, Result::open, std::nullopt, std::nullopt};
  household.place = keys.field_cipher()->decrypt(row.place, context("households.place", row.id));
  if (row.canvass == canvass && canvass.value != 0) {
    household.result = row.result;
    household.result_on = row.result_on;
    household.differs = row.differs;
  }
  return household;
}

/// Adds the household to the counts of its group, or takes it out (`sign` -1): the list's and those of its last result.
void count_household(audit::Work& work, const std::string& county, const store::Row& row, int sign) {
  store::add_count(work.session, county, row, Id{}, Result::open, sign);
  if (row.result != Result::open) store::add_count(work.session, county, row, row.canvass, row.result, sign);
}

void record_listed(audit::Work& work, const std::string& village, const Listing& listing) {
  if (listing.added == 0) return work.unchanged();
  work.record({county_of(village), "households_listed", "area:" + village,
               fmt::format(R"({{"households":{}}})", listing.added)});
}

/// Somebody was met there.
bool is_done(Result result) { return result != Result::open && result != Result::not_home; }

/// Whether the noter did not see what is known now; what one noted oneself needs not have come back.
bool is_stale(const audit::Work& work, const std::string& county, const store::Row& row, const Household& now,
              const std::optional<std::string>& seen) {
  if (!seen || *seen == version_of(now)) return false;
  return now.differs || store::noter_of(work.session, county, row) != work.actor;
}

/// What becomes of a result beside the known one.
Noting weigh(const Household& now, Result result, Date on, bool stale) {
  if (now.result == Result::open) return Noting::counts;
  if (on < *now.result_on) return Noting::history;
  if (!stale || !is_done(now.result) || result == now.result) return Noting::counts;
  return is_done(result) ? Noting::differs : Noting::history;
}

}  // namespace

std::string_view to_text(Result result) { return kResults[static_cast<std::size_t>(result)]; }

std::optional<Result> parse_result(std::string_view text) {
  auto found = std::find(kResults.begin(), kResults.end(), text);
  if (found == kResults.end()) return std::nullopt;
  return static_cast<Result>(found - kResults.begin());
}

Id begin_canvass(audit::Work& work, const std::string& county, const std::string& name, Date begun_on) {
  std::vector<FieldProblem> mistakes;
  if (trimmed(name).empty() || length_of(name) > kLongestName) mistakes.push_back(problems::canvass_name());
  if (begun_on > work.today()) mistakes.push_back(problems::canvass_day());
  if (!mistakes.empty()) throw problems::invalid("canvass.invalid", std::move(mistakes));
  auto canvasses = store::load_canvasses(work.session, county);
  if (!canvasses.empty() && !canvasses.front().ended_on) throw problems::running();
  Canvass canvass{work.new_id(), trimmed(name), begun_on, std::nullopt};
  store::insert_canvass(work.session, county, canvass);
  work.record({county, "canvass_begun", "canvass:" + format_id(canvass.id),
               fmt::format(R"({{"begun_on":"{}"}})", begun_on.iso())});
  return canvass.id;
}

void end_canvass(audit::Work& work, const std::string& county, Id id) {
  auto canvasses = store::load_canvasses(work.session, county);
  auto found = std::find_if(canvasses.begin(), canvasses.end(), [&](const Canvass& each) { return each.id == id; });
  if (found == canvasses.end()) throw problems::unknown_canvass();
  if (found->ended_on) return work.unchanged();
  store::set_ended(work.session, county, id, work.today());
  work.record({county, "canvass_ended", "canvass:" + format_id(id), "{}"});
}

std::vector<Canvass> list_canvasses(db::Session& session, const std::string& county) {
  return store::load_canvasses(session, county);
}

Listing list_households(audit::Work& work, const std::string& village, const std::vector<Place>& places) {
  std::vector<FieldProblem> mistakes;
  for (std::size_t i = 0; i < places.size(); ++i) {
    check_place(trimmed_place(places[i]), fmt::format("households[{}].", i), mistakes);
  }
  if (!mistakes.empty()) throw problems::invalid("household.invalid", std::move(mistakes));
  std::string county = county_of(village);
  Listing listing;
  for (const Place& said : places) {
    Place place = trimmed_place(said);
    store::Row row{work.new_id(), village, place.group, "", true, Id{}, Result::open, std::nullopt, Id{}};
    row.place = work.keys.field_cipher()->encrypt(place.place, context("households.place", row.id));
    std::string hash = hash_of(work.keys, village, place);
    bool added = store::insert_household(work.session, county, row, hash);
    if (!added) {
      row = *store::find_household(work.session, county, *store::find_place(work.session, county, village, hash));
      added = !row.listed;
      row.listed = true;
      if (added) store::update_household(work.session, county, row, hash);
    }
    if (added) count_household(work, county, row, 1);
    ++(added ? listing.added : listing.repeated);
    listing.last = row.id;
  }
  record_listed(work, village, listing);
  return listing;
}

void change_household(audit::Work& work, const std::string& county, Id household, const Place& said, bool listed) {
  store::Row row = require_household(work.session, county, household);
  Place place = trimmed_place(said);
  std::vector<FieldProblem> mistakes;
  check_place(place, "", mistakes);
  if (!mistakes.empty()) throw problems::invalid("household.invalid", std::move(mistakes));
  std::string was = work.keys.field_cipher()->decrypt(row.place, context("households.place", row.id));
  if (row.group == place.group && was == place.place && row.listed == listed) return work.unchanged();
  std::string hash = hash_of(work.keys, row.village, place);
  auto taken = store::find_place(work.session, county, row.village, hash);
  if (taken && *taken != household) throw problems::household_taken();
  if (row.listed) count_household(work, county, row, -1);
  row.group = place.group;
  row.place = work.keys.field_cipher()->encrypt(place.place, context("households.place", row.id));
  row.listed = listed;
  store::update_household(work.session, county, row, hash);
  if (row.listed) count_household(work, county, row, 1);
  work.record(
      {county, "household_changed", "household:" + format_id(household), fmt::format(R"({{"listed":{}}})", listed)});
}

Noting note_result(audit::Work& work, const std::string& county, Id household, Result result, Date on,
                   const std::string& note, const std::optional<std::string>& seen) {
  store::Row row = require_household(work.session, county, household);
  if (!row.listed) throw problems::unknown_household();
  auto canvasses = store::load_canvasses(work.session, county);
  if (canvasses.empty() || canvasses.front().ended_on) throw problems::none_runs();
  const Canvass& canvass = canvasses.front();
  if (on < canvass.begun_on || on > work.today()) throw problems::result_day();
  std::string text = trimmed(note);
  if (length_of(text) > kLongestNote) throw problems::invalid("household.invalid", {problems::result_note()});
  Household now = opened(work.keys, row, canvass.id);
  bool stale = is_stale(work, county, row, now, seen);
  bool settles = !stale || (now.differs && now.differs->noted_by == work.actor);
  Noting noting = weigh(now, result, on, stale);
  bool same = now.result == result && now.result_on == on && text.empty();
  if (same && !(settles && now.differs)) {
    work.unchanged();
    return noting;
  }
  Id id = work.new_id();
  if (!text.empty()) text = work.keys.field_cipher()->encrypt(text, context("household_results.note", household));
  store::insert_result(work.session, county, household, id, canvass.id, {result, on, text, work.now, work.actor});
  if (noting == Noting::differs) {
    row.differing = id;
    store::set_result(work.session, county, row);
  } else if (noting == Noting::counts) {
    bool known = now.result != Result::open;
    if (known) store::add_count(work.session, county, row, canvass.id, row.result, -1);
    row.canvass = canvass.id;
    row.result = result;
    row.result_on = on;
    if (settles || !known) row.differing = Id{};
    store::set_result(work.session, county, row);
    store::add_count(work.session, county, row, canvass.id, result, 1);
  }
  work.record(
      {county, "household_visited", "household:" + format_id(household),
       fmt::format(R"({{"result":"{}","on":"{}","counts":{}}})", to_text(result), on.iso(), noting == Noting::counts)});
  return noting;
}

std::string version_of(const Household& household) {
  auto line = [](Result result, const std::optional<Date>& on) {
    return std::string(to_text(result)) + (on ? on->iso() : "");
  };
  std::string said = line(household.result, household.result_on);
  if (household.differs) said += "|" + line(household.differs->result, household.differs->on);
  return crypto::to_hex(crypto::sha256(said).substr(0, 6));
}

FieldProblem differing_result(Result known) {
  constexpr std::array<std::string_view, 5> kZh = {"还没去", "没有符合的人", "已登记", "不愿登记", "家里没人"};
  constexpr std::array<std::string_view, 5> kEn = {"not visited", "nobody eligible", "registered", "declined",
                                                   "not home"};
  auto at = static_cast<std::size_t>(known);
  return problems::result_differs(kZh[at], kEn[at]);
}

Problem unknown_household() { return problems::unknown_household(); }

Household load_household(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id household) {
  return opened(keys, require_household(session, county, household), last_canvass(session, county));
}

std::vector<Household> find_households(db::Session& session, const crypto::KeyRing& keys,
                                       const HouseholdFilter& filter) {
  std::string county = county_of(filter.village);
  Id canvass = last_canvass(session, county);
  std::vector<Household> households;
  for (const store::Row& row : store::find_households(session, county, filter, canvass)) {
    households.push_back(opened(keys, row, canvass));
  }
  return households;
}

std::vector<NotedResult> list_results(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                                      Id household) {
  std::vector<NotedResult> results;
  for (NotedResult& noted : store::load_results(session, county, household)) {
    if (!noted.note.empty()) {
      noted.note = keys.field_cipher()->decrypt(noted.note, context("household_results.note", household));
    }
    results.push_back(std::move(noted));
  }
  return results;
}

std::vector<Part> completeness_of(db::Session& session, const std::string& area, Id canvass) {
  auto canvasses = store::load_canvasses(session, county_of(area));
  bool known = std::any_of(canvasses.begin(), canvasses.end(), [&](const Canvass& each) { return each.id == canvass; });
  if (!known) throw problems::unknown_canvass();
  int digits = area.size() == 6 ? 9 : area.size() == 9 ? 12 : 0;
  return store::sum_counts(session, area, canvass, digits);
}

}  // namespace tanfang::canvass
