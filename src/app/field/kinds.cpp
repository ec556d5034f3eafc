#include "app/field/kinds.h"

#include <algorithm>
#include <boost/json.hpp>

#include "app/field/parcels_problems.h"
#include "base/area_code.h"
#include "canvass/canvass.h"
#include "identity/identity.h"
#include "platform/json/json.h"

namespace tanfang::app::field {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::int64_t kClockSlack = 300'000;

std::string text_of(const js::object& content, const char* name) {
  const js::value* given = content.if_contains(name);
  return given && given->is_string() ? std::string(given->get_string()) : std::string();
}

/// Unique in the county, where other senders have keys of their own.
std::string visit_key(const Parcel& parcel) {
  std::string digest = crypto::to_hex(crypto::sha256(parcel.key).substr(0, 16));
  return "parcel:" + format_id(parcel.sender.account) + ":" + digest;
}

/// What `visits::read_entry` reads: times moved by the clock, the person as an object.
js::object entry_of(const Parcel& parcel, js::object content, Instant now) {
  content["person"] = js::object{{"id", text_of(content, "person")}};
  content["key"] = visit_key(parcel);
  content["visitor"] = parcel.sender.login;
  // A form that changed since is checked as it is now.
  content.erase("form_version");
  auto started = moved_instant(parcel, text_of(content, "started_at"));
  auto ended = moved_instant(parcel, text_of(content, "ended_at"));
  if (started && ended) {
    // A clock that is a little ahead is no visit in the future.
    std::int64_t ahead = ended->milliseconds - now.milliseconds;
    if (ahead > 0 && ahead <= kClockSlack) {
      started->milliseconds -= ahead;
      ended->milliseconds -= ahead;
    }
    content["started_at"] = format_instant(*started);
    content["ended_at"] = format_instant(*ended);
  }
  if (auto next = moved_date(parcel, text_of(content, "next_on"))) content["next_on"] = next->iso();
  return content;
}

std::string with_sending(const Parcel& parcel, const std::string& evidence) {
  js::object all;
  if (!evidence.empty()) all = json::parse(evidence).as_object();
  all["device"] = format_id(parcel.device);
  if (parcel.clock_off != 0) all["clock_off_seconds"] = parcel.clock_off / 1000;
  if (!parcel.accepted_by.empty()) all["accepted_by"] = parcel.accepted_by;
  return js::serialize(all);
}

/// The day on which it was done; of a phone that does not say it, the day it arrives. As with visits a clock that is a
/// little ahead is no day in the future.
Date day_of(const Parcel& parcel, const js::object& content, Instant now) {
  Date today = china_date(now);
  if (!content.contains("on")) return today;
  auto on = moved_date(parcel, text_of(content, "on"));
  if (!on) throw parcel_content();
  bool little_ahead = *on <= china_date(Instant{now.milliseconds + kClockSlack});
  return little_ahead ? std::min(*on, today) : *on;
}

}  // namespace

std::string reach_of(db::Session& session, const identity::Principal& sender, Id person) {
  std::string county = county_of(sender.area);
  bool own = visits::is_visitor_of(session, {county, person}, sender.login);
  for (const auto& each : planning::list_people_of(session, county, sender.login)) own = own || each.person == person;
  return own ? county : sender.area;
}

Verdict receive_attachment(audit::Work& work, const visits::Ground&, const Parcel& parcel) {
  identity::require(parcel.sender, Permission::visits_record);
  bool fresh = visits::put_attachment(work, county_of(parcel.sender.area), parcel.key, parcel.content);
  return {{}, !fresh};
}

Verdict receive_visit(audit::Work& work, const visits::Ground& ground, const Parcel& parcel) {
  identity::require(parcel.sender, Permission::visits_record);
  js::object content = content_of(parcel);
  std::string person = text_of(content, "person");
  std::string key;
  visits::VisitEntry entry = visits::read_entry(js::serialize(entry_of(parcel, std::move(content), work.now)), key);
  entry.evidence = with_sending(parcel, entry.evidence);
  std::string reach = reach_of(work.session, parcel.sender, parse_id(person).value_or(Id{}));
  visits::PreparedVisit prepared =
      visits::prepare_visit(work.session, ground, work.keys, work.ids, work.now, reach, entry);
  visits::Recorded recorded = visits::record_visit(work, ground, prepared);
  return {recorded.id, recorded.status == visits::Recording::repeated, {}, std::move(recorded.notices)};
}

Verdict receive_household_result(audit::Work& work, const visits::Ground&, const Parcel& parcel) {
  js::object content = content_of(parcel);
  std::string county = county_of(parcel.sender.area);
  auto result = canvass::parse_result(text_of(content, "result"));
  if (!result || *result == canvass::Result::open) throw household_result_unknown();
  Id household = parse_id(text_of(content, "household")).value_or(Id{});
  std::string seen = text_of(content, "base_version");
  if (const js::value* fresh = content.if_contains("new_household"); fresh && fresh->is_object()) {
    const js::object& said = fresh->get_object();
    std::string village = text_of(said, "village");
    identity::require(parcel.sender, Permission::people_write, village);
    if (village.size() != 12) throw canvass::unknown_household();
    household = canvass::list_households(work, village, {{text_of(said, "group"), text_of(said, "place")}}).last;
  }
  canvass::Household known = canvass::load_household(work.session, work.keys, county, household);
  if (!identity::reaches(parcel.sender, known.village, Permission::people_write) ||
      !identity::may(parcel.sender, Permission::people_write)) {
    throw canvass::unknown_household();
  }
  if (content.contains("new_household")) seen = canvass::version_of({});
  Date on = day_of(parcel, content, work.now);
  std::string note = text_of(content, "note");
  auto noting = canvass::note_result(work, county, household, *result, on, note,
                                     seen.empty() ? std::nullopt : std::optional(seen));
  Verdict verdict{household};
  if (noting == canvass::Noting::differs) verdict.notices.push_back(canvass::differing_result(known.result));
  return verdict;
}

}  // namespace tanfang::app::field
