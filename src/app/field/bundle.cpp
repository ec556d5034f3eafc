#include "app/field/bundle.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "app/field/bundle_cursor.h"
#include "app/field/bundle_person.h"
#include "app/field/field_json.h"
#include "base/area_code.h"
#include "canvass/canvass.h"
#include "proposals/proposals.h"

namespace tanfang::app::field {
namespace {

namespace js = boost::json;

constexpr int kMostHouseholds = 5000;

/// What the phone has of one kind of entries, and what it will have.
class Part {
 public:
  explicit Part(std::string_view cursor) : before_(cursor) {}
  /// Notes the entry; whether the phone does not have it like this.
  bool is_news(Id id, const js::object& entry) {
    std::string digest = BundleCursor::digest_of(js::serialize(entry));
    bool news = !before_.has(id, digest);
    now_.put(id, std::move(digest));
    return news;
  }
  js::array gone() const {
    js::array ids;
    for (const auto& [id, digest] : before_.entries()) {
      if (!now_.entries().contains(id)) ids.emplace_back(format_id(id));
    }
    return ids;
  }
  std::string text() const { return now_.text(); }

 private:
  BundleCursor before_;
  BundleCursor now_;
};

/// People, forms, households and villages behind one another.
struct Parts {
  Part people;
  Part forms;
  Part households;
  Part villages;

  static Parts of(std::string_view cursor) {
    std::array<std::string_view, 4> texts;
    for (std::string_view& text : texts) {
      std::size_t end = std::min(cursor.find('.'), cursor.size());
      text = cursor.substr(0, end);
      cursor.remove_prefix(std::min(end + 1, cursor.size()));
    }
    return {Part(texts[0]), Part(texts[1]), Part(texts[2]), Part(texts[3])};
  }
  std::string text() const {
    return people.text() + "." + forms.text() + "." + households.text() + "." + villages.text();
  }
};

/// A number in the place of the form's name.
Id name_of(const js::value& id) {
  std::string_view form = id.as_string();
  std::int64_t number = 0;
  for (char c : crypto::sha256(form).substr(0, 7)) number = number << 8 | static_cast<unsigned char>(c);
  return Id{number};
}

std::vector<planning::Assignment> people_of(db::Session& session, const identity::Account& account) {
  std::string county = county_of(account.area);
  if (account.role == identity::Role::visitor) return planning::list_people_of(session, county, account.login);
  std::vector<planning::Assignment> people;
  for (Id person : planning::list_residents(session, account.area, static_cast<int>(kMostPeople) + 1)) {
    people.push_back({person, Id{}, false});
  }
  return people;
}

std::int64_t tell_people(db::Session& session, const BundleGround& ground, Instant now,
                         const identity::Account& account, Parts& parts, js::object& body) {
  std::string county = county_of(account.area);
  std::vector<planning::Assignment> people = people_of(session, account);
  std::size_t left_out = people.size() > kMostPeople ? people.size() - kMostPeople : 0;
  people.resize(people.size() - left_out);
  std::vector<Id> ids;
  for (const planning::Assignment& each : people) ids.push_back(each.person);
  PersonEntries entries(session, ground, now, county, ids);
  js::array told;
  for (const planning::Assignment& each : people) {
    auto entry = entries.entry_of(each.person, each.appointed);
    if (entry && parts.people.is_news(each.person, *entry)) told.push_back(*std::move(entry));
  }
  js::array forms;
  for (js::value& form : entries.forms()) {
    if (parts.forms.is_news(name_of(form.at("definition").at("id")), form.as_object()))
      forms.push_back(std::move(form));
  }
  auto count = static_cast<std::int64_t>(told.size());
  body["people"] = std::move(told);
  body["gone"] = parts.people.gone();
  body["forms"] = std::move(forms);
  body["limit"] = js::object{{"people", kMostPeople}, {"left_out", left_out}};
  return count;
}

/// The canvass that runs, for the clerk of a village.
void tell_canvass(db::Session& session, const BundleGround& ground, Instant now, const identity::Account& account,
                  Parts& parts, js::object& body) {
  if (account.role != identity::Role::village_clerk) return;
  auto canvasses = canvass::list_canvasses(session, county_of(account.area));
  if (canvasses.empty() || canvasses.front().ended_on) return;
  std::string name = area_name(session, account.area, china_date(now));
  canvass::HouseholdFilter filter;
  filter.village = account.area;
  filter.limit = kMostHouseholds;
  js::array households;
  for (const canvass::Household& household : canvass::find_households(session, ground.keys, filter)) {
    if (!household.listed) continue;
    js::object one{{"id", format_id(household.id)},
                   {"area", household.village},
                   {"area_name", name},
                   {"group", household.group},
                   {"number", household.place}};
    if (household.result_on) {
      one["result"] = js::object{{"result", canvass::to_text(household.result)}, {"on", household.result_on->iso()}};
    }
    if (household.differs) {
      one["differs"] =
          js::object{{"result", canvass::to_text(household.differs->result)}, {"on", household.differs->on.iso()}};
    }
    one["version"] = canvass::version_of(household);
    if (parts.households.is_news(household.id, one)) households.push_back(std::move(one));
  }
  const canvass::Canvass& running = canvasses.front();
  body["canvass"] = js::object{
      {"canvass",
       js::object{
           {"id", format_id(running.id)}, {"name", running.name}, {"from", running.begun_on.iso()}, {"to", nullptr}}},
      {"households", std::move(households)},
      {"gone", parts.households.gone()}};
}

/// The villages of an account that works in more than one; all of them where they are news.
void tell_villages(db::Session& session, Instant now, const identity::Account& account, Parts& parts,
                   js::object& body) {
  js::array villages = villages_json(session, account.area, china_date(now));
  if (villages.empty()) return;
  js::object list{{"villages", std::move(villages)}};
  if (parts.villages.is_news(Id{1}, list)) body["villages"] = std::move(list.at("villages"));
}

/// What the account proposed in the last 30 days, and what became of it.
js::array own_proposals(db::Session& session, const crypto::KeyRing& keys, Instant now,
                        const identity::Account& account) {
  constexpr std::int64_t kSince = 30 * 86'400'000LL;
  js::array lines;
  for (const proposals::Proposal& each :
       proposals::list_own_proposals(session, keys, std::string(county_of(account.area)), "account:" + account.login,
                                     {now.milliseconds - kSince})) {
    js::object line{{"key", each.key}, {"what", to_text(each.what)}, {"state", to_text(each.state)}};
    if (each.person) line["person"] = format_id(*each.person);
    if (!each.reason.empty()) line["reason"] = each.reason;
    if (each.decided_at) line["decided_at"] = format_instant(*each.decided_at);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::int64_t compose_bundle(db::Session& session, const BundleGround& ground, Instant now,
                            const identity::Account& account, const PublicKey& key, std::string_view cursor,
                            js::object& body) {
  Parts parts = Parts::of(cursor);
  body = {{"server_time", format_instant(now)},
          {"account", account_json(session, account, china_date(now))},
          {"key", to_json(key)},
          {"proposals", own_proposals(session, ground.keys, now, account)}};
  std::int64_t people = tell_people(session, ground, now, account, parts, body);
  tell_canvass(session, ground, now, account, parts, body);
  tell_villages(session, now, account, parts, body);
  body["cursor"] = parts.text();
  return people;
}

void record_bundle(audit::Work& work, const identity::Device& device, std::int64_t people) {
  work.record({county_of(device.account.area), "bundle_taken", "account:" + device.account.login,
               "{\"device\":\"" + format_id(device.id) + "\",\"people\":" + std::to_string(people) + "}"});
}

}  // namespace tanfang::app::field
