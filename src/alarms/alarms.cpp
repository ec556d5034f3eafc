#include "alarms/alarms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "alarms/alarms_entry.h"
#include "alarms/alarms_problems.h"
#include "alarms/alarms_store.h"
#include "base/area_code.h"
#include "base/text.h"

namespace tanfang::alarms {
namespace {

constexpr std::array<std::string_view, 3> kStates = {"reported", "acknowledged", "closed"};
constexpr std::size_t kShortestOutcome = 2;
constexpr std::size_t kLongestOutcome = 1'000;

std::string context(std::string_view column, Id row) { return std::string(column) + ":" + format_id(row); }

Emergency opened(const crypto::KeyRing& keys, store::Row row) {
  Emergency emergency = std::move(row.emergency);
  auto cipher = keys.field_cipher();
  if (!row.content.empty()) {
    read_content(cipher->decrypt(row.content, context("emergencies.content", emergency.id)), emergency.report);
  }
  if (!emergency.outcome.empty()) {
    emergency.outcome = cipher->decrypt(emergency.outcome, context("emergencies.outcome", emergency.id));
  }
  return emergency;
}

store::Row required(db::Session& session, const std::string& county, Id emergency) {
  auto row = store::find(session, county, emergency);
  if (!row) throw problems::unknown();
  return std::move(*row);
}

void acknowledge(audit::Work& work, Emergency& emergency) {
  emergency.state = State::acknowledged;
  emergency.acknowledged_at = work.now;
  emergency.acknowledged_by = work.actor;
}

void record(audit::Work& work, const char* kind, const Emergency& emergency) {
  work.record({emergency.county, kind, "emergency:" + format_id(emergency.id),
               fmt::format(R"({{"what":"{}"}})", to_text(emergency.report.what))});
}

}  // namespace

std::string_view to_text(State state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<State> parse_state(std::string_view text) {
  auto found = std::find(kStates.begin(), kStates.end(), text);
  if (found == kStates.end()) return std::nullopt;
  return static_cast<State>(found - kStates.begin());
}

Reported report_emergency(audit::Work& work, const Reporter& reporter, Report report) {
  if (auto sent = store::find_sent(work.session, reporter.county, reporter.actor, reporter.key)) {
    work.unchanged();
    return {*sent, true};
  }
  auto moved = [&](Instant at) {
    return Instant{std::min(at.milliseconds + reporter.clock_off_seconds * 1000, work.now.milliseconds)};
  };
  report.at = report.at ? moved(*report.at) : work.now;
  for (Called& call : report.called) call.at = moved(call.at);
  store::Row row;
  Emergency& emergency = row.emergency;
  emergency.county = reporter.county;
  emergency.id = work.new_id();
  emergency.area = reporter.area;
  emergency.person = reporter.person;
  emergency.reported_at = work.now;
  emergency.reported_by = reporter.actor;
  emergency.clock_off_seconds = reporter.clock_off_seconds;
  emergency.doubt = reporter.doubt;
  row.key = reporter.key;
  row.change = work.new_id();
  row.content = work.keys.field_cipher()->encrypt(write_content(report), context("emergencies.content", emergency.id));
  emergency.report = std::move(report);
  store::insert(work.session, row);
  record(work, "emergency_reported", emergency);
  return {emergency.id, false};
}

void acknowledge_emergency(audit::Work& work, const std::string& county, Id id) {
  store::Row row = required(work.session, county, id);
  if (row.emergency.state != State::reported) return work.unchanged();
  acknowledge(work, row.emergency);
  row.change = work.new_id();
  store::update(work.session, row);
  record(work, "emergency_acknowledged", row.emergency);
}

void close_emergency(audit::Work& work, const std::string& county, Id id, std::string_view outcome) {
  std::string text = trimmed(outcome);
  if (length_of(text) < kShortestOutcome || length_of(text) > kLongestOutcome) throw problems::outcome();
  store::Row row = required(work.session, county, id);
  Emergency& emergency = row.emergency;
  if (emergency.state == State::closed) throw problems::closed();
  if (emergency.state == State::reported) acknowledge(work, emergency);
  emergency.state = State::closed;
  emergency.closed_at = work.now;
  emergency.closed_by = work.actor;
  emergency.outcome = work.keys.field_cipher()->encrypt(text, context("emergencies.outcome", id));
  row.change = work.new_id();
  store::update(work.session, row);
  record(work, "emergency_closed", emergency);
}

void tell_county(audit::Work& work, const std::string& county, bool told) {
  if (is_county_told(work.session, county) == told) return work.unchanged();
  store::put_telling(work.session, county, told);
  work.record({county, "emergency_telling_changed", "county:" + county,
               std::string("{\"county_told\":") + (told ? "true" : "false") + "}"});
}

std::int64_t erase_emergencies(audit::Work& work, const std::string& county, Id person) {
  std::int64_t erased = store::erase(work.session, county, person);
  if (erased == 0) {
    work.unchanged();
    return 0;
  }
  work.record(
      {county, "emergencies_erased", "person:" + format_id(person), fmt::format(R"({{"emergencies":{}}})", erased)});
  return erased;
}

Problem unknown_emergency() { return problems::unknown(); }

Emergency load_emergency(db::Session& session, const crypto::KeyRing& keys, const std::string& county, Id emergency) {
  return opened(keys, required(session, county, emergency));
}

std::vector<Emergency> list_emergencies(db::Session& session, const crypto::KeyRing& keys, const Filter& filter) {
  std::vector<Emergency> emergencies;
  for (store::Row& row : store::list(session, county_of(filter.area), filter)) {
    emergencies.push_back(opened(keys, std::move(row)));
  }
  return emergencies;
}

std::vector<Change> list_changes(db::Session& session, Id after) { return store::list_changes(session, after); }

std::int64_t count_reported(db::Session& session, const std::string& area) {
  return store::count(session, county_of(area), area, State::reported);
}

}  // namespace tanfang::alarms
