// Checks of whole schemes: what can never happen, what lies below the national floor, what no case tries.
#include <algorithm>
#include <filesystem>

#include "schemes/cases.h"
#include "schemes/evaluator.h"
#include "schemes/implication.h"
#include "schemes/loader.h"
#include "schemes/schemes_problems.h"
#include "schemes/unread_files.h"

namespace tanfang::schemes {
namespace {

namespace fs = std::filesystem;

class SchemeLint {
 public:
  SchemeLint(const LoadedScheme& loaded, const LoadedSchemes& all, Mistakes& mistakes)
      : loaded_(loaded),
        scheme_(*loaded.scheme),
        program_(*scheme_.program),
        all_(all),
        mistakes_(mistakes),
        logic_(program_) {}

  void run() {
    never();
    always();
    if (!scheme_.national_floor) floor();
    cases();
  }

 private:
  const TierDraft& tier_draft(std::size_t i) const { return loaded_.draft.tiers[i]; }

  void never() {
    if (logic_.impossible({program_.eligible})) {
      mistakes_.error(loaded_.draft.eligible.place, "[eligible] 永远不成立", "[eligible] can never be true");
    }
    for (std::size_t i = 0; i < loaded_.draft.categories.size(); ++i) {
      const CategoryDraft& category = loaded_.draft.categories[i];
      if (!logic_.impossible({program_.categories[i]})) continue;
      // A category that a setting switches off is meant to be off.
      if (names_setting(category.rule.text)) continue;
      mistakes_.error(category.rule_place(), "类别 “" + category.category.id + "” 永远不成立",
                      "category \"" + category.category.id + "\" can never be true");
    }
    for (std::size_t i = 0; i < scheme_.tiers.size(); ++i) unreachable(i);
  }

  /// A rule that holds whatever is known of a person says nothing; where that is meant, it is better left out.
  void always() {
    always_holds(loaded_.draft.eligible, program_.eligible, {program_.definitions.front().root}, "[eligible]");
    for (std::size_t i = 0; i < loaded_.draft.categories.size(); ++i) {
      const CategoryDraft& category = loaded_.draft.categories[i];
      always_holds(category.rule, program_.categories[i], {}, "[[category]] " + category.category.id);
    }
    for (std::size_t i = 0; i < scheme_.tiers.size(); ++i) {
      const std::string what = "[[tier]] " + scheme_.tiers[i].id;
      always_holds(tier_draft(i).rule, program_.tiers[i], {}, what);
      for (std::size_t k = 0; k < program_.owed[i].size(); ++k) {
        always_holds(tier_draft(i).owed[k].when, program_.owed[i][k].when, {}, what + " [[tier.owed]] when");
        for (std::size_t m = 0; m < program_.owed[i][k].methods.size(); ++m) {
          always_holds(method_draft(i, k, m).when, program_.owed[i][k].methods[m].when, {}, "methods when");
        }
      }
    }
    for (const DefinitionDraft& draft : loaded_.draft.definitions) {
      for (const DefinitionCode& code : program_.definitions) {
        if (code.id != draft.id || code.is_number || draft.is_score) continue;
        always_holds(draft.rule, code.root, {}, "[[definition]] " + draft.id);
      }
    }
  }

  void always_holds(const RuleText& rule, std::uint32_t node, const std::vector<std::uint32_t>& given,
                    const std::string& what) {
    if (rule.text.empty() || names_setting(rule.text)) return;
    if (!(given.empty() ? logic_.always(node) : logic_.follows(given, node))) return;
    mistakes_.warn(rule.place, what + " 的规则永远成立，等于没有条件",
                   what + ": the rule always holds, as if there were none");
  }

  bool names_setting(const std::string& rule) const {
    return std::any_of(scheme_.settings.begin(), scheme_.settings.end(),
                       [&](const Setting& setting) { return rule.find(setting.id) != std::string::npos; });
  }

  void unreachable(std::size_t i) {
    const std::string& id = scheme_.tiers[i].id;
    const Place& place = tier_draft(i).rule_place();
    if (logic_.impossible({program_.eligible_person, program_.tiers[i]})) {
      mistakes_.error(place, "等级 “" + id + "” 无人可及：规则永远不成立",
                      "tier \"" + id + "\" is unreachable: its rule can never be true");
      return;
    }
    for (std::size_t higher = 0; higher < i; ++higher) {
      if (!logic_.follows({program_.eligible_person, program_.tiers[i]}, program_.tiers[higher])) continue;
      const std::string& other = scheme_.tiers[higher].id;
      mistakes_.error(
          place, "等级 “" + id + "” 无人可及：符合它的人都已归入更高的 “" + other + "”",
          "tier \"" + id + "\" is unreachable: whoever fits it is already in the higher tier \"" + other + "\"");
      return;
    }
  }

  static double visits_a_year(const Owed& owed) {
    switch (owed.window) {
      case Window::week:
        return owed.min * 52.0;
      case Window::half_month:
        return owed.min * 24.0;
      case Window::month:
        return owed.min * 12.0;
      case Window::quarter:
        return owed.min * 4.0;
      case Window::half_year:
        return owed.min * 2.0;
      case Window::year:
        return owed.min;
      case Window::interval:
        return owed.days > 0 ? owed.min * 365.0 / owed.days : 0;
      case Window::after_event:
        return 0;
    }
    return 0;
  }

  static double most_visits(const Scheme& scheme, std::size_t tier) {
    double most = 0;
    for (std::size_t i = 0; i < scheme.tiers[tier].owed.size(); ++i) {
      const Node& when = scheme.program->nodes[scheme.program->owed[tier][i].when];
      if (when.op == Op::constant && when.number != 0) most = std::max(most, visits_a_year(scheme.tiers[tier].owed[i]));
    }
    return most;
  }

  void floor() {
    const Scheme* national = nullptr;
    for (const LoadedScheme& other : all_.schemes) {
      if (other.scheme && other.scheme->national_floor) national = other.scheme.get();
    }
    if (!national) return;
    for (const Category& category : national->categories) {
      if (!category.makes_eligible) continue;
      const Category* own = scheme_.find_category(category.id);
      if (own && own->makes_eligible) continue;
      mistakes_.warn(loaded_.draft.place, "低于国家底线：未包括 “" + category.words.zh + "”（" + category.id + "）",
                     "below the national floor: " + category.words.en + " (" + category.id + ") is left out");
    }
    double least = most_visits(*national, national->tiers.size() - 1);
    for (std::size_t i = 0; i < scheme_.tiers.size(); ++i) {
      if (most_visits(scheme_, i) >= least) continue;
      mistakes_.warn(
          tier_draft(i).place, "低于国家底线：等级 “" + scheme_.tiers[i].id + "” 的探访次数少于国家要求",
          "below the national floor: tier \"" + scheme_.tiers[i].id + "\" is owed fewer visits than nationally");
    }
  }

  void cases() {
    if (loaded_.draft.case_table.empty()) {
      mistakes_.warn(loaded_.draft.place, "缺少案例表 cases.jsonl，规则没有经过检验",
                     "there is no case table cases.jsonl: the rules are not tried");
      return;
    }
    std::vector<CaseOutcome> people = try_table(scheme_, *all_.vocabulary, loaded_.draft.case_table, mistakes_);
    for (std::size_t i = 0; i < loaded_.draft.categories.size(); ++i) {
      tried(people, program_.categories[i], loaded_.draft.categories[i].rule_place(),
            "类别 " + scheme_.categories[i].id, "category " + scheme_.categories[i].id);
    }
    for (std::size_t i = 0; i < scheme_.tiers.size(); ++i) {
      tried(people, program_.tiers[i], tier_draft(i).rule_place(), "等级 " + scheme_.tiers[i].id,
            "tier " + scheme_.tiers[i].id);
      for (std::size_t k = 0; k < program_.owed[i].size(); ++k) {
        tried(people, program_.owed[i][k].when, tier_draft(i).owed[k].when.place, "探访义务",
              "the condition of [[tier.owed]]");
        for (std::size_t m = 0; m < program_.owed[i][k].methods.size(); ++m) {
          tried(people, program_.owed[i][k].methods[m].when, method_draft(i, k, m).when.place, "探访方式",
                "the condition of the methods");
        }
      }
    }
    if (!loaded_.draft.eligible.text.empty()) {
      tried(people, program_.eligible, loaded_.draft.eligible.place, "[eligible]", "[eligible]");
    }
  }

  const MethodDraft& method_draft(std::size_t tier, std::size_t owed, std::size_t method) const {
    const std::vector<MethodDraft>& own = loaded_.draft.tiers[tier].owed[owed].methods;
    return own.empty() ? loaded_.draft.methods[method] : own[method];
  }

  /// A rule that no case makes true, or none makes false, is not tried.
  void tried(const std::vector<CaseOutcome>& people, std::uint32_t rule, const Place& place, const std::string& zh,
             const std::string& en) {
    if (program_.nodes[rule].op == Op::constant) return;
    bool yes = false;
    bool no = false;
    for (const CaseOutcome& person : people) {
      Evaluator evaluator(program_, person.facts, person.on);
      Truth value = evaluator.truth(rule);
      yes = yes || value == Truth::yes;
      no = no || value == Truth::no;
    }
    if (!yes) mistakes_.warn(place, zh + " 在案例表中从未成立", en + " is never true in the case table");
    if (!no) mistakes_.warn(place, zh + " 在案例表中从未不成立", en + " is never false in the case table");
  }

  const LoadedScheme& loaded_;
  const Scheme& scheme_;
  const Program& program_;
  const LoadedSchemes& all_;
  Mistakes& mistakes_;
  Implication logic_;
};

bool inside(const std::string& file, const std::string& folder) {
  fs::path inner = fs::weakly_canonical(file);
  fs::path outer = fs::weakly_canonical(folder);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

}  // namespace

std::vector<SchemeMistake> lint(const std::string& shipped, const std::vector<std::string>& folders) {
  std::string home = shipped + "/schemes";
  std::vector<std::string> checked = folders.empty() ? std::vector<std::string>{home} : folders;
  for (const std::string& folder : checked) {
    if (!fs::is_directory(folder)) throw folder_missing(folder);
  }
  LoadedSchemes all = load_schemes(home, folders, {});
  Mistakes mistakes;
  for (const SchemeMistake& mistake : all.mistakes.list()) {
    bool asked = std::any_of(checked.begin(), checked.end(),
                             [&](const std::string& folder) { return inside(mistake.file, folder); });
    if (asked) mistakes.append({mistake});
  }
  for (const std::string& folder : checked) {
    bool any = false;
    for (const LoadedScheme& loaded : all.schemes) {
      if (!inside(loaded.draft.place.file, folder)) continue;
      any = true;
      if (loaded.scheme) SchemeLint(loaded, all, mistakes).run();
    }
    if (any) {
      for (const std::string& each : scheme_folders(folder)) check_unread_files(each, mistakes);
    }
    if (!any) mistakes.error({folder, 1}, "文件夹中没有 scheme.toml", "there is no scheme.toml in this folder");
  }
  return mistakes.sorted();
}

}  // namespace tanfang::schemes
