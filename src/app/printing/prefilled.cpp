#include "app/printing/prefilled.h"

#include <algorithm>

#include "base/text.h"
#include "platform/json/json.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

js::value text_or_null(const std::string& text) { return text.empty() ? js::value(nullptr) : js::value(text); }

const registry::Contact* contact_of(const registry::Person& person, std::initializer_list<std::string_view> kinds) {
  for (std::string_view kind : kinds) {
    for (const registry::Contact& contact : person.contacts) {
      if (contact.kind == kind) return &contact;
    }
  }
  return nullptr;
}

js::value of_contact(const registry::Contact* contact, std::string_view part) {
  if (contact == nullptr) return nullptr;
  return text_or_null(part == "name" ? contact->name : part == "phone" ? contact->phone : contact->note);
}

js::value household_of(const registry::Person& person) {
  js::array rows;
  for (const registry::HouseholdMember& member : person.household) {
    js::object row{{"name", text_or_null(member.name)},
                   {"sex", text_or_null(member.sex)},
                   {"citizen_number", text_or_null(member.citizen_number)},
                   {"relation", text_or_null(member.relation)},
                   {"health", text_or_null(member.health)}};
    if (!member.welfare.empty()) row["low_income_or_destitute"] = true;
    rows.push_back(std::move(row));
  }
  return rows.empty() ? js::value(nullptr) : js::value(std::move(rows));
}

js::value of_person(std::string_view source, const Prefilling& from) {
  const registry::Person& person = from.person;
  if (source == "name") return text_or_null(person.name);
  if (source == "sex") return text_or_null(person.sex);
  if (source == "age") return full_years(person.birth_date, from.today);
  if (source == "birth_month") return js::value(person.birth_date.iso().substr(0, 7));
  if (source == "citizen_number") return text_or_null(person.citizen_number);
  if (source == "phone") return text_or_null(person.phone);
  if (source == "address") return text_or_null(person.address);
  if (source == "town") return text_or_null(from.town);
  if (source == "village" || source == "area") return text_or_null(from.village);
  if (source == "registered_on") return js::value(person.registered_on.iso());
  if (source == "household") return household_of(person);
  if (from.verdict == nullptr) return nullptr;
  if (source == "tier") return text_or_null(from.verdict->tier);
  if (source != "categories") return nullptr;
  return js::value(js::array(from.verdict->categories.begin(), from.verdict->categories.end()));
}

js::value of_visit(std::string_view source, const Prefilling& from) {
  if (from.visit == nullptr) return nullptr;
  Date day = china_date(from.visit->started_at);
  if (source == "date") return js::value(day.iso());
  if (source == "year") return day.year();
  if (source == "quarter") return (day.month() + 2) / 3;
  if (source == "method") return text_or_null(from.visit->method);
  if (source == "visitor") return text_or_null(from.visit->visitor);
  if (source == "town") return text_or_null(from.town);
  if (source == "village") return text_or_null(from.village);
  if (source == "number" && from.visit_number > 0) return from.visit_number;
  return nullptr;
}

js::value of_visitor(std::string_view part, const Prefilling& from) {
  if (from.visitor == nullptr)
    return part == "name" && from.visit ? text_or_null(from.visit->visitor) : js::value(nullptr);
  return part == "name" ? text_or_null(from.visitor->name) : part == "kind" ? js::value(from.visitor->kind) : nullptr;
}

js::value of_fact(std::string_view name, const registry::Person& person) {
  for (const registry::FactOrigin& fact : person.facts) {
    if (fact.fact == name) return json::parse(fact.value);
  }
  return nullptr;
}

js::value of_source(const std::string& source, const Prefilling& from) {
  std::size_t dot = source.find('.');
  if (dot == std::string::npos) return nullptr;
  std::string part = source.substr(dot + 1);
  if (source.starts_with("fact.")) return of_fact(part, from.person);
  if (source.starts_with("person.")) return of_person(part, from);
  if (source.starts_with("visit.")) return of_visit(part, from);
  if (source.starts_with("emergency_contact.")) {
    return of_contact(contact_of(from.person, {"emergency", "first_contact"}), part);
  }
  if (source.starts_with("supporter.")) return of_contact(contact_of(from.person, {"supporter", "child"}), part);
  if (source.starts_with("helper.")) return of_contact(contact_of(from.person, {"helper"}), part);
  return source.starts_with("visitor.") ? of_visitor(part, from) : js::value(nullptr);
}

/// Only what the field offers: a person is in more categories than a form asks for. Of a visitor it offers 其他.
js::value among_options(const forms::Field& field, js::value value) {
  if (field.options.empty()) return value;
  auto offered = [&](const js::value& code) {
    return code.is_string() &&
           std::any_of(field.options.begin(), field.options.end(),
                       [&](const forms::Option& option) { return option.code == std::string_view(code.get_string()); });
  };
  if (!value.is_array()) {
    if (offered(value)) return value;
    bool other = field.prefill == "visitor.kind" && value.is_string() && offered("other");
    return other ? js::value("other") : js::value(nullptr);
  }
  js::array kept;
  for (const js::value& code : value.get_array()) {
    if (offered(code)) kept.push_back(code);
  }
  return kept.empty() ? js::value(nullptr) : js::value(std::move(kept));
}

}  // namespace

js::object prefilled(const forms::Form& form, const Prefilling& from) {
  js::object answers;
  for (const forms::Section& section : form.sections) {
    for (const forms::Field& field : section.fields) {
      if (field.prefill.empty()) continue;
      js::value value = among_options(field, of_source(field.prefill, from));
      if (!value.is_null()) answers[field.code] = std::move(value);
    }
  }
  return answers;
}

std::map<std::string, std::vector<std::string>> facts_of(const registry::Person& person) {
  std::map<std::string, std::vector<std::string>> facts;
  for (const registry::FactOrigin& fact : person.facts) {
    js::value value = json::parse(fact.value);
    auto& texts = facts[fact.fact];
    auto add = [&](const js::value& one) {
      if (one.is_string()) texts.emplace_back(one.get_string());
      if (one.is_bool()) texts.emplace_back(one.get_bool() ? "true" : "false");
      if (one.is_number()) texts.push_back(js::serialize(one));
    };
    if (value.is_array()) {
      for (const js::value& one : value.get_array()) add(one);
    } else {
      add(value);
    }
  }
  return facts;
}

}  // namespace tanfang::app
