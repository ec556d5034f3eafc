#include "schemes/compiler.h"

#include <algorithm>

#include "schemes/rule_compiler.h"

namespace tanfang::schemes {
namespace {

class SchemeCompiler {
 public:
  SchemeCompiler(const Draft& draft, const Common& common, const std::shared_ptr<const Vocabulary>& vocabulary,
                 Mistakes& mistakes)
      : draft_(draft),
        common_(common),
        mistakes_(mistakes),
        program_(std::make_shared<Program>()),
        scheme_(std::make_shared<Scheme>(draft.scheme)),
        rules_(draft_, common_, *vocabulary, *program_, mistakes) {
    program_->vocabulary = vocabulary;
  }

  std::shared_ptr<Scheme> run() {
    eligible();
    for (const CategoryDraft& category : draft_.categories) add_category(category);
    add_advanced_age();
    std::vector<std::uint32_t> kinds;
    for (std::size_t i = 0; i < scheme_->categories.size(); ++i) {
      if (scheme_->categories[i].makes_eligible) kinds.push_back(program_->categories[i]);
    }
    program_->eligible_person = rules_.make_all({program_->eligible, rules_.make_any(std::move(kinds))});
    rules_.set_eligible(program_->eligible_person);
    tiers();
    numbers();
    settings();
    written();
    for (const FactDeclaration& fact : draft_.facts) scheme_->own_facts.push_back(fact.name);
    auto willing = program_->vocabulary->slots().by_name.find("willing");
    if (willing != program_->vocabulary->slots().by_name.end()) program_->willing = willing->second.front();
    unused();
    scheme_->program = program_;
    return scheme_;
  }

 private:
  void eligible() {
    // Section 3, item 0: elderly at home is every scheme's first condition.
    std::vector<std::uint32_t> parts;
    parts.push_back(rules_.truth({"elderly_at_home", draft_.place}, "elderly_at_home"));
    if (!draft_.eligible.text.empty()) parts.push_back(rules_.truth(draft_.eligible, "[eligible]"));
    program_->eligible = rules_.make_all(std::move(parts));
    program_->eligible_cite = draft_.eligible_cite;
    if (draft_.eligible_cite.empty() && !program_->definitions.empty()) {
      program_->eligible_cite = program_->definitions.front().cite;
    }
  }

  std::uint32_t category_root(const CategoryDraft& category) {
    const std::string& id = category.category.id;
    try {
      if (auto node = rules_.definition(id)) return as_truth(*node, category);
      if (auto fact = rules_.boolean_fact(id)) return *fact;
    } catch (const ExpressionMistake& mistake) {
      mistakes_.fatal(category.place, mistake.text.zh, mistake.text.en);
      return program_->eligible;
    }
    mistakes_.fatal(category.place, "类别 “" + id + "” 没有规则，也没有同名的定义或是非类事实",
                    "category \"" + id + "\" has no rule, and no definition or yes/no fact has its name");
    return program_->eligible;
  }

  std::uint32_t as_truth(const Typed& node, const CategoryDraft& category) {
    if (node.type != Type::truth) {
      mistakes_.fatal(category.rule_place(), "类别 “" + category.category.id + "” 的定义不是是非条件",
                      "the definition of category \"" + category.category.id + "\" is not true or false");
    }
    return node.node;
  }

  void add_category(const CategoryDraft& category) {
    scheme_->categories.push_back(category.category);
    scheme_->categories.back().rule = category.rule.text;
    program_->categories.push_back(category_root(category));
  }

  /// advanced_age is always reported too (section 5).
  void add_advanced_age() {
    if (scheme_->find_category("advanced_age")) return;
    CategoryDraft draft;
    draft.category.id = "advanced_age";
    draft.category.makes_eligible = false;
    draft.place = draft_.place;
    for (const Labelled& category : common_.categories) {
      if (category.id == "advanced_age") draft.category.words = category.words;
    }
    for (const std::vector<DefinitionDraft>* drafts : {&common_.definitions, &draft_.definitions}) {
      for (const DefinitionDraft& definition : *drafts) {
        if (definition.id == "advanced_age") draft.category.cite = definition.cite;
      }
    }
    add_category(draft);
  }

  void tiers() {
    for (std::size_t i = 0; i < draft_.tiers.size(); ++i) {
      const TierDraft& tier = draft_.tiers[i];
      Tier made = tier.tier;
      bool last = i + 1 == draft_.tiers.size();
      std::string what = "[[tier]] " + made.id;
      if (!last && tier.rule.text.empty()) {
        mistakes_.fatal(tier.place, what + " 缺少 rule；只有最后一级可以不写",
                        what + ": rule is missing; only the last tier may go without");
      }
      bool constant_true = tier.rule.text.empty() || tier.rule.text == "true";
      if (last && !constant_true) {
        mistakes_.fatal(
            tier.rule.place, what + " 是最后一级，收下其余所有符合条件的人，请去掉 rule",
            what + " is the last tier and takes every eligible person that no higher tier takes: leave its rule out");
      }
      program_->tiers.push_back(rules_.truth(constant_true ? RuleText{"true", tier.place} : tier.rule, what));
      program_->owed.emplace_back();
      for (const OwedDraft& owed : tier.owed) made.owed.push_back(add_owed(owed, what));
      scheme_->tiers.push_back(std::move(made));
    }
  }

  Owed add_owed(const OwedDraft& draft, const std::string& tier) {
    Owed owed = draft.owed;
    owed.when = draft.when.text;
    owed.methods = choices(draft.methods);
    std::string what = "[[tier.owed]] (" + tier + ")";
    owed.min = static_cast<int>(rules_.constant(draft.min, 1, 1, 366, what + " min"));
    owed.days = static_cast<int>(rules_.constant(draft.days, 0, 1, 366, what + " days"));
    owed.hours = static_cast<int>(rules_.constant(draft.hours, 0, 1, 8784, what + " hours"));
    if (!owed.event.empty()) {
      events_.insert(owed.event);
      const std::vector<Labelled>& events = draft_.scheme.events;
      bool declared =
          std::any_of(events.begin(), events.end(), [&](const Labelled& event) { return event.id == owed.event; });
      if (!declared) {
        mistakes_.fatal(draft.event_place, "事件 “" + owed.event + "” 没有用 [[event]] 声明",
                        "event \"" + owed.event + "\" is not declared in [[event]]");
      }
    }
    OwedCode code;
    code.when = rules_.truth(draft.when.text.empty() ? RuleText{"true", draft.place} : draft.when, what + " when");
    bool own = !draft.methods.empty();
    if (!own && draft_.methods.empty()) {
      mistakes_.fatal(draft.place, what + " 没有探访方式：写 methods，或在方案中写 [[method]]",
                      what + ": no methods; write methods here or [[method]] for the scheme");
    }
    for (const MethodDraft& method : own ? draft.methods : draft_.methods) code.methods.push_back(add_method(method));
    if (!code.methods.empty() && program_->nodes[code.methods.back().when].op != Op::constant) {
      mistakes_.fatal((own ? draft.methods : draft_.methods).back().when.place,
                      "最后一个探访方式不应有 when，以便人人都有方式可用",
                      "the last choice of methods must have no when, so that there is one for everybody");
    }
    for (const MethodDraft& method : own ? draft.methods : draft_.methods) {
      bool last = &method == &(own ? draft.methods : draft_.methods).back();
      if (last || !method.when.text.empty()) continue;
      mistakes_.fatal(method.place, "没有 when 的探访方式之后，其余的都不会用到；它应放在最后",
                      "what comes after a choice of methods without when is never used; put it last");
    }
    program_->owed.back().push_back(std::move(code));
    return owed;
  }

  MethodCode add_method(const MethodDraft& draft) {
    MethodCode code;
    code.when = rules_.truth(draft.when.text.empty() ? RuleText{"true", draft.place} : draft.when, "when");
    code.methods = draft.methods;
    code.mark = draft.mark;
    code.cite = draft.cite;
    if (draft.methods.empty()) {
      mistakes_.fatal(draft.place, "探访方式 methods 是空的", "methods are empty");
    }
    if (!draft.mark.empty()) {
      marks_.insert(draft.mark);
      const std::vector<Labelled>& marks = draft_.scheme.marks;
      bool known = std::any_of(marks.begin(), marks.end(), [&](const Labelled& mark) { return mark.id == draft.mark; });
      if (!known) {
        mistakes_.fatal(draft.mark_place, "标记 “" + draft.mark + "” 没有用 [[mark]] 声明",
                        "mark \"" + draft.mark + "\" is not declared in [[mark]]");
      }
    }
    return code;
  }

  void numbers() {
    std::int64_t days = setting_number("first_visit_days", 30);
    std::int64_t times = setting_number("epidemic_multiplier", 2);
    scheme_->first_visit_days =
        static_cast<int>(rules_.constant(draft_.first_visit_days, days, 1, 366, "first_visit_days"));
    scheme_->epidemic_multiplier =
        static_cast<int>(rules_.constant(draft_.epidemic_multiplier, times, 1, 10, "[epidemic] multiplier"));
  }

  static std::vector<MethodChoice> choices(const std::vector<MethodDraft>& drafts) {
    std::vector<MethodChoice> out;
    for (const MethodDraft& draft : drafts) out.push_back({draft.when.text, draft.methods, draft.mark, draft.cite});
    return out;
  }

  /// What people read: the rules as they are written.
  void written() {
    scheme_->eligible_rule = draft_.eligible.text;
    scheme_->eligible_cite = draft_.eligible_cite;
    scheme_->methods = choices(draft_.methods);
    for (const DefinitionDraft& draft : draft_.definitions) {
      // A category's rule is shown with the category.
      if (scheme_->find_category(draft.id) && !scheme_->find_category(draft.id)->rule.empty()) continue;
      NamedRule rule{draft.id, draft.words, "", draft.rule.text, {}, draft.cite};
      if (!draft.variable.empty()) rule.of = draft.variable + " in " + draft.list;
      for (const PointsDraft& line : draft.points) rule.points.push_back({line.when.text, line.points.text, line.cite});
      scheme_->definitions.push_back(std::move(rule));
    }
  }

  std::int64_t setting_number(std::string_view id, std::int64_t fallback) const {
    for (const std::vector<SettingDraft>* drafts : {&draft_.settings, &common_.settings}) {
      for (const SettingDraft& draft : *drafts) {
        if (draft.setting.id == id) return draft.number;
      }
    }
    return fallback;
  }

  void settings() {
    for (const SettingDraft& draft : draft_.settings) scheme_->settings.push_back(draft.setting);
    for (const SettingDraft& draft : common_.settings) {
      bool own = std::any_of(draft_.settings.begin(), draft_.settings.end(),
                             [&](const SettingDraft& mine) { return mine.setting.id == draft.setting.id; });
      // Where the scheme gives the number itself, the common setting says nothing.
      bool used = rules_.used_settings().contains(draft.setting.id) ||
                  (draft.setting.id == "first_visit_days" && draft_.first_visit_days.text.empty()) ||
                  (draft.setting.id == "epidemic_multiplier" && draft_.epidemic_multiplier.text.empty());
      if (!own && used) scheme_->settings.push_back(draft.setting);
    }
  }

  void unused() {
    for (const std::string& id : rules_.compile_unused()) {
      for (const DefinitionDraft& draft : draft_.definitions) {
        if (draft.id == id)
          mistakes_.warn(draft.place, "定义 “" + id + "” 没有被用到", "definition \"" + id + "\" is never used");
      }
    }
    for (const SettingDraft& draft : draft_.settings) {
      const std::string& id = draft.setting.id;
      bool shared = id == "first_visit_days" || id == "epidemic_multiplier";
      if (shared || rules_.used_settings().contains(id)) continue;
      mistakes_.warn(draft.place, "设置 “" + id + "” 没有被用到", "setting \"" + id + "\" is never used");
    }
    for (std::size_t i = 0; i < draft_.facts.size(); ++i) {
      if (rules_.used_facts().contains(draft_.facts[i].name)) continue;
      mistakes_.warn(draft_.fact_places[i], "事实 “" + draft_.facts[i].name + "” 没有被用到",
                     "fact \"" + draft_.facts[i].name + "\" is never used");
    }
    for (std::size_t i = 0; i < draft_.scheme.events.size(); ++i) {
      const Labelled& event = draft_.scheme.events[i];
      if (events_.contains(event.id)) continue;
      mistakes_.warn(draft_.event_places[i], "事件 “" + event.id + "” 没有被用到",
                     "event \"" + event.id + "\" is never used");
    }
  }

  const Draft draft_;
  const Common& common_;
  Mistakes& mistakes_;
  std::shared_ptr<Program> program_;
  std::shared_ptr<Scheme> scheme_;
  RuleCompiler rules_;
  std::set<std::string> events_;
  std::set<std::string> marks_;
};

/// A category's own rule is a definition of that name, so that other rules mean the same thing by it.
Draft with_category_rules(Draft draft) {
  for (const CategoryDraft& category : draft.categories) {
    if (category.rule.text.empty()) continue;
    DefinitionDraft definition;
    definition.id = category.category.id;
    definition.words = category.category.words;
    definition.cite = category.category.cite;
    definition.rule = category.rule;
    definition.place = category.place;
    draft.definitions.push_back(std::move(definition));
  }
  return draft;
}

}  // namespace

std::shared_ptr<Scheme> compile_scheme(const Draft& draft, const Common& common,
                                       const std::shared_ptr<const Vocabulary>& vocabulary, Mistakes& mistakes) {
  check_names(draft, common, mistakes);
  std::shared_ptr<Scheme> scheme = SchemeCompiler(with_category_rules(draft), common, vocabulary, mistakes).run();
  return mistakes.any_fatal() ? nullptr : scheme;
}

}  // namespace tanfang::schemes
