// Why a verdict was what it was: worked out from the statements, under the version then in force.
#include <algorithm>

#include "registry/classification.h"
#include "registry/fact_book.h"
#include "registry/files_store.h"
#include "registry/statements_store.h"

namespace tanfang::registry {
namespace {

/// What was said of the person until the end of that day, as the file held it then.
KnownFacts facts_known_on(db::Session& session, const PersonKey& key, Date on) {
  KnownFacts known;
  for (const StatementRecord& record : load_statements(session, key)) {
    bool is_first = known.origins().empty();
    if (!is_first && record.said_on > on) continue;
    FactValues facts;
    for (const FactValue& value : record.facts) {
      bool counted = std::find(record.changed.begin(), record.changed.end(), value.fact) != record.changed.end();
      if (counted && value.fact != "name") facts.push_back(value);
    }
    known.take(facts, {}, {record.id, record.source, record.speaker, record.said_on});
  }
  return known;
}

}  // namespace

std::vector<Explanation> explain_person(db::Session& session, const Classifier& classifier, const PersonKey& key,
                                        Date on) {
  File file = load_file(session, key);
  auto policy = classifier.policy_of(session, key.county);
  FactBook book(policy->schemes().vocabulary());
  schemes::Facts facts(policy->schemes().vocabulary());
  book.fill(facts_known_on(session, key, on), facts);
  std::vector<Explanation> explanations;
  for (const schemes::Scheme* scheme : policy->in_force(file.area, on)) {
    schemes::Verdict verdict = schemes::classify(*scheme, facts, on);
    explanations.push_back({scheme->id, scheme->version, schemes::reasons(*scheme, facts, on, verdict),
                            schemes::missing_facts(*scheme, facts, on)});
  }
  return explanations;
}

}  // namespace tanfang::registry
