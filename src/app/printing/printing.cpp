#include "app/printing/printing.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "app/printing/prefilled.h"
#include "app/printing/printing_problems.h"
#include "platform/json/json.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

constexpr int kMostOfPerson = 10000;
constexpr std::string_view kSignature = "visit.signature";

const forms::Form& find_form(const PrintingGround& ground, const std::string& id) {
  const forms::Form* form = ground.forms.find(id);
  if (form == nullptr) throw unknown_form();
  return *form;
}

std::string scheme_of(const forms::Form& form) { return form.id.substr(0, form.id.find('/')); }

/// The names of the village and of the town above it; empty where the table has none.
void name_places(db::Session& session, const std::string& area, Date today, Prefilling& from) {
  auto areas = registry::AreaIndex::from_table(session, area, today);
  auto name = [&](std::size_t level) {
    const registry::Area* found = area.size() < level ? nullptr : areas.find(area.substr(0, level));
    return found == nullptr ? std::string() : found->name;
  };
  from.town = name(9);
  from.village = name(12);
}

/// Everything that one print of a person's form rests on.
struct Print {
  const PrintingGround& ground;
  const forms::Form& form;
  registry::Person person;
  registry::Standing standing;
  Prefilling from;

  Print(audit::Work& work, const PrintingGround& its_ground, const forms::Form& its_form,
        const registry::PersonKey& key, const std::string& reason, Date on)
      : ground(its_ground),
        form(its_form),
        person(reason.empty() ? registry::load_person(work.session, work.keys, key)
                              : registry::reveal_person(work, key, {}, reason)),
        standing(registry::load_standing(work.session, key, on, on)),
        from{person, standing.classification_on(scheme_of(its_form), on), "", "", nullptr, 0, on} {
    name_places(work.session, person.area, work.today(), from);
  }

  paper::Sheet sheet(const forms::Form& its_form, const js::object& answers) const {
    paper::Sheet made{&its_form, &ground.layouts.of(its_form.id), {}};
    made.filling.answers = &answers;
    made.filling.context.facts = facts_of(person);
    made.filling.context.date = from.today;
    made.filling.person = format_id(person.key.id);
    made.filling.name = person.name;
    if (from.visit != nullptr) made.filling.record = format_id(from.visit->id);
    return made;
  }
};

void note(audit::Work& work, const std::string& county, const std::string& subject, const forms::Form& form, int copies,
          bool masked) {
  work.record({county, "form_printed", subject,
               js::serialize(js::object{{"form", form.id}, {"copies", copies}, {"masked", masked}})});
}

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

bool is_yearly(const forms::Form& form) {
  return std::any_of(form.blocks.begin(), form.blocks.end(),
                     [](const forms::Block& block) { return !block.repeat.empty(); });
}

/// The newest record of each quarter of the visit's year, the visit itself in its own.
std::vector<js::object> year_of(audit::Work& work, const Print& print, const std::vector<visits::Visit>& all,
                                const std::string& reason) {
  std::vector<js::object> quarters(4);
  std::vector<bool> found(4);
  Date day = china_date(print.from.visit->started_at);
  auto place = [](Date on) { return static_cast<std::size_t>(on.month() - 1) / 3; };
  quarters[place(day)] = answers_of(print.form, print.from);
  found[place(day)] = true;
  for (const visits::Visit& visit : all) {
    Date on = china_date(visit.started_at);
    if (!stands(visit) || visit.form != print.form.id || on.year() != day.year() || found[place(on)]) continue;
    visits::Visit revealed = visits::reveal_visit(work, visit.county, visit.id, reason);
    Prefilling from = print.from;
    from.visit = &revealed;
    quarters[place(on)] = answers_of(print.form, from);
    found[place(on)] = true;
  }
  return quarters;
}

/// The signature that the phone took, where it is a picture that can be drawn.
void sign(audit::Work& work, const Print& print, paper::Sheet& sheet) {
  const visits::Visit& visit = *print.from.visit;
  js::value evidence = json::parse(visit.evidence.empty() ? "{}" : visit.evidence);
  const js::value* digest = evidence.as_object().if_contains("signature");
  if (digest == nullptr || !digest->is_string()) return;
  visits::Attachment shown = visits::show_attachment(work, print.person.key, std::string(digest->get_string()));
  for (const forms::Section& section : print.form.sections) {
    for (const forms::Field& field : section.fields) {
      if (field.prefill == kSignature) sheet.filling.signatures[field.code] = shown.content;
    }
  }
}

}  // namespace

std::string print_blank(const PrintingGround& ground, const std::string& id, int copies, Instant now) {
  const forms::Form& form = find_form(ground, id);
  return paper::print_pdf({paper::Sheet{&form, &ground.layouts.of(id), {}}}, copies, now);
}

std::string print_person(audit::Work& work, const PrintingGround& ground, const registry::PersonKey& key,
                         const std::string& id, const std::string& reason, int copies) {
  const forms::Form& form = find_form(ground, id);
  Print print(work, ground, form, key, reason, work.today());
  js::object answers = prefilled(form, print.from);
  note(work, key.county, "person:" + format_id(key.id), form, copies, reason.empty());
  return paper::print_pdf({print.sheet(form, answers)}, copies, work.now);
}

std::string print_visit(audit::Work& work, const PrintingGround& ground, const std::string& county, Id id,
                        const std::string& reason, int copies) {
  visits::Visit visit = visits::reveal_visit(work, county, id, reason);
  const forms::Form& form = find_form(ground, visit.form);
  registry::PersonKey key{county, visit.person};
  Print print(work, ground, form, key, reason, china_date(visit.started_at));
  auto all = visits::list_visits_of_person(work.session, work.keys, key, kMostOfPerson);
  print.from.visit = &visit;
  print.from.visit_number = static_cast<int>(std::count_if(all.begin(), all.end(), [&](const visits::Visit& other) {
    return stands(other) && other.started_at <= visit.started_at;
  }));
  js::object answers = answers_of(form, print.from);
  std::vector<js::object> quarters;
  std::vector<paper::Sheet> sheets{print.sheet(form, answers)};
  if (is_yearly(form)) {
    quarters = year_of(work, print, all, reason);
    for (const js::object& quarter : quarters) sheets.front().filling.quarters.push_back(&quarter);
  }
  sign(work, print, sheets.front());
  const forms::Form* supplement = ground.forms.supplement_of(form);
  if (says_something(supplement, answers)) sheets.push_back(print.sheet(*supplement, answers));
  note(work, county, "visit:" + format_id(id), form, copies, false);
  return paper::print_pdf(sheets, copies, work.now);
}

std::string form_of_person(db::Session& session, const PrintingGround& ground, const registry::PersonKey& key,
                           Date today) {
  auto policy = ground.classifier.policy_of(session, key.county);
  for (const schemes::Scheme* scheme : policy->in_force(registry::area_of(session, key), today)) {
    for (forms::FormUse use : {forms::FormUse::registration, forms::FormUse::visit}) {
      for (const forms::Form* form : ground.forms.all()) {
        if (form->use == use && scheme_of(*form) == scheme->id) return form->id;
      }
    }
  }
  throw unknown_form();
}

}  // namespace tanfang::app
