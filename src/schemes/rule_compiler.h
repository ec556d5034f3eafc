// Turns the rules of one scheme into nodes: looks up names, checks types, folds what settings decide.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schemes/draft.h"
#include "schemes/expression.h"
#include "schemes/program.h"

namespace tanfang::schemes {

enum class Type { truth, number, date, choice, set, area, list, duration, text };

/// The outcome of one expression.
struct Typed {
  Type type = Type::truth;
  std::uint32_t node = 0;
  const FactDeclaration* fact = nullptr;  // choice, set, list: what it is declared as
  std::string text = {};                  // text; duration: its unit
  std::int64_t number = 0;                // duration
};

class RuleCompiler {
 public:
  RuleCompiler(const Draft& draft, const Common& common, const Vocabulary& vocabulary, Program& program,
               Mistakes& mistakes);

  /// A rule that must be true or false. A mistake is noted and gives a constant.
  std::uint32_t truth(const RuleText& rule, const std::string& what);
  /// A number that settings and the text alone decide.
  std::int64_t constant(const RuleText& rule, std::int64_t fallback, std::int64_t min, std::int64_t max,
                        const std::string& what);
  /// The named definition as a node; nullopt where there is none of that name.
  std::optional<Typed> definition(const std::string& id);
  /// The boolean fact of that name as a node.
  std::optional<std::uint32_t> boolean_fact(const std::string& id);
  /// What `eligible` means in rules from now on.
  void set_eligible(std::uint32_t node) { eligible_ = node; }
  /// Compiles what no rule used, so that its mistakes are found; names of definitions of the scheme's own.
  std::vector<std::string> compile_unused();

  const std::set<std::string>& used_settings() const { return used_settings_; }
  const std::set<std::string>& used_facts() const { return used_facts_; }

  std::uint32_t make_all(std::vector<std::uint32_t> parts) { return junction(Op::all, std::move(parts)); }
  std::uint32_t make_any(std::vector<std::uint32_t> parts) { return junction(Op::any, std::move(parts)); }

 private:
  struct LoopScope {
    std::string variable;
    std::uint16_t list = 0;  // place in the vocabulary
    std::uint8_t depth = 1;
  };

  // rule_compiler.cpp: names, calls and loops
  Typed compile(const Expression& expression);
  std::uint32_t compile_truth(const Expression& expression);
  std::uint32_t compile_number(const Expression& expression);
  Typed compile_name(const Expression& expression);
  Typed compile_member(const Expression& expression, const std::string& variable, const std::string& member);
  Typed compile_setting(const SettingDraft& setting);
  Typed compile_call(const Expression& expression);
  Typed compile_known(const Expression& argument);
  Typed compile_since(const Expression& call, Op op);
  Typed compile_loop(const Expression& expression);
  Typed compile_member_definition(const DefinitionDraft& draft, const LoopScope& scope, const Expression& use);
  std::uint32_t compile_definition(const DefinitionDraft& draft);
  Typed definition_body(const DefinitionDraft& draft);
  Typed definition_node(std::uint32_t index);
  [[noreturn]] void refuse_name(const Expression& expression);

  // rule_areas.cpp
  Typed compile_relation(const Expression& expression, int digits);
  Typed compile_same(const Expression& where, const Typed& left, const Typed& right, int digits);
  Typed compile_within(const Expression& call);
  std::string area_text(const Expression& expression);

  // rule_compare.cpp
  Typed compile_compare(const Expression& expression);
  Typed compile_in(const Expression& expression);
  Typed compile_holds(const Expression& expression);
  Typed compile_empty(const Expression& expression);
  Typed compile_sum(const Expression& expression);
  std::optional<Typed> choice_side(const Expression& expression);
  Typed compare_choice(const Typed& choice, const Expression& other, const std::string& sign, int column);
  std::int64_t place_of_value(const FactDeclaration& fact, const Expression& value);
  std::int64_t bits_of_values(const FactDeclaration& fact, const Expression& expression);

  Typed load(const FactDeclaration& fact, std::uint16_t slot, std::uint8_t depth, std::uint16_t list);
  std::uint32_t add(Node node);
  std::uint32_t constant_truth(bool value);
  std::uint32_t constant_number(std::int64_t value);
  std::uint32_t junction(Op op, std::vector<std::uint32_t> parts);
  std::uint32_t negated(std::uint32_t node);
  std::optional<bool> folded(std::uint32_t node) const;

  const DefinitionDraft* find_definition(std::string_view id) const;
  const SettingDraft* find_setting(std::string_view id) const;
  std::optional<std::uint16_t> find_fact(std::string_view id) const;
  const LoopScope* find_loop(std::string_view variable) const;
  std::vector<std::string> all_names() const;

  const Draft& draft_;
  const Common& common_;
  const Vocabulary& vocabulary_;
  Program& program_;
  Mistakes& mistakes_;
  std::map<std::string, std::uint32_t, std::less<>> compiled_;  // definition -> index
  std::vector<Type> types_;                                     // of the compiled definitions
  std::vector<std::string> path_;                               // definitions being compiled, outermost first
  std::vector<LoopScope> loops_;
  std::optional<std::uint32_t> eligible_;
  std::set<std::string> used_settings_;
  std::set<std::string> used_facts_;
};

}  // namespace tanfang::schemes
