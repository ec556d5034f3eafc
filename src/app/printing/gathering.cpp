#include "app/printing/gathering.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/printing/printing_problems.h"
#include "platform/json/json.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

constexpr int kMostOfPerson = 10000;
constexpr std::string_view kSignature = "visit.signature";

std::string scheme_of(const forms::Form& form) { return form.id.substr(0, form.id.find('/')); }

/// Everything that one print of a person's form rests on.
struct Subject {
  const Gathering& by;
  const forms::Form& form;
  registry::Person person;
  registry::Standing standing;
  Prefilling from;

  Subject(const Gathering& gathering, const forms::Form& its_form, const registry::PersonKey& key, Date on)
      : by(gathering),
        form(its_form),
        person(by.open.person(key)),
        standing(registry::load_standing(by.session, key, on, on)),
        from{person,
             standing.classification_on(scheme_of(its_form), on),
             by.places.name(person.area, 9),
             by.places.name(person.area, 12),
             nullptr,
             0,
             on,
             nullptr} {}

  paper::Sheet sheet(const forms::Form& its_form, const js::object& answers) const {
    paper::Sheet made{&its_form, &by.ground.layouts.of(its_form.id), {}, {}};
    made.filling.answers = &answers;
    made.filling.context.facts = facts_of(person);
    made.filling.context.date = from.today;
    made.filling.person = format_id(person.key.id);
    made.filling.name = person.name;
    if (from.visit != nullptr) made.filling.record = format_id(from.visit->id);
    return made;
  }
};

bool stands(const visits::Visit& visit) {
  return visit.outcome == visits::Outcome::met && visit.corrected_by.value == 0 && !visit.struck_at;
}

/// What the record says, over what the file says.
js::object answers_of(const forms::Form& form, const Prefilling& from) {
  js::object answers = prefilled(form, from);
  js::value given = json::parse(from.visit->answers.empty() ? "{}" : from.visit->answers);
  for (const auto& [code, value] : given.as_object()) answers[code] = value;
  return answers;
}

bool says_something(const forms::Form* supplement, const js::object& answers) {
  if (supplement == nullptr) return false;
  for (const forms::Section& section : supplement->sections) {
    for (const forms::Field& field : section.fields) {
      if (answers.contains(field.code)) return true;
    }
  }
  return false;
}

/// Who made the visit, by name or account, where the form asks more of them than the record says.
std::optional<planning::Visitor> visitor_of(const Gathering& by, const forms::Form& form, const visits::Visit& visit) {
  bool asked = false;
  for (const forms::Section& section : form.sections) {
    for (const forms::Field& field : section.fields) asked = asked || field.prefill.starts_with("visitor.");
  }
  if (!asked || visit.visitor.empty()) return std::nullopt;
  for (planning::Visitor& each : planning::list_visitors(by.session, visit.county)) {
    if (each.name == visit.visitor || each.login == visit.visitor) return std::move(each);
  }
  return std::nullopt;
}

/// The newest record of each quarter of the visit's year, the visit itself in its own.
std::vector<js::object> year_of(const Subject& subject, const std::vector<visits::Visit>& all) {
  std::vector<js::object> quarters(4);
  std::vector<bool> found(4);
  Date day = china_date(subject.from.visit->started_at);
  auto place = [](Date on) { return static_cast<std::size_t>(on.month() - 1) / 3; };
  quarters[place(day)] = answers_of(subject.form, subject.from);
  found[place(day)] = true;
  for (const visits::Visit& visit : all) {
    Date on = china_date(visit.started_at);
    if (!stands(visit) || visit.form != subject.form.id || on.year() != day.year() || found[place(on)]) continue;
    visits::Visit opened = subject.by.open.visit(visit.county, visit.id);
    Prefilling from = subject.from;
    from.visit = &opened;
    quarters[place(on)] = answers_of(subject.form, from);
    found[place(on)] = true;
  }
  return quarters;
}

js::object evidence_of(const visits::Visit& visit) {
  return json::parse(visit.evidence.empty() ? "{}" : visit.evidence).as_object();
}

std::string signature_of(const js::object& evidence) {
  const js::value* digest = evidence.if_contains("signature");
  return digest != nullptr && digest->is_string() ? std::string(digest->get_string()) : std::string();
}

/// The signature that the phone took.
void sign(const Subject& subject, paper::Sheet& sheet) {
  std::string digest = signature_of(evidence_of(*subject.from.visit));
  if (digest.empty()) return;
  std::string picture = subject.by.open.attachment(subject.person.key, digest);
  for (const forms::Section& section : subject.form.sections) {
    for (const forms::Field& field : section.fields) {
      if (field.prefill == kSignature) sheet.filling.signatures[field.code] = picture;
    }
  }
}

std::string place_text(const js::object& evidence) {
  const js::value* position = evidence.if_contains("position");
  if (position == nullptr || !position->is_object()) return "未记录位置";
  js::error_code error;
  double metres = position->get_object().at("accuracy_metres").to_number<double>(error);
  return error ? "未记录位置" : fmt::format("位置误差约 {:.0f} 米", metres);
}

/// The pictures that the record names beside its signature.
void add_photos(const Subject& subject, paper::Sheet& sheet) {
  const visits::Visit& visit = *subject.from.visit;
  if (!visit.attachments) return;
  js::object evidence = evidence_of(visit);
  std::string signature = signature_of(evidence);
  std::string said = format_instant(visit.started_at).substr(0, 16);
  std::replace(said.begin(), said.end(), 'T', ' ');
  std::string caption = fmt::format("{}　{}", said, place_text(evidence));
  for (const std::string& digest : *visit.attachments) {
    if (digest == signature) continue;
    sheet.photos.push_back({subject.by.open.attachment(subject.person.key, digest), caption});
  }
}

}  // namespace

PlaceNames::PlaceNames(db::Session& session, const std::string& area, Date today)
    : areas_(registry::AreaIndex::from_table(session, area, today)) {}

std::string PlaceNames::name(const std::string& area, std::size_t digits) const {
  const registry::Area* found = area.size() < digits ? nullptr : areas_.find(area.substr(0, digits));
  return found == nullptr ? std::string() : found->name;
}

const forms::Form& find_form(const PrintingGround& ground, const std::string& id) {
  const forms::Form* form = ground.forms.find(id);
  if (form == nullptr) throw unknown_form();
  return *form;
}

bool is_yearly(const forms::Form& form) {
  return std::any_of(form.blocks.begin(), form.blocks.end(),
                     [](const forms::Block& block) { return !block.repeat.empty(); });
}

Gathered gather_person(const Gathering& by, const forms::Form& form, const registry::PersonKey& key, Date on) {
  Subject subject(by, form, key, on);
  Gathered made;
  made.answers.push_back(prefilled(form, subject.from));
  made.sheets.push_back(subject.sheet(form, made.answers.back()));
  return made;
}

Gathered gather_visit(const Gathering& by, const visits::Visit& visit) {
  const forms::Form& form = find_form(by.ground, visit.form);
  Subject subject(by, form, {visit.county, visit.person}, china_date(visit.started_at));
  auto all = visits::list_visits_of_person(by.session, by.keys, subject.person.key, kMostOfPerson);
  subject.from.visit = &visit;
  std::optional<planning::Visitor> visitor = visitor_of(by, form, visit);
  if (visitor) subject.from.visitor = &*visitor;
  subject.from.visit_number = static_cast<int>(std::count_if(all.begin(), all.end(), [&](const visits::Visit& other) {
    return stands(other) && other.started_at <= visit.started_at;
  }));
  Gathered made;
  made.answers.push_back(answers_of(form, subject.from));
  const js::object& answers = made.answers.front();
  paper::Sheet sheet = subject.sheet(form, answers);
  if (is_yearly(form)) {
    for (js::object& quarter : year_of(subject, all)) {
      made.answers.push_back(std::move(quarter));
      sheet.filling.quarters.push_back(&made.answers.back());
    }
  }
  sign(subject, sheet);
  add_photos(subject, sheet);
  made.sheets.push_back(std::move(sheet));
  const forms::Form* supplement = by.ground.forms.supplement_of(form);
  if (says_something(supplement, answers)) made.sheets.push_back(subject.sheet(*supplement, answers));
  return made;
}

}  // namespace tanfang::app
