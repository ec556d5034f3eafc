#include "ledgers/own_facts.h"

#include <algorithm>
#include <charconv>

#include "base/area_code.h"
#include "base/text.h"
#include "ledgers/plain_words.h"
#include "ledgers/written_date.h"

namespace tanfang::ledgers {
namespace {

using schemes::FactDeclaration;
using schemes::FactType;

Said value(std::string json) { return {Said::Kind::value, std::move(json), {}, -1, {}}; }
Said unreadable() { return {Said::Kind::unreadable, {}, {}, -1, {}}; }
std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

bool names(const schemes::Labelled& one, const std::string& plain) {
  return plain == one.id || plain == plain_value(one.words.zh) || plain == plain_value(one.words.en);
}

const schemes::Labelled* value_named(const FactDeclaration& fact, const std::string& plain) {
  auto found = std::find_if(fact.values.begin(), fact.values.end(), [&](const auto& one) { return names(one, plain); });
  return found == fact.values.end() ? nullptr : &*found;
}

Said read_integer(const FactDeclaration& fact, std::string plain) {
  for (const std::string& unit : {plain_value(fact.unit.zh), plain_value(fact.unit.en)}) {
    if (!unit.empty() && plain.ends_with(unit)) plain.erase(plain.size() - unit.size());
  }
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  bool whole = error == std::errc() && end == plain.data() + plain.size();
  return whole && number >= fact.min && number <= fact.max ? value(std::to_string(number)) : unreadable();
}

Said read_set(const FactDeclaration& fact, const std::string& text) {
  std::string marked = half_width(text);
  for (std::string_view mark : {"、", ",", ";", "/", "和", "\n", "，", "；"}) marked = replaced(marked, mark, "|");
  std::string json = "[";
  for (const std::string& part : split(marked, '|')) {
    std::string plain = plain_value(part);
    if (plain.empty()) continue;
    const schemes::Labelled* one = value_named(fact, plain);
    if (one == nullptr) return unreadable();
    json += (json.size() > 1 ? "," : "") + quoted(one->id);
  }
  return value(json + "]");
}

Said read_date(const std::string& text) {
  auto date = ledgers::read_date({excel::CellKind::text, 0, text}).date();
  return date ? value(quoted(date->iso())) : unreadable();
}

Said read_truth(const Words& words, const std::string& plain) {
  const std::string* found = words.table("yes_no").find(plain);
  if (found != nullptr && *found == "?") return {};
  if (found == nullptr || (*found != "yes" && *found != "no")) return unreadable();
  return value(*found == "yes" ? "true" : "false");
}

/// Everything but yes and no, which are words of the ledger.
Said read_declared(const FactDeclaration& fact, const std::string& text) {
  std::string plain = plain_value(text);
  switch (fact.type) {
    case FactType::integer:
      return read_integer(fact, plain);
    case FactType::choice: {
      const schemes::Labelled* found = value_named(fact, plain);
      return found != nullptr ? value(quoted(found->id)) : unreadable();
    }
    case FactType::set:
      return read_set(fact, text);
    case FactType::date:
      return read_date(text);
    case FactType::area:
      return is_area_code(plain) ? value(quoted(plain)) : unreadable();
    case FactType::boolean:
    case FactType::list:
      break;
  }
  return unreadable();
}

}  // namespace

std::vector<const FactDeclaration*> own_facts(const schemes::Vocabulary& vocabulary, const schemes::Scheme* scheme) {
  std::vector<const FactDeclaration*> facts;
  for (const FactDeclaration& fact : vocabulary.facts()) {
    const auto& by = fact.schemes;
    bool of_scheme = by.empty() || scheme == nullptr || std::find(by.begin(), by.end(), scheme->id) != by.end();
    if (of_scheme && fact.type != FactType::list && !parse_field(fact.name)) facts.push_back(&fact);
  }
  return facts;
}

const FactDeclaration* find_own(const std::vector<const FactDeclaration*>& facts, std::string_view name) {
  auto found = std::find_if(facts.begin(), facts.end(), [&](const auto* fact) { return fact->name == name; });
  return found == facts.end() ? nullptr : *found;
}

const FactDeclaration* own_fact_of_heading(const std::vector<const FactDeclaration*>& facts, std::string_view heading) {
  std::vector<std::string> forms = plain_headings(heading);
  auto found = std::find_if(facts.begin(), facts.end(), [&](const FactDeclaration* fact) {
    return !fact->schemes.empty() && std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
      return form == plain_value(fact->words.zh) || form == plain_value(fact->words.en);
    });
  });
  return found == facts.end() ? nullptr : *found;
}

Said read_own_cell(const Words& words, const FactDeclaration& fact, const std::string& text) {
  std::string plain = plain_value(text);
  if (fact.type == FactType::boolean) return read_truth(words, plain);
  if (fact.type == FactType::set && value_named(fact, plain) == nullptr) {
    const std::string* found = words.table("yes_no").find(plain);
    if (found != nullptr && *found == "no") return value("[]");
  }
  return read_declared(fact, text);
}

Said read_own_value(const FactDeclaration& fact, const std::string& given) {
  if (given == "unknown") return {};
  if (fact.type == FactType::boolean) return given == "true" || given == "false" ? value(given) : unreadable();
  return read_declared(fact, given);
}

}  // namespace tanfang::ledgers
