#include "ledgers/departments.h"

#include <algorithm>
#include <boost/json.hpp>

#include "ledgers/ledgers_problems.h"
#include "ledgers/ledgers_store.h"
#include "platform/json/json.h"

namespace tanfang::ledgers {
namespace {

/// The registry's value of a fact as JSON text, empty where it is unknown.
std::string known_value(db::Session& session, const registry::PersonKey& key, const std::string& fact) {
  boost::json::value facts = json::parse(registry::load_facts(session, key));
  const boost::json::value* value = facts.as_object().if_contains(fact);
  return value == nullptr || value->is_null() ? std::string() : boost::json::serialize(*value);
}

}  // namespace

DepartmentMatcher::DepartmentMatcher(audit::Work& work, const LedgerImport& order, Id id, const Layout& layout)
    : work_(work), import_(order), id_(id), county_(order.area.substr(0, 6)) {
  if (order.kind == LedgerKind::disabled) {
    topics_ = {"disability_grade"};
    return;
  }
  topics_ = {"special_family", "ability", "dementia"};
  bool of_abilities = layout.find(Field::ability) != nullptr || layout.find(Field::dementia) != nullptr;
  lists_families_ = layout.find(Field::special_family) != nullptr || !of_abilities;
}

/// Who stands on the health department's list of families is certified; other columns say what they say.
registry::FactValues DepartmentMatcher::values_of(const CheckedRow& row) const {
  registry::FactValues values;
  for (const std::string& topic : topics_) {
    auto fact = std::find_if(row.person.facts.begin(), row.person.facts.end(),
                             [&](const registry::FactValue& one) { return one.fact == topic; });
    if (fact != row.person.facts.end()) {
      values.push_back(*fact);
    } else if (topic == "special_family" && lists_families_) {
      values.push_back({topic, "true"});
    }
  }
  return values;
}

bool DepartmentMatcher::propose(const CheckedRow& row, const registry::PersonKey& key, const std::string& kind,
                                LedgerResult& result, bool& any) {
  bool changed = false;
  for (const registry::FactValue& said : values_of(row)) {
    Difference difference;
    difference.found = known_value(work_.session, key, said.fact);
    if (difference.found == said.value && (kind == "fact" || row.has_number)) continue;
    difference.county = key.county;
    difference.id = work_.new_id();
    difference.person = key.id;
    difference.kind = kind;
    difference.source = to_text(import_.kind);
    difference.topic = said.fact;
    difference.said = said.value;
    difference.row = row.number;
    difference.found_on = work_.today();
    ++result.differences;
    any = true;
    changed = put_differences(work_.session, std::span(&difference, 1), id_) > 0 || changed;
  }
  return changed;
}

bool DepartmentMatcher::take(const CheckedRow& row, LedgerResult& result) {
  bool any = false;
  std::optional<registry::PersonKey> key;
  if (row.has_number) key = registry::find_person(work_.session, work_.keys, county_, row.person.citizen_number);
  if (key) {
    // One number under two names: a person decides whether it is the same one.
    bool same = find_name(work_.session, *key) == row.person.name;
    bool changed = propose(row, *key, same ? "fact" : "match", result, any);
    if (!any) ++result.unchanged;
    return changed;
  }
  std::string area = row.person.area.empty() ? county_ : row.person.area.substr(0, 9);
  auto namesakes = find_namesakes(work_.session, county_, row.person.name, row.person.birth_date.iso(), area);
  bool changed = false;
  for (Id person : namesakes) {
    changed = propose(row, registry::PersonKey{county_, person}, "match", result, any) || changed;
  }
  if (namesakes.empty()) {
    --result.accepted;
    result.repaired -= row.repaired ? 1 : 0;
    result.refused.push_back({row.number, {"person.not_found"}, row.part});
  }
  return changed;
}

std::vector<Difference> list_differences(db::Session& session, const DifferenceFilter& filter) {
  return select_differences(session, filter);
}

std::optional<Id> person_of_difference(db::Session& session, std::string_view county, Id id) {
  auto difference = find_difference(session, county, id);
  return difference ? std::optional(difference->person) : std::nullopt;
}

Id decide_difference(audit::Work& work, const registry::Classifier& classifier, std::string_view county, Id id,
                     bool accept, std::string_view reason) {
  auto difference = find_difference(work.session, county, id);
  if (!difference) throw problems::difference_unknown();
  if (difference->status != "open") throw problems::difference_decided();
  if (accept && difference->kind == "claim") throw problems::difference_not_acceptable();
  registry::PersonKey key{difference->county, difference->person};
  if (accept) {
    registry::state_facts(work, classifier, key, registry::Source::department, difference->source, work.today(),
                          {{difference->topic, difference->said}});
  }
  decide(work.session, county, id, accept ? "accepted" : "rejected", work.now, work.actor, reason);
  work.record({difference->county, "difference_decided", "person:" + format_id(difference->person),
               "{\"difference\":\"" + format_id(id) + "\",\"topic\":\"" + difference->topic +
                   "\",\"accepted\":" + (accept ? "true" : "false") + "}"});
  return difference->person;
}

}  // namespace tanfang::ledgers
