#include "app/field/bundle_person.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "app/field/field_json.h"
#include "app/json/forms_json.h"
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
js::array findings_json(const std::vector<visits::StatusChange>& last, const forms::Vocabulary& vocabulary) {
  js::array list;
  for (const visits::StatusChange& change : last) {
    const forms::Indicator* indicator = vocabulary.indicator(change.indicator);
    js::object one{{"indicator", change.indicator},
                   {"words", to_json(indicator ? indicator->label : Words{change.indicator, change.indicator})},
                   {"status", forms::name_of(change.after)},
                   {"status_words", to_json(words_of(change.after))}};
    if (change.before) one["was"] = forms::name_of(*change.before);
    list.push_back(std::move(one));
  }
  return list;
}

void add_facts(const forms::Condition& condition, std::set<std::string>& asked) {
  if (condition.kind == forms::Condition::Kind::fact) asked.insert(condition.subject);
  for (const forms::Condition& part : condition.parts) add_facts(part, asked);
}

/// What the conditions of the form and its supplement ask of the person's file.
std::set<std::string> asked_facts(const forms::Form& form, const forms::Form* supplement) {
  std::set<std::string> asked;
  for (const forms::Section& section : form.sections) {
    for (const forms::Field& field : section.fields) {
      if (field.required_when) add_facts(*field.required_when, asked);
    }
  }
  if (supplement) asked.merge(asked_facts(*supplement, nullptr));
  return asked;
}

/// The days of a year on which each begins and ends: the phone tells by the day of the visit which there are.
js::array seasons_json(const schemes::Scheme& scheme) {
  js::array list;
  for (const schemes::Season& season : scheme.seasons) {
    list.push_back(js::object{{"id", season.id},
                              {"words", to_json(season.words)},
                              {"from", fmt::format("{:02}-{:02}", season.from_month, season.from_day)},
                              {"to", fmt::format("{:02}-{:02}", season.to_month, season.to_day)}});
  }
  return list;
}

}  // namespace

PersonEntries::PersonEntries(db::Session& session, const BundleGround& ground, Instant now, const std::string& county,
                             const std::vector<Id>& people)
    : session_(session),
      ground_(ground),
      today_(china_date(now)),
      policy_(ground.rooms.ground.classifier.policy_of(session, county)),
      words_(session, ground.rooms.ground.policies, county),
      reasons_(session, county, today_),
      files_(registry::open_files(session, ground.keys, county, people, today_)),
      lately_(visits::open_latest_visits(session, ground.keys, county, people, kRecentVisits)) {
  planning::Month month = planning::month_of(today_);
  owed_ = planning::list_kept_of(session, county, people, month, planning::add_months(month, 1), now);
}

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

std::optional<js::object> PersonEntries::entry_of(Id person, bool first_contact) {
  auto file = files_.find(person);
  if (file == files_.end()) return std::nullopt;
  const auto& [known, version, standing] = file->second;
  registry::Status status = standing.status_on(today_);
  if (status == registry::Status::moved_out || status == registry::Status::deceased) return std::nullopt;
  const Place& place = place_of(standing.area);
  js::object entry{{"id", format_id(person)},
                   {"version", version},
                   {"name", known.name},
                   {"sex", known.sex},
                   {"age", age_on(known.birth_date, today_)},
                   {"village", js::object{{"area", standing.area}, {"name", place.name}}},
                   {"address", known.address},
                   {"phone", known.phone},
                   {"contacts", contacts_json(known.contacts)},
                   {"status", registry::to_text(status)},
                   {"status_words", to_json(words_of(status))},
                   {"first_contact", first_contact}};
  if (place.point) {
    entry["point"] = js::object{{"latitude", place.point->latitude}, {"longitude", place.point->longitude}};
  }
  tell_verdict(file->second, entry);
  Owed& owed = owed_[person];
  for (planning::PlannedVisit& planned : owed) planned.village = standing.area;
  tell_owed(owed, standing.area, entry);
  tell_records(lately_[person], entry);
  return entry;
}

void PersonEntries::tell_verdict(const registry::OpenFile& file, js::object& entry) {
  const registry::Standing& standing = file.standing;
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
  tell_form(in_force, file.person, entry);
}

/// The visit form of the nearest scheme that has one, and what its conditions ask of the person.
void PersonEntries::tell_form(const std::vector<const schemes::Scheme*>& in_force, const registry::Person& known,
                              js::object& entry) {
  for (const schemes::Scheme* scheme : in_force) {
    for (const forms::Form* form : ground_.rooms.forms.all()) {
      if (form->use != forms::FormUse::visit || !form->id.starts_with(scheme->id + "/")) continue;
      forms_.emplace(form->id, scheme);
      entry["form"] = js::object{
          {"scheme", scheme->id}, {"form", form->id.substr(scheme->id.size() + 1)}, {"version", form->version}};
      std::set<std::string> asked = asked_facts(*form, ground_.rooms.forms.supplement_of(*form));
      js::object facts;
      for (const registry::FactOrigin& fact : known.facts) {
        if (asked.contains(fact.fact)) facts[fact.fact] = json::parse(fact.value);
      }
      if (!facts.empty()) entry["facts"] = std::move(facts);
      return;
    }
  }
}

js::array PersonEntries::forms() const {
  js::array list;
  for (const auto& [id, scheme] : forms_) {
    const forms::Form* form = ground_.rooms.forms.find(id);
    list.push_back(js::object{{"scheme", scheme->id},
                              {"form", id.substr(scheme->id.size() + 1)},
                              {"version", form->version},
                              {"definition", form_json(*form, ground_.rooms.forms.supplement_of(*form))},
                              {"seasons", seasons_json(*scheme)}});
  }
  return list;
}

/// Why they are due now, in front of why they are visited at all.
void PersonEntries::tell_reasons(const std::vector<planning::PlannedVisit>& owed, js::object& entry) {
  js::array why;
  for (const planning::PlannedVisit* due : due_now(owed, today_)) {
    if (why.size() + 1 < kMostReasons) why.push_back(to_json(reasons_.of(*due, words_.of(*due))));
  }
  for (js::value& category : entry["why"].as_array()) {
    if (why.size() < kMostReasons) why.push_back(std::move(category));
  }
  entry["why"] = std::move(why);
}

/// By which visits count while home visits are off.
void PersonEntries::add_remote_methods(const std::string& village, std::set<std::string>& methods) {
  for (const schemes::Scheme* scheme : policy_->in_force(village, today_)) {
    for (int i = 0; i < schemes::kMethodCount; ++i) {
      auto method = static_cast<schemes::Method>(i);
      if (scheme->epidemic_methods.holds(method)) methods.emplace(schemes::name_of(method));
    }
  }
}

void PersonEntries::tell_owed(const std::vector<planning::PlannedVisit>& owed, const std::string& village,
                              js::object& entry) {
  js::array list;
  for (const planning::PlannedVisit& planned : owed) {
    OwedWords words = words_.of(planned);
    js::object one{{"label", planned.label},
                   {"kind", planned.kind},
                   {"words", to_json(words.text)},
                   {"first_day", planned.first_day.iso()},
                   {"last_day", planned.last_day.iso()},
                   {"due_day", planned.due_day.iso()},
                   {"min", planned.min},
                   {"counted", planned.counted},
                   {"state", planned.state},
                   {"methods", js::array(planned.methods.begin(), planned.methods.end())}};
    if (planned.met_on) one["met_on"] = planned.met_on->iso();
    if (is_open(planned)) one["why"] = to_json(reasons_.of(planned, words));
    list.push_back(std::move(one));
  }
  entry["obligations"] = std::move(list);
  tell_reasons(owed, entry);
  std::set<std::string> methods = counting_methods(owed, today_);
  if (!methods.empty() && reasons_.home_visits_are_off(village)) add_remote_methods(village, methods);
  entry["methods"] = methods_json(methods);
}

void PersonEntries::tell_records(const visits::Lately& lately, js::object& entry) {
  js::array recent;
  for (const visits::Visit& visit : lately.recent) {
    recent.push_back(js::object{{"visit", format_id(visit.id)},
                                {"at", format_instant(visit.started_at)},
                                {"by", visit.visitor},
                                {"outcome", visits::to_text(visit.outcome)},
                                {"method", visit.method}});
  }
  entry["recent"] = std::move(recent);
  if (!lately.last) return;
  const visits::Visit& last = *lately.last;
  const forms::Vocabulary& vocabulary = ground_.rooms.forms.vocabulary(last.form.substr(0, last.form.find('/')));
  entry["last"] = js::object{{"visit", format_id(last.id)},
                             {"at", format_instant(last.started_at)},
                             {"by", last.visitor},
                             {"method", last.method},
                             {"form", last.form},
                             {"form_version", last.form_version},
                             {"answers", json::parse(last.answers)},
                             {"findings", findings_json(lately.changes, vocabulary)}};
}

}  // namespace tanfang::app::field
