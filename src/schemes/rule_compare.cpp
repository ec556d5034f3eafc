// Comparisons, sets and sums.
#include <algorithm>

#include "schemes/rule_compiler.h"

namespace tanfang::schemes {
namespace {

using Kind = Expression::Kind;

[[noreturn]] void refuse(const Expression& where, std::string zh, std::string en) {
  throw ExpressionMistake{where.column, {std::move(zh), std::move(en)}};
}

Comparison comparison_of(const std::string& sign) {
  static const std::pair<const char*, Comparison> kSigns[] = {
      {"=", Comparison::equal},          {"!=", Comparison::not_equal}, {"<", Comparison::less},
      {"<=", Comparison::less_or_equal}, {">", Comparison::greater},    {">=", Comparison::greater_or_equal}};
  for (const auto& [text, comparison] : kSigns) {
    if (sign == text) return comparison;
  }
  return Comparison::equal;
}

/// The sign seen from the other side: 60 <= age is age >= 60.
std::string turned(const std::string& sign) {
  if (sign == "<") return ">";
  if (sign == "<=") return ">=";
  if (sign == ">") return "<";
  if (sign == ">=") return "<=";
  return sign;
}

bool holds(std::int64_t left, Comparison comparison, std::int64_t right) {
  switch (comparison) {
    case Comparison::equal:
      return left == right;
    case Comparison::not_equal:
      return left != right;
    case Comparison::less:
      return left < right;
    case Comparison::less_or_equal:
      return left <= right;
    case Comparison::greater:
      return left > right;
    case Comparison::greater_or_equal:
      return left >= right;
  }
  return false;
}

std::string values_of(const FactDeclaration& fact) {
  std::string out;
  for (const Labelled& value : fact.values) out += (out.empty() ? "" : ", ") + value.id;
  return out;
}

}  // namespace

/// A choice fact on that side, if there is one; names that are values of the other side are no mistake here.
std::optional<Typed> RuleCompiler::choice_side(const Expression& expression) {
  if (expression.kind != Kind::name) return std::nullopt;
  bool member = expression.text.find('.') != std::string::npos;
  if (!member && !find_fact(expression.text)) return std::nullopt;
  if (!member && find_loop(expression.text)) return std::nullopt;
  Typed typed = compile_name(expression);
  return typed.type == Type::choice ? std::optional(typed) : std::nullopt;
}

std::int64_t RuleCompiler::place_of_value(const FactDeclaration& fact, const Expression& value) {
  std::string id = value.text;
  if (value.kind == Kind::name && !fact.find_value(id)) {
    if (const SettingDraft* setting = find_setting(id)) {
      used_settings_.insert(id);
      id = setting->text;
      for (const std::string& each : setting->values) {
        if (fact.find_value(each)) continue;
        mistakes_.fatal(
            setting->values_place,
            "设置 “" + setting->setting.id + "” 的 values：" + fact.name + " 没有取值 “" + each + "”",
            "setting \"" + setting->setting.id + "\": values: \"" + each + "\" is no value of " + fact.name);
      }
    }
  }
  bool word = value.kind == Kind::name || value.kind == Kind::text;
  for (std::size_t i = 0; word && i < fact.values.size(); ++i) {
    if (fact.values[i].id == id) return static_cast<std::int64_t>(i);
  }
  std::vector<std::string> names;
  for (const Labelled& each : fact.values) names.push_back(each.id);
  Words hint = word ? suggestion(id, names) : Words{};
  refuse(value, fact.name + " 没有这个取值 “" + id + "”，可用：" + values_of(fact) + hint.zh,
         "\"" + id + "\" is no value of " + fact.name + "; use " + values_of(fact) + hint.en);
}

Typed RuleCompiler::compare_choice(const Typed& choice, const Expression& other, const std::string& sign, int column) {
  const FactDeclaration& fact = *choice.fact;
  Comparison comparison = comparison_of(sign);
  bool order = comparison != Comparison::equal && comparison != Comparison::not_equal;
  if (order && !fact.ordered) {
    throw ExpressionMistake{column,
                            {fact.name + " 的取值没有先后，不能用 " + sign + " 比较，请用 in (…)",
                             "the values of " + fact.name + " have no order; use in (…) instead of " + sign}};
  }
  bool literal =
      other.kind != Kind::name || fact.find_value(other.text) || find_setting(other.text) || !find_fact(other.text);
  if (literal || other.text.find('.') != std::string::npos) {
    if (auto second = literal ? std::nullopt : choice_side(other)) {
      return {Type::truth, add({.op = Op::compare,
                                .aux = static_cast<std::uint8_t>(comparison),
                                .first = choice.node,
                                .second = second->node})};
    }
    std::int64_t place = place_of_value(fact, other);
    Node node = program_.nodes[choice.node];
    node.op = Op::value_in;
    node.number = 0;
    for (std::size_t i = 0; i < fact.values.size(); ++i) {
      if (holds(static_cast<std::int64_t>(i), comparison, place)) node.number |= std::int64_t{1} << i;
    }
    return {Type::truth, add(node)};
  }
  Typed second = compile(other);
  if (second.type != Type::choice || second.fact->values.size() != fact.values.size()) {
    refuse(other, "这里应为 " + fact.name + " 的取值：" + values_of(fact),
           "a value of " + fact.name + " is needed here: " + values_of(fact));
  }
  return {Type::truth, add({.op = Op::compare,
                            .aux = static_cast<std::uint8_t>(comparison),
                            .first = choice.node,
                            .second = second.node})};
}

Typed RuleCompiler::compile_compare(const Expression& expression) {
  const Expression& left = expression.parts[0];
  const Expression& right = expression.parts[1];
  const std::string& sign = expression.text;
  if (auto choice = choice_side(left)) return compare_choice(*choice, right, sign, expression.column);
  if (auto choice = choice_side(right)) return compare_choice(*choice, left, turned(sign), expression.column);
  Typed first = compile(left);
  if (first.type == Type::set) {
    refuse(expression, "集合请用 holds，如 welfare holds low_income", "use holds for sets: welfare holds low_income");
  }
  Typed second = compile(right);
  if (first.type == Type::area || second.type == Type::area) {
    refuse(expression, "地区请用 within(地区, \"2103\") 或 same_town、same_county、same_city",
           "compare areas with within(area, \"2103\"), same_town, same_county or same_city");
  }
  if (first.type == Type::truth && second.type == Type::truth) {
    auto constant = folded(second.node);
    bool equal = sign == "=" || sign == "!=";
    if (!constant || !equal) {
      refuse(expression, "是非条件请用 and、or、not 连接", "join conditions with and, or and not");
    }
    return {Type::truth, *constant == (sign == "=") ? first.node : negated(first.node)};
  }
  bool comparable = first.type == second.type && (first.type == Type::number || first.type == Type::date);
  if (!comparable)
    refuse(expression, "两边类型不同，无法比较", "the two sides have different types and cannot be compared");
  const Node a = program_.nodes[first.node];
  const Node b = program_.nodes[second.node];
  if (a.op == Op::number && b.op == Op::number) {
    return {Type::truth, constant_truth(holds(a.number, comparison_of(sign), b.number))};
  }
  Node node{.op = Op::compare,
            .aux = static_cast<std::uint8_t>(comparison_of(sign)),
            .first = first.node,
            .second = second.node};
  return {Type::truth, add(node)};
}

std::int64_t RuleCompiler::bits_of_values(const FactDeclaration& fact, const Expression& expression) {
  std::int64_t bits = 0;
  for (std::size_t i = 1; i < expression.parts.size(); ++i) {
    bits |= std::int64_t{1} << place_of_value(fact, expression.parts[i]);
  }
  return bits;
}

Typed RuleCompiler::compile_in(const Expression& expression) {
  const Expression& left = expression.parts[0];
  if (auto choice = choice_side(left)) {
    Node node = program_.nodes[choice->node];
    node.op = Op::value_in;
    node.number = bits_of_values(*choice->fact, expression);
    return {Type::truth, add(node)};
  }
  Typed value = compile(left);
  if (value.type == Type::set) {
    refuse(expression, "集合请用 holds any of (…)", "use holds any of (…) for a set");
  }
  if (value.type == Type::area) {
    Expression call = expression;
    call.kind = Kind::call;
    call.text = "within";
    return compile_within(call);
  }
  if (value.type != Type::number && value.type != Type::date) {
    refuse(left, "in 之前应为选择、数字或日期类的事实", "in needs a choice, a number or a date before it");
  }
  std::vector<std::uint32_t> parts;
  std::int64_t bits = 0;
  for (std::size_t i = 1; i < expression.parts.size(); ++i) {
    Typed each = compile(expression.parts[i]);
    if (each.type != value.type) refuse(expression.parts[i], "这里应为数字", "a number is needed here");
    const Node node = program_.nodes[each.node];
    bool small = node.op == Op::number && node.number >= 0 && node.number < 62;
    bits = small && bits >= 0 ? bits | std::int64_t{1} << node.number : -1;
    parts.push_back(add({.op = Op::compare,
                         .aux = static_cast<std::uint8_t>(Comparison::equal),
                         .first = value.node,
                         .second = each.node}));
  }
  Node node = program_.nodes[value.node];
  if (node.op != Op::number_fact || bits < 0) return {Type::truth, make_any(std::move(parts))};
  node.op = Op::value_in;
  node.number = bits;
  return {Type::truth, add(node)};
}

Typed RuleCompiler::compile_holds(const Expression& expression) {
  Typed set = compile(expression.parts[0]);
  if (set.type != Type::set) refuse(expression, "holds 之前应为集合类的事实", "holds needs a set before it");
  Node node = program_.nodes[set.node];
  node.op = expression.text == "all" ? Op::holds_all : Op::holds_any;
  node.number = bits_of_values(*set.fact, expression);
  std::uint32_t made = add(node);
  return {Type::truth, expression.text == "none" ? negated(made) : made};
}

Typed RuleCompiler::compile_empty(const Expression& expression) {
  Typed value = compile(expression.parts[0]);
  if (value.type == Type::list) {
    auto list = static_cast<std::uint16_t>(vocabulary_.slots().list_of[static_cast<std::size_t>(value.number)]);
    return {Type::truth, add({.op = Op::list_empty, .slot = list, .first = static_cast<std::uint32_t>(value.number)})};
  }
  if (value.type != Type::set)
    refuse(expression, "is empty 之前应为集合或列表", "is empty needs a set or a list before it");
  Node node = program_.nodes[value.node];
  node.op = Op::set_empty;
  return {Type::truth, add(node)};
}

Typed RuleCompiler::compile_sum(const Expression& expression) {
  Typed left = compile(expression.parts[0]);
  if (expression.kind == Kind::minus) {
    return {Type::number, constant_number(-expression.parts[0].number)};
  }
  Typed right = compile(expression.parts[1]);
  bool minus = expression.kind == Kind::subtract;
  if (left.type == Type::date && right.type == Type::duration && expression.kind != Kind::multiply) {
    std::int64_t amount = minus ? -right.number : right.number;
    if (right.text == "days")
      return {Type::date, add({.op = Op::add, .first = left.node, .second = constant_number(amount)})};
    return {Type::date,
            add({.op = Op::shift_months, .first = left.node, .number = right.text == "years" ? amount * 12 : amount})};
  }
  if (left.type == Type::date && right.type == Type::date && minus) {
    return {Type::number, add({.op = Op::subtract, .first = left.node, .second = right.node})};
  }
  if (left.type != Type::number || right.type != Type::number) {
    refuse(expression, "只能对数字加减乘，或对日期加减 30 days、6 months、1 years",
           "only numbers can be added or multiplied; to a date add or subtract 30 days, 6 months or 1 years");
  }
  const Node a = program_.nodes[left.node];
  const Node b = program_.nodes[right.node];
  Op op = expression.kind == Kind::multiply ? Op::multiply : minus ? Op::subtract : Op::add;
  if (a.op == Op::number && b.op == Op::number) {
    std::int64_t value = op == Op::multiply ? a.number * b.number : minus ? a.number - b.number : a.number + b.number;
    return {Type::number, constant_number(value)};
  }
  return {Type::number, add({.op = op, .first = left.node, .second = right.node})};
}

}  // namespace tanfang::schemes
