#include "schemes/missing.h"

#include <algorithm>

#include "schemes/assess.h"

namespace tanfang::schemes {

std::uint16_t list_fact(const Program& program, const Node& node) {
  const std::vector<int>& lists = program.vocabulary->slots().list_of;
  auto found = std::find(lists.begin(), lists.end(), static_cast<int>(node.slot));
  return static_cast<std::uint16_t>(found - lists.begin());
}

void MissingFacts::add(const Node& node) {
  Found found{node.slot, 0};
  if (node.depth != 0) found = {static_cast<std::uint16_t>(node.first), node.slot};
  if (std::find(found_.begin(), found_.end(), found) == found_.end()) found_.push_back(found);
}

void MissingFacts::add_list(const Node& node) {
  Found found{list_fact(program_, node), 0};
  if (std::find(found_.begin(), found_.end(), found) == found_.end()) found_.push_back(found);
}

void MissingFacts::add_areas(const Node& node) {
  for (std::uint32_t side : {node.first, node.second}) {
    const Node& area = program_.nodes[side];
    std::int64_t value = evaluator_.load(area);
    if (value == kUnknown || (value & 15) < node.aux) add(area);
  }
  if (node.number != 0) {
    Node lives_in = program_.nodes[node.first];
    lives_in.slot = static_cast<std::uint16_t>(node.number);
    add(lives_in);
  }
}

void MissingFacts::collect(std::uint32_t at) {
  const Node& node = program_.nodes[at];
  Truth value = evaluator_.truth(at);
  bool open = value == Truth::unknown;
  switch (node.op) {
    case Op::all:
    case Op::any:
      if (value == (node.op == Op::all ? Truth::no : Truth::yes)) return;
      for (std::uint32_t i = 0; i < node.second; ++i) collect(program_.parts[node.first + i]);
      return;
    case Op::negate:
      return collect(node.first);
    case Op::certainly:
    case Op::possibly:
      if (evaluator_.truth(node.first) == Truth::unknown) collect(node.first);
      return;
    case Op::definition:
      if (std::find(visited_.begin(), visited_.end(), node.first) != visited_.end()) return;
      visited_.push_back(node.first);
      return collect(program_.definitions[node.first].root);
    case Op::every:
    case Op::some:
      if (open) collect_entries(node, true);
      return;
    case Op::list_empty:
      if (open) add_list(node);
      return;
    case Op::compare:
      if (!open) return;
      collect_number(node.first);
      collect_number(node.second);
      return;
    case Op::same_area:
      if (open) add_areas(node);
      return;
    case Op::within:
      if (open) add(program_.nodes[node.first]);
      return;
    default:
      if (open) add(node);
  }
}

void MissingFacts::collect_entries(const Node& node, bool with_body) {
  const Facts::List& entries = evaluator_.list(node);
  if (!entries.known) return add_list(node);
  Evaluator::Loop loop(evaluator_, node.aux);
  for (std::size_t at = 0; at < entries.cells.size(); at += static_cast<std::size_t>(node.number)) {
    loop.at(&entries.cells[at]);
    Truth filter = evaluator_.truth(node.first);
    if (filter == Truth::no) continue;
    bool alike = entries.cells[at + kStandsForAll] == 1;
    if (alike && !with_body) add_list(node);
    if (filter == Truth::unknown) collect(node.first);
    if (with_body && evaluator_.truth(node.second) == Truth::unknown) collect(node.second);
  }
}

void MissingFacts::collect_number(std::uint32_t at) {
  const Node& node = program_.nodes[at];
  switch (node.op) {
    case Op::number:
    case Op::on:
      return;
    case Op::number_fact:
      if (evaluator_.load(node) == kUnknown) add(node);
      return;
    case Op::number_definition:
      return collect_number(program_.definitions[node.first].root);
    case Op::count:
      return collect_entries(node, false);
    case Op::points:
      for (std::uint32_t i = 0; i + 1 < node.second; i += 2) {
        Truth given = evaluator_.truth(program_.parts[node.first + i]);
        if (given == Truth::unknown) collect(program_.parts[node.first + i]);
        if (given != Truth::no) collect_number(program_.parts[node.first + i + 1]);
      }
      return;
    case Op::add:
    case Op::subtract:
    case Op::multiply:
      collect_number(node.first);
      return collect_number(node.second);
    default:
      return collect_number(node.first);
  }
}

std::vector<MissingFacts::Found> MissingFacts::sorted() const {
  std::vector<Found> out = found_;
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> MissingFacts::names() const {
  std::vector<std::string> out;
  for (const Found& found : sorted()) {
    const FactDeclaration& fact = program_.vocabulary->facts()[found.fact];
    out.push_back(found.member == 0 ? fact.name : fact.name + "[]." + fact.members[found.member - 1u].name);
  }
  return out;
}

Words MissingFacts::words() const {
  Words out;
  for (const Found& found : sorted()) {
    const FactDeclaration& fact = program_.vocabulary->facts()[found.fact];
    const Words& words = found.member == 0 ? fact.words : fact.members[found.member - 1u].words;
    if (!out.zh.empty()) out.zh += "、";
    if (!out.en.empty()) out.en += ", ";
    if (found.member != 0) {
      out.zh.append(fact.words.zh).append("的");
      out.en.append(fact.words.en).append(": ");
    }
    out.zh += words.zh;
    out.en += words.en;
  }
  return out;
}

std::vector<std::string> missing_facts(const Scheme& scheme, const Facts& facts, Date on, const Verdict& verdict) {
  Evaluator evaluator(*scheme.program, facts, on);
  return missing_with(evaluator, verdict);
}

std::vector<std::string> missing_with(Evaluator& evaluator, const Verdict& verdict) {
  const Program& program = evaluator.program();
  MissingFacts missing(evaluator);
  // Also where eligibility is settled: an unknown institution does not block it, and is named (design, section 5, 0).
  if (verdict.eligible != Truth::no) missing.collect(program.eligible);
  for (std::size_t i = 0; i < program.categories.size(); ++i) {
    if (verdict.possible_categories >> i & 1) missing.collect(program.categories[i]);
  }
  for (std::size_t i = 0; i < program.tiers.size(); ++i) {
    bool possible = (verdict.possible_tiers >> i & 1) != 0;
    if (possible && evaluator.truth(program.tiers[i]) == Truth::unknown) missing.collect(program.tiers[i]);
    if (verdict.declined || (!possible && static_cast<int>(i) != verdict.tier)) continue;
    for (const OwedCode& owed : program.owed[i]) {
      if (evaluator.truth(owed.when) == Truth::unknown) missing.collect(owed.when);
    }
  }
  return missing.names();
}

std::vector<std::string> missing_facts(const Scheme& scheme, const Facts& facts, Date on) {
  return missing_facts(scheme, facts, on, classify(scheme, facts, on));
}

}  // namespace tanfang::schemes
