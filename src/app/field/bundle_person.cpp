#include "app/field/bundle_person.h"

#include <algorithm>
#include <boost/json.hpp>

#include "app/field/field_json.h"
#include "platform/json/json.h"

namespace tanfang::app::field {
namespace {

namespace js = boost::json;

constexpr std::size_t kMostReasons = 3;
constexpr int kRecentVisits = 5;

int age_on(Date birth, Date today) {
  std::string born = birth.iso();
  std::string now = today.iso();
  int years = std::stoi(now.substr(0, 4)) - std::stoi(born.substr(0, 4));
  return now.substr(5) < born.substr(5) ? years - 1 : years;
}

Words words_of(registry::Status status) {
  static const Words kWords[] = {{"在册", "registered"},
                                 {"谢绝探访", "declines visits"},
                                 {"暂停探访", "visits suspended"},
                                 {"已迁出", "moved out"},
                                 {"已去世", "deceased"}};
  return kWords[static_cast<std::size_t>(status)];
}

Words words_of(forms::Status status) {
  static const Words kWords[] = {{"差", "poor"}, {"一般", "fair"}, {"好", "good"}};
  return kWords[static_cast<std::size_t>(status)];
}

js::array contacts_json(const std::vector<registry::Contact>& contacts) {
  js::array list;
  for (const registry::Contact& contact : contacts) {
    list.push_back(js::object{{"name", contact.name}, {"relation", contact.relation}, {"phone", contact.phone}});
  }
  return list;
}

/// Of what is owed today: by another method a visit is kept, but does not count. Empty where nothing is owed.
std::set<std::string> counting_methods(const std::vector<planning::PlannedVisit>& owed, Date today) {
  std::set<std::string> methods;
  for (const planning::PlannedVisit& each : owed) {
    if (each.first_day > today || each.last_day < today) continue;
    methods.insert(each.methods.begin(), each.methods.end());
  }
  return methods;
}

js::array methods_json(const std::set<std::string>& counting) {
  Words asked;
  js::array list;
  for (int i = 0; i < schemes::kMethodCount; ++i) {
    auto method = static_cast<schemes::Method>(i);
    if (!counting.contains(std::string(schemes::name_of(method)))) continue;
    asked.zh += (asked.zh.empty() ? "" : "、") + schemes::words_of(method).zh;
    asked.en += (asked.en.empty() ? "" : ", ") + schemes::words_of(method).en;
  }
  for (int i = 0; i < schemes::kMethodCount; ++i) {
    auto method = static_cast<schemes::Method>(i);
    bool counts = counting.empty() || counting.contains(std::string(schemes::name_of(method)));
    js::object one{
        {"method", schemes::name_of(method)}, {"words", to_json(schemes::words_of(method))}, {"counts", counts}};
    if (!counts) {
      one["why_not"] = to_json(Words{"目前要求的方式是：" + asked.zh + "；用别的方式可以记录，但不计次",
                                     "what is owed now asks for: " + asked.en + "; other ways are kept, not counted"});
    }
    list.push_back(std::move(one));
  }
  return list;
}

/// The last known status of each indicator, and what it was before.
js::array findings_json(const std::vector<visits::StatusChange>& changes, const forms::Vocabulary& vocabulary) {
  std::map<std::string, const visits::StatusChange*> last;
  for (const visits::StatusChange& change : changes) last[change.indicator] = &change;
  js::array list;
  for (const auto& [code, change] : last) {
    const forms::Indicator* indicator = vocabulary.indicator(code);
    js::object one{{"indicator", code},
                   {"words", to_json(indicator ? indicator->label : Words{code, code})},
                   {"status", forms::name_of(change->after)},
                   {"status_words", to_json(words_of(change->after))}};
    if (change->before) one["was"] = forms::name_of(*change->before);
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

PersonEntries::PersonEntries(db::Session& session, const BundleGround& ground, Instant now, const std::string& county)
    : session_(session),
      ground_(ground),
      now_(now),
      today_(china_date(now)),
      county_(county),
      policy_(ground.rooms.ground.classifier.policy_of(session, county)),
      words_(session, ground.rooms.ground.policies, county) {}

const PersonEntries::Place& PersonEntries::place_of(const std::string& village) {
  auto [place, fresh] = places_.try_emplace(village);
  if (fresh) {
    place->second.name = area_name(session_, village, today_);
    for (const planning::AreaPoint& point : planning::list_points(session_, village)) {
      if (point.area == village) place->second.point = point;
    }
  }
  return place->second;
}

std::optional<js::object> PersonEntries::entry_of(Id person, bool first_contact,
                                                  const std::vector<planning::PlannedVisit>& owed) {
  registry::PersonKey key{county_, person};
  registry::Standing standing = registry::load_standing(session_, key, today_, today_);
  registry::Status status = standing.status_on(today_);
  if (status == registry::Status::moved_out || status == registry::Status::deceased) return std::nullopt;
  const Place& place = place_of(standing.area);
  js::object entry{{"id", format_id(person)},
                   {"version", registry::version_of(session_, key)},
                   {"village", js::object{{"area", standing.area}, {"name", place.name}}},
                   {"status", registry::to_text(status)},
                   {"status_words", to_json(words_of(status))},
                   {"first_contact", first_contact}};
  if (place.point) {
    entry["point"] = js::object{{"latitude", place.point->latitude}, {"longitude", place.point->longitude}};
  }
  tell_file(key, entry);
  tell_verdict(standing, entry);
  tell_owed(owed, entry);
  tell_records(key, entry);
  return entry;
}

void PersonEntries::tell_file(const registry::PersonKey& key, js::object& entry) {
  registry::Person file = registry::unmask_person(session_, ground_.keys, key);
  entry["name"] = file.name;
  entry["sex"] = file.sex;
  entry["age"] = age_on(file.birth_date, today_);
  entry["address"] = file.address;
  entry["phone"] = file.phone;
  entry["contacts"] = contacts_json(file.contacts);
}

void PersonEntries::tell_verdict(const registry::Standing& standing, js::object& entry) {
  entry["tier"] = js::object{{"id", ""}, {"words", to_json(Words{"未分层", "no tier"})}};
  js::array why;
  auto in_force = policy_->in_force(standing.area, today_);
  for (const schemes::Scheme* scheme : in_force) {
    const registry::Classification* verdict = standing.classification_on(scheme->id, today_);
    const schemes::Tier* tier = verdict ? scheme->find_tier(verdict->tier) : nullptr;
    if (!tier) continue;
    entry["tier"] = js::object{{"id", tier->id}, {"words", to_json(tier->words)}};
    for (const std::string& id : verdict->categories) {
      const auto* category = scheme->find_category(id);
      if (category && why.size() < kMostReasons) why.push_back(to_json(category->words));
    }
    break;
  }
  entry["why"] = std::move(why);
  tell_form(in_force, entry);
}

/// The visit form of the nearest scheme that has one.
void PersonEntries::tell_form(const std::vector<const schemes::Scheme*>& in_force, js::object& entry) {
  for (const schemes::Scheme* scheme : in_force) {
    for (const forms::Form* form : ground_.rooms.forms.all()) {
      if (form->use != forms::FormUse::visit || !form->id.starts_with(scheme->id + "/")) continue;
      forms_.insert(form->id);
      entry["form"] = js::object{
          {"scheme", scheme->id}, {"form", form->id.substr(scheme->id.size() + 1)}, {"version", form->version}};
      return;
    }
  }
}

void PersonEntries::tell_owed(const std::vector<planning::PlannedVisit>& owed, js::object& entry) {
  js::array list;
  for (planning::PlannedVisit planned : owed) {
    planned.village = entry.at("village").at("area").as_string();
    js::object one{{"label", planned.label},
                   {"kind", planned.kind},
                   {"words", to_json(words_.of(planned).text)},
                   {"first_day", planned.first_day.iso()},
                   {"last_day", planned.last_day.iso()},
                   {"due_day", planned.due_day.iso()},
                   {"min", planned.min},
                   {"counted", planned.counted},
                   {"state", planned.state},
                   {"methods", js::array(planned.methods.begin(), planned.methods.end())}};
    if (planned.met_on) one["met_on"] = planned.met_on->iso();
    list.push_back(std::move(one));
  }
  entry["obligations"] = std::move(list);
  entry["methods"] = methods_json(counting_methods(owed, today_));
}

void PersonEntries::tell_records(const registry::PersonKey& key, js::object& entry) {
  js::array recent;
  for (const visits::Visit& visit : visits::list_visits_of_person(session_, ground_.keys, key, kRecentVisits)) {
    recent.push_back(js::object{{"visit", format_id(visit.id)},
                                {"at", format_instant(visit.started_at)},
                                {"by", visit.visitor},
                                {"outcome", visits::to_text(visit.outcome)},
                                {"method", visit.method}});
  }
  entry["recent"] = std::move(recent);
  auto last = visits::open_latest_visit(session_, ground_.keys, key);
  if (!last) return;
  const forms::Vocabulary& vocabulary = ground_.rooms.forms.vocabulary(last->form.substr(0, last->form.find('/')));
  entry["last"] = js::object{{"visit", format_id(last->id)},
                             {"at", format_instant(last->started_at)},
                             {"by", last->visitor},
                             {"method", last->method},
                             {"form", last->form},
                             {"form_version", last->form_version},
                             {"answers", json::parse(last->answers)},
                             {"findings", findings_json(visits::load_status_changes(session_, key), vocabulary)}};
}

}  // namespace tanfang::app::field
