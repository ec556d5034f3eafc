// Why a verdict was what it was: worked out from the statements, under the version then in force.
#include <set>

#include "registry/classification.h"
#include "registry/fact_book.h"
#include "registry/fact_history.h"
#include "registry/files_store.h"
#include "registry/for_lists.h"
#include "registry/statements_store.h"
#include "registry/trial.h"

namespace tanfang::registry {
namespace {

std::vector<Explanation> explain(const CountyPolicy& policy, std::string_view area, const schemes::Facts& facts,
                                 Date on) {
  std::vector<Explanation> explanations;
  for (const schemes::Scheme* scheme : policy.in_force(area, on)) {
    schemes::Verdict verdict = schemes::classify(*scheme, facts, on);
    explanations.push_back({scheme->id, scheme->version, schemes::reasons(*scheme, facts, on, verdict),
                            schemes::missing_facts(*scheme, facts, on)});
  }
  return explanations;
}

}  // namespace

std::vector<Explanation> explain_person(db::Session& session, const Classifier& classifier, const PersonKey& key,
                                        Date on) {
  File file = load_file(session, key);
  auto policy = classifier.policy_of(session, key.county);
  FactBook book(policy->schemes().vocabulary());
  schemes::Facts facts(policy->schemes().vocabulary());
  book.fill(facts_known_on(load_statements(session, key), on), facts);
  return explain(*policy, file.area, facts, on);
}

std::map<Id, std::vector<std::string>> missing_facts_of(db::Session& session, const Classifier& classifier,
                                                        const std::string& county, const std::vector<Id>& people,
                                                        Date on) {
  auto policy = classifier.policy_of(session, county);
  FactBook book(policy->schemes().vocabulary());
  schemes::Facts facts(policy->schemes().vocabulary());
  std::map<Id, std::vector<std::string>> missing;
  for (const File& file : load_files(session, county, people)) {
    book.fill(file.known, facts);
    std::set<std::string> once;
    for (const schemes::Scheme* scheme : policy->in_force(file.area, on)) {
      auto named = schemes::missing_facts(*scheme, facts, on);
      once.insert(named.begin(), named.end());
    }
    missing[file.key.id].assign(once.begin(), once.end());
  }
  return missing;
}

std::vector<Explanation> explain_under(db::Session& session, const CountyPolicy& policy, const PersonKey& key,
                                       Date on) {
  File file = load_file(session, key);
  FactBook book(policy.schemes().vocabulary());
  schemes::Facts facts(policy.schemes().vocabulary());
  book.fill(file.known, facts);
  return explain(policy, file.area, facts, on);
}

}  // namespace tanfang::registry
