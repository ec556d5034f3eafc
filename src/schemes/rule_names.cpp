// Definitions, and how nodes are made.
#include <algorithm>

#include "schemes/rule_compiler.h"

namespace tanfang::schemes {

std::optional<Typed> RuleCompiler::definition(const std::string& id) {
  const DefinitionDraft* draft = find_definition(id);
  if (!draft || !draft->variable.empty()) return std::nullopt;
  return definition_node(compile_definition(*draft));
}

Typed RuleCompiler::definition_node(std::uint32_t index) {
  Type type = types_[index];
  return {type, add({.op = type == Type::truth ? Op::definition : Op::number_definition, .first = index})};
}

std::optional<std::uint32_t> RuleCompiler::boolean_fact(const std::string& id) {
  auto place = find_fact(id);
  if (!place || vocabulary_.facts()[*place].type != FactType::boolean) return std::nullopt;
  used_facts_.insert(id);
  return add({.op = Op::fact, .slot = *place});
}

std::uint32_t RuleCompiler::compile_definition(const DefinitionDraft& draft) {
  if (std::find(path_.begin(), path_.end(), draft.id) != path_.end()) {
    std::string round;
    for (const std::string& id : path_) round += id + " → ";
    throw ExpressionMistake{
        1, {"定义互相引用成环：" + round + draft.id, "definitions go in a circle: " + round + draft.id}};
  }
  auto found = compiled_.find(draft.id);
  if (found != compiled_.end()) return found->second;
  if (program_.definitions.size() >= kMostDefinitions) {
    throw ExpressionMistake{1, {"定义超过 255 个", "there are more than 255 definitions"}};
  }
  auto index = static_cast<std::uint32_t>(program_.definitions.size());
  program_.definitions.push_back({draft.id, draft.words, draft.unit, draft.cite, 0, false});
  types_.push_back(Type::truth);
  path_.push_back(draft.id);
  std::vector<LoopScope> outer = std::move(loops_);
  loops_.clear();
  Typed body;
  bool failed = false;
  try {
    body = definition_body(draft);
  } catch (const ExpressionMistake& mistake) {
    failed = true;
    std::string column = std::to_string(mistake.column);
    mistakes_.fatal(draft.rule.text.empty() ? draft.place : draft.rule.place,
                    "定义 " + draft.id + "：" + mistake.text.zh + "（规则第 " + column + " 字）",
                    "definition " + draft.id + ": " + mistake.text.en + " (character " + column + " of the rule)");
  }
  if (failed) body = {Type::truth, constant_truth(false)};
  loops_ = std::move(outer);
  path_.pop_back();
  compiled_.emplace(draft.id, index);
  types_[index] = body.type;
  program_.definitions[index].root = body.node;
  program_.definitions[index].is_number = body.type != Type::truth;
  return index;
}

Typed RuleCompiler::definition_body(const DefinitionDraft& draft) {
  if (!draft.is_score) {
    Typed out = compile(parse_expression(draft.rule.text));
    if (out.type == Type::truth || out.type == Type::number || out.type == Type::date) return out;
    throw ExpressionMistake{
        1, {"定义应得出是或否、数字或日期", "a definition must come out as true or false, a number or a date"}};
  }
  std::vector<std::uint32_t> parts;
  for (const PointsDraft& line : draft.points) {
    const RuleText* reading = &line.when;
    try {
      parts.push_back(compile_truth(parse_expression(line.when.text)));
      reading = &line.points;
      parts.push_back(compile_number(parse_expression(line.points.text)));
    } catch (const ExpressionMistake& mistake) {
      mistakes_.fatal(reading->place, "评分 " + draft.id + "：" + mistake.text.zh,
                      "score " + draft.id + ": " + mistake.text.en);
      parts.resize(parts.size() / 2 * 2);
    }
  }
  Node node{.op = Op::points};
  node.first = static_cast<std::uint32_t>(program_.parts.size());
  node.second = static_cast<std::uint32_t>(parts.size());
  program_.parts.insert(program_.parts.end(), parts.begin(), parts.end());
  return {Type::number, add(node)};
}

std::vector<std::string> RuleCompiler::compile_unused() {
  std::vector<std::string> unused;
  for (const DefinitionDraft& draft : draft_.definitions) {
    if (compiled_.contains(draft.id)) continue;
    if (draft.variable.empty()) {
      unused.push_back(draft.id);
      compile_definition(draft);
    }
  }
  return unused;
}

std::uint32_t RuleCompiler::add(Node node) {
  program_.nodes.push_back(node);
  if (program_.nodes.size() > 60000) throw ExpressionMistake{1, {"规则过大", "the rules are too large"}};
  return static_cast<std::uint32_t>(program_.nodes.size() - 1);
}

std::uint32_t RuleCompiler::constant_truth(bool value) { return add({.op = Op::constant, .number = value}); }
std::uint32_t RuleCompiler::constant_number(std::int64_t value) { return add({.op = Op::number, .number = value}); }

std::optional<bool> RuleCompiler::folded(std::uint32_t node) const {
  const Node& at = program_.nodes[node];
  if (at.op != Op::constant) return std::nullopt;
  return at.number != 0;
}

std::uint32_t RuleCompiler::junction(Op op, std::vector<std::uint32_t> parts) {
  bool deciding = op == Op::any;
  std::vector<std::uint32_t> open;
  for (std::uint32_t part : parts) {
    auto constant = folded(part);
    if (constant == deciding) return constant_truth(deciding);
    if (!constant) open.push_back(part);
  }
  if (open.empty()) return constant_truth(!deciding);
  if (open.size() == 1) return open.front();
  Node node{.op = op};
  node.first = static_cast<std::uint32_t>(program_.parts.size());
  node.second = static_cast<std::uint32_t>(open.size());
  program_.parts.insert(program_.parts.end(), open.begin(), open.end());
  return add(node);
}

std::uint32_t RuleCompiler::negated(std::uint32_t node) {
  if (auto constant = folded(node)) return constant_truth(!*constant);
  return add({.op = Op::negate, .first = node});
}

const DefinitionDraft* RuleCompiler::find_definition(std::string_view id) const {
  for (const DefinitionDraft& draft : draft_.definitions) {
    if (draft.id == id) return &draft;
  }
  for (const DefinitionDraft& draft : common_.definitions) {
    if (draft.id == id) return &draft;
  }
  return nullptr;
}

const SettingDraft* RuleCompiler::find_setting(std::string_view id) const {
  for (const SettingDraft& draft : draft_.settings) {
    if (draft.setting.id == id) return &draft;
  }
  for (const SettingDraft& draft : common_.settings) {
    if (draft.setting.id == id) return &draft;
  }
  return nullptr;
}

std::optional<std::uint16_t> RuleCompiler::find_fact(std::string_view id) const {
  auto found = vocabulary_.slots().by_name.find(id);
  if (found == vocabulary_.slots().by_name.end()) return std::nullopt;
  for (std::uint16_t place : found->second) {
    const std::vector<std::string>& owners = vocabulary_.facts()[place].schemes;
    if (owners.empty() || std::find(owners.begin(), owners.end(), draft_.scheme.id) != owners.end()) return place;
  }
  return std::nullopt;
}

const RuleCompiler::LoopScope* RuleCompiler::find_loop(std::string_view variable) const {
  for (auto loop = loops_.rbegin(); loop != loops_.rend(); ++loop) {
    if (loop->variable == variable) return &*loop;
  }
  return nullptr;
}

std::vector<std::string> RuleCompiler::all_names() const {
  std::vector<std::string> names;
  for (const FactDeclaration& fact : vocabulary_.facts()) names.push_back(fact.name);
  for (const auto* drafts : {&draft_.definitions, &common_.definitions}) {
    for (const DefinitionDraft& draft : *drafts) names.push_back(draft.id);
  }
  for (const auto* drafts : {&draft_.settings, &common_.settings}) {
    for (const SettingDraft& draft : *drafts) names.push_back(draft.setting.id);
  }
  return names;
}

}  // namespace tanfang::schemes
