#include "registry/fact_book.h"

#include <algorithm>
#include <boost/json.hpp>
#include <unordered_map>

#include "platform/json/json.h"
#include "registry/registry_problems.h"

namespace tanfang::registry {
namespace {

/// A ledger repeats the same few hundred values; what does not repeat (dates, codes) must not fill the memory.
constexpr std::size_t kMostEntries = 20'000;

struct Entry {
  std::string text;
  boost::json::value value;
};

}  // namespace

struct FactBook::Shelf {
  const schemes::Vocabulary& vocabulary;
  std::unordered_map<std::string, Entry> entries;

  const Entry& of(const std::string& fact, const std::string& text, const std::string& path) {
    std::string key = fact + '\n' + text;
    if (auto found = entries.find(key); found != entries.end()) return found->second;
    if (entries.size() >= kMostEntries) entries.clear();
    Entry entry;
    entry.value = json::parse(text);
    if (auto wrong = schemes::validate_fact(vocabulary, fact, entry.value)) {
      wrong->field = path + wrong->field;
      throw Problem(wrong->code, 422, wrong->text, {*wrong});
    }
    entry.text = boost::json::serialize(entry.value);
    return entries.emplace(std::move(key), std::move(entry)).first->second;
  }
};

FactBook::FactBook(const schemes::Vocabulary& vocabulary) : shelf_(new Shelf{vocabulary, {}}) {}
FactBook::~FactBook() = default;

FactValues FactBook::normal(const FactValues& said, const std::string& path) {
  FactValues values;
  values.reserve(said.size() + 3);
  for (const FactValue& value : said) {
    if (value.fact == "birth_date" || value.fact == "sex" || value.fact == "residence_area") {
      throw problems::fact_identity(path + value.fact);
    }
    values.push_back({value.fact, shelf_->of(value.fact, value.value, path).text});
  }
  std::stable_sort(values.begin(), values.end(),
                   [](const FactValue& left, const FactValue& right) { return left.fact < right.fact; });
  // The later of two values of one fact wins.
  auto last = std::unique(values.rbegin(), values.rend(),
                          [](const FactValue& left, const FactValue& right) { return left.fact == right.fact; });
  values.erase(values.begin(), last.base());
  return values;
}

void FactBook::fill(const KnownFacts& known, schemes::Facts& facts) {
  facts.clear();
  for (const KnownFacts::Known& fact : known.facts()) {
    if (fact.value == "null") continue;
    // A fact that a scheme declared which is no longer there is kept in the file and says nothing here.
    if (!shelf_->vocabulary.find(fact.fact)) continue;
    if (fact.fact == "birth_date" || fact.fact == "residence_area") {
      facts.set(fact.fact, boost::json::value(std::string_view(fact.value).substr(1, fact.value.size() - 2)));
      continue;
    }
    facts.set(fact.fact, shelf_->of(fact.fact, fact.value, "").value);
  }
}

}  // namespace tanfang::registry
