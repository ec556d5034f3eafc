// Words for numbers, areas and the parts of rules.
#include "base/area_code.h"
#include "schemes/missing.h"
#include "schemes/narrator.h"

namespace tanfang::schemes {

const FactDeclaration& Narrator::declaration(const Node& node) const {
  const std::vector<FactDeclaration>& facts = program_.vocabulary->facts();
  return node.depth == 0 ? facts[node.slot] : facts[node.first].members[node.slot - 1u];
}

std::string Narrator::value_text(const Node& node, std::int64_t value, bool english) const {
  const FactDeclaration& fact = declaration(node);
  if (value == kUnknown) return english ? "not known" : "未知";
  if (fact.type == FactType::choice) {
    const Words& words = fact.values[static_cast<std::size_t>(value)].words;
    return english ? words.en : words.zh;
  }
  if (fact.type == FactType::date) return Date::from_days(static_cast<std::int32_t>(value)).iso();
  return std::to_string(value) + (english ? (fact.unit.en.empty() ? "" : " " + fact.unit.en) : fact.unit.zh);
}

namespace {

Words range_words(Range range, const Words& unit) {
  auto one = [](std::int64_t value) {
    return value <= -kInfinite ? "−∞" : value >= kInfinite ? "∞" : std::to_string(value);
  };
  std::string text = range.low == range.high ? one(range.low) : one(range.low) + "…" + one(range.high);
  return {text + unit.zh, text + (unit.en.empty() ? "" : " " + unit.en)};
}

Words function_words(Op op) {
  if (op == Op::full_years) return {"周年", "full years since"};
  return op == Op::months_since ? Words{"至今月数", "months since"} : Words{"至今天数", "days since"};
}

}  // namespace

Words Narrator::number_words(std::uint32_t at, bool with_value) {
  const Node& node = program_.nodes[at];
  auto with = [&](const Words& label, const Words& unit) {
    if (!with_value) return label;
    Words value = range_words(evaluator_.number(at), unit);
    return Words{label.zh + value.zh, label.en + " " + value.en};
  };
  switch (node.op) {
    case Op::number:
      return {std::to_string(node.number), std::to_string(node.number)};
    case Op::on: {
      std::string day = evaluator_.on().iso();
      return {day, day};
    }
    case Op::number_fact: {
      const Words& label = declaration(node).words;
      if (!with_value) return label;
      std::int64_t value = evaluator_.load(node);
      return {label.zh + value_text(node, value, false), label.en + " " + value_text(node, value, true)};
    }
    case Op::number_definition: {
      const DefinitionCode& code = program_.definitions[node.first];
      return with(code.words, code.unit);
    }
    case Op::count: {
      Words inside = describe_loop(node);
      return with(inside, {});
    }
    case Op::full_years:
    case Op::months_since:
    case Op::days_since: {
      Words day = number_words(node.first, false);
      Words name = function_words(node.op);
      return with({day.zh + name.zh, name.en + " " + day.en}, {});
    }
    case Op::points:
      return with({"得分", "points"}, {});
    default:
      return with({"计算值", "value"}, {});
  }
}

Words Narrator::describe(std::uint32_t at) {
  if (const Words* label = program_.label_of(at)) return *label;
  const Node& node = program_.nodes[at];
  switch (node.op) {
    case Op::constant:
      return node.number ? Words{"任何", "any"} : Words{"无", "none"};
    case Op::all:
    case Op::any:
      return describe_parts(node);
    case Op::negate: {
      Words inside = describe(node.first);
      return {"非" + inside.zh, "not " + inside.en};
    }
    case Op::definition:
      return program_.definitions[node.first].words;
    case Op::value_in:
    case Op::holds_any:
    case Op::holds_all:
      return values_words(node);
    case Op::set_empty:
      return {declaration(node).words.zh + "为空", declaration(node).words.en + " empty"};
    case Op::fact:
    case Op::known:
      return declaration(node).words;
    case Op::compare: {
      static constexpr const char* kSigns[] = {" = ", " ≠ ", " < ", " ≤ ", " > ", " ≥ "};
      Words left = number_words(node.first, false);
      Words right = number_words(node.second, false);
      return {left.zh + kSigns[node.aux] + right.zh, left.en + kSigns[node.aux] + right.en};
    }
    case Op::certainly:
    case Op::possibly:
      return describe(node.first);
    case Op::every:
    case Op::some:
      return describe_loop(node);
    case Op::same_area:
    case Op::within:
      return area_words(node, true);
    default:
      return {"条件", "condition"};
  }
}

Words Narrator::describe_parts(const Node& node) {
  std::vector<Words> parts;
  for (std::uint32_t i = 0; i < node.second; ++i) parts.push_back(describe(program_.parts[node.first + i]));
  return node.op == Op::all ? joined(parts, "且", " and ") : joined(parts, "或", " or ");
}

Words Narrator::describe_loop(const Node& node) {
  const Words& list = program_.vocabulary->facts()[list_fact(program_, node)].words;
  Words out = list;
  if (program_.nodes[node.first].op != Op::constant) {
    Words filter = describe(node.first);
    out = {filter.zh + "的" + list.zh, list.en + " (" + filter.en + ")"};
  }
  if (node.op == Op::count) return {out.zh + "数", "number of " + out.en};
  Words body = describe(node.second);
  if (node.op == Op::every) return {out.zh + "均" + body.zh, "all " + out.en + ": " + body.en};
  return {"有" + out.zh + body.zh, "some " + out.en + ": " + body.en};
}

Words Narrator::values_words(const Node& node) {
  const FactDeclaration& fact = declaration(node);
  std::vector<Words> values;
  for (std::size_t i = 0; i < 62; ++i) {
    if (!(node.number >> i & 1)) continue;
    std::string number = std::to_string(i);
    values.push_back(i < fact.values.size() ? fact.values[i].words : Words{number, number});
  }
  Words list = joined(values, "、", " or ");
  return {fact.words.zh + "为" + list.zh, fact.words.en + " " + list.en};
}

Words Narrator::area_words(const Node& node, bool holds) {
  if (node.op == Op::within) {
    const Words& words = declaration(program_.nodes[node.first]).words;
    std::string code = unpack_area(node.number);
    return {words.zh + (holds ? "在 " : "不在 ") + code, words.en + (holds ? " within " : " not within ") + code};
  }
  std::string_view zh = node.aux == 12 ? "村" : node.aux == 9 ? "镇" : node.aux == 6 ? "县" : "市";
  std::string_view en = node.aux == 12 ? "village" : node.aux == 9 ? "town" : node.aux == 6 ? "county" : "city";
  Words out{std::string(holds ? "同" : "不同").append(zh), std::string(holds ? "same " : "another ").append(en)};
  if (program_.nodes[node.first].depth != 0) return out;
  const Words& left = declaration(program_.nodes[node.first]).words;
  const Words& right = declaration(program_.nodes[node.second]).words;
  return {left.zh + "与" + right.zh + out.zh, left.en + " and " + right.en + ": " + out.en};
}

}  // namespace tanfang::schemes
