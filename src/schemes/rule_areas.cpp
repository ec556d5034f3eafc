// Relations between areas.
#include "base/area_code.h"
#include "schemes/rule_compiler.h"

namespace tanfang::schemes {
namespace {

using Kind = Expression::Kind;

[[noreturn]] void refuse(const Expression& where, std::string zh, std::string en) {
  throw ExpressionMistake{where.column, {std::move(zh), std::move(en)}};
}

std::size_t member_place(const FactDeclaration& list, std::string_view name) {
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    if (list.members[i].name == name) return i + 1;
  }
  return 0;
}

/// The cell of `lives_in`, where the list has it with the common values.
std::int64_t lives_in_cell(const FactDeclaration& list) {
  std::size_t place = member_place(list, "lives_in");
  if (place == 0) return 0;
  const std::vector<Labelled>& values = list.members[place - 1].values;
  bool common =
      values.size() == 3 && values[0].id == "same_town" && values[1].id == "same_county" && values[2].id == "elsewhere";
  return common ? static_cast<std::int64_t>(place) : 0;
}

}  // namespace

Typed RuleCompiler::compile_relation(const Expression& expression, int digits) {
  // `child.same_town`, `same_town(child)`: where the child lives against where the elder lives.
  std::string variable;
  if (expression.kind == Kind::name) variable = expression.text.substr(0, expression.text.find('.'));
  bool one_name =
      expression.kind == Kind::call && expression.parts.size() == 1 && expression.parts[0].kind == Kind::name;
  if (one_name && find_loop(expression.parts[0].text)) variable = expression.parts[0].text;
  Expression left;
  left.kind = Kind::name;
  left.column = expression.column;
  Expression home = left;
  home.text = "residence_area";
  if (!variable.empty()) {
    const FactDeclaration& list = vocabulary_.facts()[find_loop(variable)->list];
    if (member_place(list, "residence_area") == 0) {
      refuse(expression, list.name + " 的条目没有 residence_area，请写 same_town(" + variable + ".…)",
             "an entry of " + list.name + " has no residence_area; write same_town(" + variable + ".…)");
    }
    left.text = variable + ".residence_area";
    return compile_same(expression, compile(left), compile(home), digits);
  }
  if (expression.parts.empty() || expression.parts.size() > 2) {
    refuse(expression, expression.text + " 需要一个或两个地区", expression.text + " takes one or two areas");
  }
  Typed first = compile(expression.parts[0]);
  return compile_same(expression, first, compile(expression.parts.size() == 2 ? expression.parts[1] : home), digits);
}

Typed RuleCompiler::compile_same(const Expression& where, const Typed& left, const Typed& right, int digits) {
  if (left.type != Type::area || right.type != Type::area) {
    refuse(where, "应为地区类的事实；与固定代码比较请用 within(地区, \"2103\")",
           "both must be area facts; for a fixed code write within(area, \"2103\")");
  }
  const Node* first = &program_.nodes[left.node];
  const Node* second = &program_.nodes[right.node];
  std::uint32_t first_at = left.node;
  std::uint32_t second_at = right.node;
  if (first->depth == 0 && second->depth != 0) {
    std::swap(first, second);
    std::swap(first_at, second_at);
  }
  Node node{.op = Op::same_area, .aux = static_cast<std::uint8_t>(digits), .first = first_at, .second = second_at};
  if (first->depth != 0 && second->depth == 0) {
    const FactDeclaration& list = vocabulary_.facts()[first->first];
    bool homes = member_place(list, "residence_area") == first->slot &&
                 vocabulary_.facts()[second->slot].name == "residence_area";
    if (homes) node.number = lives_in_cell(list);
  }
  return {Type::truth, add(node)};
}

std::string RuleCompiler::area_text(const Expression& expression) {
  Typed code = compile(expression);
  if (code.type == Type::number) {
    refuse(expression, "区划代码要加引号，如 \"2103\"", "put area codes in quotes: \"2103\"");
  }
  if (code.type != Type::text || !is_area_code(code.text)) {
    refuse(expression, "这里应为 2、4、6、9 或 12 位区划代码，如 \"2103\"",
           "an area code such as \"2103\" is needed here");
  }
  return code.text;
}

Typed RuleCompiler::compile_within(const Expression& call) {
  if (call.parts.size() < 2) {
    refuse(call, "within 需要一个地区和至少一个代码，如 within(hukou_area, \"2103\")",
           "within takes an area and at least one code: within(hukou_area, \"2103\")");
  }
  Typed area = compile(call.parts[0]);
  if (area.type != Type::area) refuse(call, "within 的第一项应为地区类的事实", "within needs an area fact first");
  std::vector<std::uint32_t> parts;
  for (std::size_t i = 1; i < call.parts.size(); ++i) {
    parts.push_back(add({.op = Op::within, .first = area.node, .number = pack_area(area_text(call.parts[i]))}));
  }
  return {Type::truth, make_any(std::move(parts))};
}

}  // namespace tanfang::schemes
