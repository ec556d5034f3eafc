#include "schemes/rule_compiler.h"

#include <algorithm>

namespace tanfang::schemes {
namespace {

using Kind = Expression::Kind;

[[noreturn]] void refuse(const Expression& where, std::string zh, std::string en) {
  throw ExpressionMistake{where.column, {std::move(zh), std::move(en)}};
}

std::string column_zh(int column) { return "（规则第 " + std::to_string(column) + " 字）"; }
std::string column_en(int column) { return " (character " + std::to_string(column) + " of the rule)"; }

}  // namespace

RuleCompiler::RuleCompiler(const Draft& draft, const Common& common, const Vocabulary& vocabulary, Program& program,
                           Mistakes& mistakes)
    : draft_(draft), common_(common), vocabulary_(vocabulary), program_(program), mistakes_(mistakes) {}

std::uint32_t RuleCompiler::truth(const RuleText& rule, const std::string& what) {
  try {
    Expression expression = parse_expression(rule.text);
    Typed typed = compile(expression);
    if (typed.type == Type::truth) return typed.node;
    refuse(expression, "规则应得出是或否", "a rule must come out true or false");
  } catch (const ExpressionMistake& mistake) {
    mistakes_.fatal(rule.place, what + "：" + mistake.text.zh + column_zh(mistake.column),
                    what + ": " + mistake.text.en + column_en(mistake.column));
    loops_.clear();
    return constant_truth(false);
  }
}

std::int64_t RuleCompiler::constant(const RuleText& rule, std::int64_t fallback, std::int64_t min, std::int64_t max,
                                    const std::string& what) {
  if (rule.text.empty()) return fallback;
  try {
    Expression expression = parse_expression(rule.text);
    const Node& node = program_.nodes[compile_number(expression)];
    if (node.op != Op::number)
      refuse(expression, "应为整数或设置项的名称", "must be a whole number or a setting's name");
    if (node.number >= min && node.number <= max) return node.number;
    std::string range = std::to_string(min) + "–" + std::to_string(max);
    refuse(expression, "超出范围 " + range, "out of range " + range);
  } catch (const ExpressionMistake& mistake) {
    mistakes_.fatal(rule.place, what + "：" + mistake.text.zh, what + ": " + mistake.text.en);
    return fallback;
  }
}

std::uint32_t RuleCompiler::compile_truth(const Expression& expression) {
  Typed typed = compile(expression);
  if (typed.type != Type::truth)
    refuse(expression, "这里应为是或否的条件", "a condition that is true or false is needed here");
  return typed.node;
}

std::uint32_t RuleCompiler::compile_number(const Expression& expression) {
  Typed typed = compile(expression);
  if (typed.type != Type::number) refuse(expression, "这里应为数字", "a number is needed here");
  return typed.node;
}

Typed RuleCompiler::compile(const Expression& expression) {
  switch (expression.kind) {
    case Kind::number:
      return {Type::number, constant_number(expression.number)};
    case Kind::date:
      return {Type::date, constant_number(expression.date.days())};
    case Kind::text:
      return {Type::text, 0, nullptr, expression.text};
    case Kind::truth:
      return {Type::truth, constant_truth(expression.number != 0)};
    case Kind::name:
      return compile_name(expression);
    case Kind::call:
      return compile_call(expression);
    case Kind::duration:
      return {Type::duration, 0, nullptr, expression.text, expression.parts[0].number};
    case Kind::negate:
      return {Type::truth, negated(compile_truth(expression.parts[0]))};
    case Kind::all:
    case Kind::any: {
      std::vector<std::uint32_t> parts;
      for (const Expression& part : expression.parts) parts.push_back(compile_truth(part));
      return {Type::truth, junction(expression.kind == Kind::all ? Op::all : Op::any, std::move(parts))};
    }
    case Kind::compare:
      return compile_compare(expression);
    case Kind::in:
      return compile_in(expression);
    case Kind::holds:
      return compile_holds(expression);
    case Kind::empty:
      return compile_empty(expression);
    case Kind::every:
    case Kind::some:
    case Kind::count:
      return compile_loop(expression);
    default:
      return compile_sum(expression);
  }
}

Typed RuleCompiler::compile_name(const Expression& expression) {
  const std::string& name = expression.text;
  std::size_t dot = name.find('.');
  if (dot != std::string::npos && !name.starts_with("facts.")) {
    return compile_member(expression, name.substr(0, dot), name.substr(dot + 1));
  }
  std::string plain = dot == std::string::npos ? name : name.substr(dot + 1);
  if (find_loop(plain))
    refuse(expression, "请写明 " + plain + " 的哪一项，如 " + plain + ".alive",
           "say what of " + plain + ", e.g. " + plain + ".alive");
  // Inside the definition of special_family, `special_family` is the fact.
  bool own_body = !path_.empty() && path_.back() == plain;
  if (dot == std::string::npos && !(own_body && find_fact(plain))) {
    const DefinitionDraft* draft = find_definition(plain);
    if (draft && !draft->variable.empty()) {
      refuse(expression, plain + " 只能用于 " + draft->list + " 的条目，如 " + draft->variable + "." + plain,
             plain + " is about one of " + draft->list + ": write " + draft->variable + "." + plain);
    }
    if (draft) return definition_node(compile_definition(*draft));
    if (const SettingDraft* setting = find_setting(plain)) return compile_setting(*setting);
  }
  if (auto fact = find_fact(plain)) {
    used_facts_.insert(plain);
    return load(vocabulary_.facts()[*fact], *fact, 0, 0);
  }
  if (plain == "on" || plain == "today") return {Type::date, add({.op = Op::on})};
  if (plain == "eligible" && eligible_) return {Type::truth, *eligible_};
  refuse_name(expression);
}

void RuleCompiler::refuse_name(const Expression& expression) {
  if (const FactDeclaration* fact = vocabulary_.find(expression.text); fact && !fact->schemes.empty()) {
    const std::string& owner = fact->schemes.front();
    refuse(
        expression, "事实 “" + expression.text + "” 是方案 “" + owner + "” 的，本方案要用须在此用 [[fact]] 声明",
        "fact \"" + expression.text + "\" is one of scheme \"" + owner + "\": declare it here in [[fact]] to use it");
  }
  Words hint = suggestion(expression.text, all_names());
  refuse(expression, "没有叫 “" + expression.text + "” 的事实、定义、类别或设置" + hint.zh,
         "no fact, definition, category or setting is called \"" + expression.text + "\"" + hint.en);
}

Typed RuleCompiler::compile_setting(const SettingDraft& setting) {
  used_settings_.insert(setting.setting.id);
  switch (setting.type) {
    case SettingDraft::Type::boolean:
      return {Type::truth, constant_truth(setting.number != 0)};
    case SettingDraft::Type::integer:
      return {Type::number, constant_number(setting.number)};
    case SettingDraft::Type::date:
      return {Type::date, constant_number(setting.number)};
    case SettingDraft::Type::choice:
    case SettingDraft::Type::area:
      break;
  }
  return {Type::text, 0, nullptr, setting.text};
}

Typed RuleCompiler::load(const FactDeclaration& fact, std::uint16_t slot, std::uint8_t depth, std::uint16_t list) {
  Node node{.op = Op::number_fact, .depth = depth, .slot = slot, .first = list};
  Typed out;
  out.fact = &fact;
  switch (fact.type) {
    case FactType::boolean:
      node.op = Op::fact;
      break;
    case FactType::integer:
      out.type = Type::number;
      break;
    case FactType::choice:
      out.type = Type::choice;
      break;
    case FactType::set:
      out.type = Type::set;
      break;
    case FactType::date:
      out.type = Type::date;
      break;
    case FactType::area:
      out.type = Type::area;
      break;
    case FactType::list:
      out.type = Type::list;
      out.number = slot;
      return out;
  }
  out.node = add(node);
  return out;
}

Typed RuleCompiler::compile_member(const Expression& expression, const std::string& variable,
                                   const std::string& member) {
  const LoopScope* scope = find_loop(variable);
  if (!scope) {
    refuse(expression, "这里没有 “" + variable + "”；请写在 every、some 或 count 之内",
           "there is no \"" + variable + "\" here; it belongs inside every, some or count");
  }
  const FactDeclaration& list = vocabulary_.facts()[scope->list];
  const DefinitionDraft* draft = find_definition(member);
  bool about_entry = draft && draft->list == list.name && (path_.empty() || path_.back() != member);
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    if (list.members[i].name != member || about_entry) continue;
    used_facts_.insert(list.name);
    return load(list.members[i], static_cast<std::uint16_t>(i + 1), scope->depth, scope->list);
  }
  if (about_entry) return compile_member_definition(*draft, *scope, expression);
  for (auto [name, digits] : {std::pair{"same_village", 12}, {"same_town", 9}, {"same_county", 6}, {"same_city", 4}}) {
    if (member == name) return compile_relation(expression, digits);
  }
  std::vector<std::string> names;
  for (const FactDeclaration& each : list.members) names.push_back(each.name);
  Words hint = suggestion(member, names);
  refuse(expression, list.name + " 的条目中没有 “" + member + "”" + hint.zh,
         "an entry of " + list.name + " has no \"" + member + "\"" + hint.en);
}

Typed RuleCompiler::compile_member_definition(const DefinitionDraft& draft, const LoopScope& scope,
                                              const Expression& use) {
  if (std::find(path_.begin(), path_.end(), draft.id) != path_.end()) {
    refuse(use, "定义 " + draft.id + " 绕回了自身", "definition " + draft.id + " leads back to itself");
  }
  LoopScope inner{draft.variable, scope.list, scope.depth};
  std::vector<LoopScope> outer = std::move(loops_);
  loops_ = {inner};
  path_.push_back(draft.id);
  Typed out;
  try {
    out = compile(parse_expression(draft.rule.text));
  } catch (const ExpressionMistake& mistake) {
    mistakes_.fatal(draft.rule.place, "定义 " + draft.id + "：" + mistake.text.zh + column_zh(mistake.column),
                    "definition " + draft.id + ": " + mistake.text.en + column_en(mistake.column));
    out = {Type::truth, constant_truth(false)};
  }
  path_.pop_back();
  loops_ = std::move(outer);
  program_.labels.push_back({out.node, draft.words});
  return out;
}

Typed RuleCompiler::compile_call(const Expression& expression) {
  const std::string& name = expression.text;
  auto needs = [&](std::size_t count) {
    if (expression.parts.size() == count) return;
    refuse(expression, name + " 需要 " + std::to_string(count) + " 个参数",
           name + " takes " + std::to_string(count) + " argument");
  };
  if (name == "known") return needs(1), compile_known(expression.parts[0]);
  if (name == "certainly" || name == "possibly") {
    needs(1);
    Op op = name == "certainly" ? Op::certainly : Op::possibly;
    return {Type::truth, add({.op = op, .first = compile_truth(expression.parts[0])})};
  }
  if (name == "full_years") return needs(1), compile_since(expression, Op::full_years);
  if (name == "months_since") return needs(1), compile_since(expression, Op::months_since);
  if (name == "days_since") return needs(1), compile_since(expression, Op::days_since);
  if (name == "same_village") return compile_relation(expression, 12);
  if (name == "same_town") return compile_relation(expression, 9);
  if (name == "same_county") return compile_relation(expression, 6);
  if (name == "same_city") return compile_relation(expression, 4);
  if (name == "within") return compile_within(expression);
  const DefinitionDraft* draft = find_definition(name);
  if (draft && !draft->variable.empty() && expression.parts.size() == 1 && expression.parts[0].kind == Kind::name) {
    return compile_member(expression, expression.parts[0].text, name);
  }
  Words hint = suggestion(name, {"known", "certainly", "possibly", "full_years", "months_since", "days_since", "count",
                                 "same_village", "same_town", "same_county", "same_city", "within"});
  refuse(expression, "没有函数 “" + name + "”" + hint.zh, "there is no function \"" + name + "\"" + hint.en);
}

Typed RuleCompiler::compile_known(const Expression& argument) {
  Typed value = compile(argument);
  const Node node = program_.nodes.empty() ? Node{} : program_.nodes[value.node];
  switch (value.type) {
    case Type::list:
      return {Type::truth, add({.op = Op::list_known,
                                .slot = static_cast<std::uint16_t>(
                                    program_.vocabulary->slots().list_of[static_cast<std::size_t>(value.number)]),
                                .first = static_cast<std::uint32_t>(value.number)})};
    case Type::truth:
      if (node.op == Op::fact)
        return {Type::truth, add({.op = Op::known, .depth = node.depth, .slot = node.slot, .first = node.first})};
      return {Type::truth, add({.op = Op::settled, .first = value.node})};
    case Type::duration:
    case Type::text:
      refuse(argument, "known 需要一个事实", "known needs a fact");
    default:
      if (node.op == Op::number_fact)
        return {Type::truth, add({.op = Op::known, .depth = node.depth, .slot = node.slot, .first = node.first})};
      return {Type::truth, add({.op = Op::fixed, .first = value.node})};
  }
}

Typed RuleCompiler::compile_since(const Expression& call, Op op) {
  Typed date = compile(call.parts[0]);
  if (date.type != Type::date) refuse(call, call.text + " 需要日期", call.text + " needs a date");
  return {Type::number, add({.op = op, .first = date.node})};
}

Typed RuleCompiler::compile_loop(const Expression& expression) {
  const Expression& list_name = expression.parts[0];
  auto place = find_fact(list_name.text);
  if (!place || vocabulary_.facts()[*place].type != FactType::list) {
    refuse(list_name, "“" + list_name.text + "” 不是列表", "\"" + list_name.text + "\" is not a list");
  }
  if (find_fact(expression.text) || find_loop(expression.text)) {
    refuse(expression, "“" + expression.text + "” 已另有所指，请换一个名称",
           "\"" + expression.text + "\" means something else here; take another name");
  }
  if (loops_.size() >= kDeepestLoop)
    refuse(expression, "every、some、count 嵌套超过三层", "every, some and count are nested more than three deep");
  used_facts_.insert(list_name.text);
  auto depth = static_cast<std::uint8_t>(loops_.empty() ? 1 : loops_.back().depth + 1);
  loops_.push_back({expression.text, *place, depth});
  Node node{.slot = static_cast<std::uint16_t>(vocabulary_.slots().list_of[*place]), .aux = depth};
  node.number = static_cast<std::int64_t>(row_width(vocabulary_.facts()[*place]));
  node.first = compile_truth(expression.parts[1]);
  if (expression.kind != Kind::count) node.second = compile_truth(expression.parts[2]);
  loops_.pop_back();
  node.op = expression.kind == Kind::every ? Op::every : expression.kind == Kind::some ? Op::some : Op::count;
  return {expression.kind == Kind::count ? Type::number : Type::truth, add(node)};
}

}  // namespace tanfang::schemes
