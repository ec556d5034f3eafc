#include "ledgers/departments.h"

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

DepartmentMatcher::DepartmentMatcher(audit::Work& work, const LedgerImport& order, Id id)
    : work_(work),
      import_(order),
      id_(id),
      county_(order.area.substr(0, 6)),
      fact_(order.kind == LedgerKind::health ? "special_family" : "disability_grade") {}

/// Who stands on the health department's list is certified; the federation's list says the grade.
std::optional<std::string> DepartmentMatcher::value_of(const CheckedRow& row) const {
  for (const registry::FactValue& fact : row.person.facts) {
    if (fact.fact == fact_) return fact.value;
  }
  if (import_.kind == LedgerKind::health) return "true";
  return std::nullopt;
}

bool DepartmentMatcher::propose(const CheckedRow& row, const registry::PersonKey& key, const std::string& kind,
                                const std::string& said, const std::string& found, LedgerResult& result) {
  Difference difference;
  difference.county = key.county;
  difference.id = work_.new_id();
  difference.person = key.id;
  difference.kind = kind;
  difference.source = to_text(import_.kind);
  difference.topic = fact_;
  difference.said = said;
  difference.found = found;
  difference.row = row.number;
  difference.found_on = work_.today();
  ++result.differences;
  return put_differences(work_.session, std::span(&difference, 1), id_) > 0;
}

bool DepartmentMatcher::take(const CheckedRow& row, LedgerResult& result) {
  auto said = value_of(row);
  std::optional<registry::PersonKey> key;
  if (row.has_number) key = registry::find_person(work_.session, work_.keys, county_, row.person.citizen_number);
  if (key && said) {
    std::string found = known_value(work_.session, *key, fact_);
    if (found == *said) {
      ++result.unchanged;
      return false;
    }
    return propose(row, *key, "fact", *said, found, result);
  }
  if (key) {  // on the list without a value that could be read
    ++result.unchanged;
    return false;
  }
  std::string area = row.person.area.empty() ? county_ : row.person.area.substr(0, 9);
  auto namesakes = find_namesakes(work_.session, county_, row.person.name, row.person.birth_date.iso(), area);
  bool changed = false;
  for (Id person : namesakes) {
    registry::PersonKey candidate{county_, person};
    std::string found = known_value(work_.session, candidate, fact_);
    if (said) changed = propose(row, candidate, "match", *said, found, result) || changed;
  }
  if (namesakes.empty()) {
    --result.accepted;
    result.repaired -= row.repaired ? 1 : 0;
    result.refused.push_back({row.number, {"person.not_found"}});
  }
  return changed;
}

std::vector<Difference> list_differences(db::Session& session, const DifferenceFilter& filter) {
  return select_differences(session, filter);
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
