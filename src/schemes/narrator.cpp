#include "schemes/narrator.h"

#include "schemes/missing.h"

namespace tanfang::schemes {
namespace {

constexpr int kDeepest = 2;
constexpr std::size_t kMostPhrases = 8;

bool is_yes(Truth value) { return value == Truth::yes; }

}  // namespace

Words joined(const std::vector<Words>& phrases, std::string_view zh, std::string_view en) {
  Words out;
  for (const Words& phrase : phrases) {
    if (!out.zh.empty()) out.zh.append(zh);
    if (!out.en.empty()) out.en.append(en);
    out.zh += phrase.zh;
    out.en += phrase.en;
  }
  return out;
}

std::vector<Words> Narrator::because(std::uint32_t truth) {
  std::vector<Words> out;
  tell(truth, 0, out);
  return out;
}

void Narrator::tell(std::uint32_t at, int depth, std::vector<Words>& out) {
  if (out.size() >= kMostPhrases) return;
  const Node& node = program_.nodes[at];
  Truth value = evaluator_.truth(at);
  if (value == Truth::unknown) return;
  switch (node.op) {
    case Op::constant:
      return;
    case Op::all:
    case Op::any:
      return tell_parts(node, value, depth, out);
    case Op::negate:
      return tell(node.first, depth, out);
    case Op::certainly:
    case Op::possibly:
      return tell(node.first, depth, out);
    case Op::definition:
      return tell_definition(node, depth, out);
    default:
      break;
  }
  Words phrase = atom(at, value);
  if (!phrase.zh.empty() || !phrase.en.empty()) out.push_back(std::move(phrase));
}

void Narrator::tell_parts(const Node& node, Truth value, int depth, std::vector<Words>& out) {
  bool all_count = (node.op == Op::all) == is_yes(value);
  for (std::uint32_t i = 0; i < node.second; ++i) {
    std::uint32_t part = program_.parts[node.first + i];
    if (evaluator_.truth(part) != value) continue;
    tell(part, depth, out);
    // One false part makes an `and` false; of an `or` every true part is told.
    if (!all_count && node.op == Op::all) return;
  }
}

void Narrator::tell_definition(const Node& node, int depth, std::vector<Words>& out) {
  const DefinitionCode& code = program_.definitions[node.first];
  bool yes = is_yes(evaluator_.truth(code.root));
  std::vector<Words> inside;
  if (depth < kDeepest) tell(code.root, depth + 1, inside);
  if (inside.size() == 1) {
    out.push_back(std::move(inside.front()));
    return;
  }
  Words phrase{(yes ? "" : "非") + code.words.zh, (yes ? "" : "not ") + code.words.en};
  if (!inside.empty()) {
    Words facts = joined(inside, "，", ", ");
    phrase.zh.append("（").append(facts.zh).append("）");
    phrase.en.append(" (").append(facts.en).append(")");
  }
  out.push_back(std::move(phrase));
}

Words Narrator::atom(std::uint32_t at, Truth value) {
  const Node& node = program_.nodes[at];
  switch (node.op) {
    case Op::fact: {
      const Words& words = declaration(node).words;
      return {words.zh + (is_yes(value) ? "：是" : "：否"), words.en + (is_yes(value) ? ": yes" : ": no")};
    }
    case Op::value_in: {
      const FactDeclaration& fact = declaration(node);
      std::int64_t number = evaluator_.load(node);
      return {fact.words.zh + "：" + value_text(node, number, false),
              fact.words.en + ": " + value_text(node, number, true)};
    }
    case Op::holds_any:
    case Op::holds_all:
    case Op::set_empty:
      return set_value(node, value);
    case Op::compare:
      return comparison(node, value);
    case Op::known: {
      const Words& words = declaration(node).words;
      return {words.zh + (is_yes(value) ? "：已知" : "：未知"), words.en + (is_yes(value) ? ": known" : ": not known")};
    }
    case Op::every:
    case Op::some:
      return loop(node, value);
    case Op::list_empty: {
      const Words& words = program_.vocabulary->facts()[list_fact(program_, node)].words;
      return {words.zh + (is_yes(value) ? "：无" : "：有"), words.en + (is_yes(value) ? ": none" : ": some")};
    }
    case Op::same_area:
    case Op::within:
      return area_words(node, is_yes(value));
    default:
      return {};
  }
}

Words Narrator::set_value(const Node& node, Truth) {
  const FactDeclaration& fact = declaration(node);
  std::int64_t bits = evaluator_.load(node);
  if (bits == 0) return {fact.words.zh + "：无", fact.words.en + ": none"};
  std::vector<Words> values;
  for (std::size_t i = 0; i < fact.values.size(); ++i) {
    if (bits >> i & 1) values.push_back(fact.values[i].words);
  }
  Words list = joined(values, "、", ", ");
  return {fact.words.zh + "：" + list.zh, fact.words.en + ": " + list.en};
}

Words Narrator::comparison(const Node& node, Truth value) {
  static constexpr const char* kSigns[] = {"=", "≠", "<", "≤", ">", "≥"};
  static constexpr int kOpposite[] = {1, 0, 5, 4, 3, 2};
  int sign = is_yes(value) ? node.aux : kOpposite[node.aux];
  Words left = number_words(node.first, true);
  Words right = number_words(node.second, true);
  std::string middle = std::string(" ") + kSigns[sign] + " ";
  return {left.zh + middle + right.zh, left.en + middle + right.en};
}

/// How many entries pass the filter, and what holds of them.
Words Narrator::loop(const Node& node, Truth value) {
  const Words& list = program_.vocabulary->facts()[list_fact(program_, node)].words;
  const Facts::List& entries = evaluator_.list(node);
  if (entries.known && entries.cells.empty()) return {list.zh + "：无", list.en + ": none"};
  Words filter = program_.nodes[node.first].op == Op::constant ? Words{} : describe(node.first);
  if (!filter.zh.empty()) filter = {filter.zh + "的", ", " + filter.en};
  Words body = program_.nodes[node.second].op == Op::constant ? Words{} : describe(node.second);
  bool every = node.op == Op::every;
  std::string who_zh = filter.zh + list.zh;
  std::string who_en = list.en + filter.en;
  if (body.zh.empty()) return {(is_yes(value) ? "有" : "没有") + who_zh, (is_yes(value) ? "has " : "has no ") + who_en};
  if (every && is_yes(value)) return {who_zh + "均为：" + body.zh, "all " + who_en + ": " + body.en};
  if (every) return {who_zh + "并非均为：" + body.zh, "not all " + who_en + ": " + body.en};
  if (is_yes(value)) return {"有" + who_zh + "：" + body.zh, "some " + who_en + ": " + body.en};
  return {"没有" + who_zh + "：" + body.zh, "no " + who_en + ": " + body.en};
}

}  // namespace tanfang::schemes
