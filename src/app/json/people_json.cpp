// People as JSON objects.
#include <boost/json.hpp>

#include "app/json/people_json.h"

namespace tanfang::app::people {

namespace js = boost::json;

namespace {

js::value date_or_null(const std::optional<Date>& date) { return date ? js::value(date->iso()) : js::value(nullptr); }

js::object facts_of(const registry::FactValues& values) {
  js::object facts;
  for (const registry::FactValue& value : values) facts[value.fact] = js::parse(value.value);
  return facts;
}

js::object to_json(const registry::FactOrigin& fact) {
  return {{"value", js::parse(fact.value)},
          {"source", registry::to_text(fact.source)},
          {"speaker", fact.speaker},
          {"date", fact.date.iso()},
          {"statement", format_id(fact.statement)}};
}

js::object to_json(const registry::Contact& contact) {
  return {{"kind", contact.kind},
          {"name", contact.name},
          {"phone", contact.phone},
          {"relation", contact.relation},
          {"note", contact.note}};
}

js::object to_json(const registry::HouseholdMember& member) {
  return {{"name", member.name},     {"relation", member.relation}, {"sex", member.sex},
          {"health", member.health}, {"welfare", member.welfare},   {"citizen_number", member.citizen_number}};
}

js::object to_json(const registry::Consent& consent) {
  return {{"kind", consent.kind}, {"given", consent.given}, {"on", consent.on.iso()}, {"note", consent.note}};
}

template <typename Items>
js::array list_of(const Items& items) {
  js::array list;
  for (const auto& item : items) list.push_back(to_json(item));
  return list;
}

}  // namespace

js::array to_json(const std::vector<std::string>& words) {
  js::array list;
  for (const std::string& word : words) list.emplace_back(word);
  return list;
}

js::object to_json(const registry::Person& person) {
  js::object facts;
  for (const registry::FactOrigin& fact : person.facts) facts[fact.fact] = to_json(fact);
  return {{"id", format_id(person.key.id)},
          {"county", person.key.county},
          {"area", person.area},
          {"name", person.name},
          {"sex", person.sex},
          {"birth_date", person.birth_date.iso()},
          {"citizen_number", person.citizen_number},
          {"phone", person.phone},
          {"address", person.address},
          {"registered_on", person.registered_on.iso()},
          {"facts", std::move(facts)},
          {"contacts", list_of(person.contacts)},
          {"household", list_of(person.household)},
          {"consents", list_of(person.consents)}};
}

js::object to_json(const registry::Found& found) {
  return {{"id", format_id(found.key.id)},
          {"county", found.key.county},
          {"area", found.area},
          {"name", found.name},
          {"sex", found.sex},
          {"birth_date", found.birth_date.iso()},
          {"citizen_number", found.citizen_number},
          {"status", registry::to_text(found.status)}};
}

js::object to_json(const registry::StatementRecord& record) {
  return {{"id", format_id(record.id)},
          {"source", registry::to_text(record.source)},
          {"speaker", record.speaker},
          {"said_on", record.said_on.iso()},
          {"recorded_at", format_instant(record.recorded_at)},
          {"actor", record.actor},
          {"facts", facts_of(record.facts)},
          {"changed", to_json(record.changed)}};
}

js::object to_json(const registry::Explanation& explanation) {
  js::array reasons;
  for (const schemes::Reason& reason : explanation.reasons) {
    reasons.push_back(js::object{{"rule", reason.rule},
                                 {"cite", reason.cite},
                                 {"text", js::object{{"zh", reason.text.zh}, {"en", reason.text.en}}}});
  }
  return {{"scheme", explanation.scheme},
          {"version", explanation.version},
          {"because", std::move(reasons)},
          {"missing", to_json(explanation.missing)}};
}

js::object to_json(const registry::Classification& verdict) {
  js::value eligible = "unknown";
  if (verdict.eligible) eligible = *verdict.eligible;
  return {{"scheme", verdict.scheme},
          {"version", verdict.version},
          {"valid_from", verdict.valid_from.iso()},
          {"valid_to", date_or_null(verdict.valid_to)},
          {"eligible", eligible},
          {"tier", verdict.tier.empty() ? js::value(nullptr) : js::value(verdict.tier)},
          {"categories", to_json(verdict.categories)},
          {"possible_categories", to_json(verdict.possible_categories)},
          {"possible_tiers", to_json(verdict.possible_tiers)},
          {"obligations", js::parse(verdict.obligations)}};
}

js::object to_json(const registry::StatusSpan& span) {
  return {{"status", registry::to_text(span.status)},
          {"valid_from", span.valid_from.iso()},
          {"valid_to", date_or_null(span.valid_to)},
          {"reason", span.reason},
          {"recorded_at", format_instant(span.recorded_at)}};
}

js::object to_json(const registry::Transfer& transfer) {
  // Whose file it is stays with the county that holds it.
  js::value county = nullptr, person = nullptr;
  if (!transfer.county.empty()) {
    county = js::string(transfer.county);
    person = js::string(format_id(transfer.person));
  }
  return {{"county", std::move(county)},
          {"id", format_id(transfer.id)},
          {"person", std::move(person)},
          {"to_area", transfer.to_area},
          {"proposed_on", transfer.proposed_on.iso()},
          {"status", transfer.status}};
}

}  // namespace tanfang::app::people
