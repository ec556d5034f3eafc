// Why a verdict is what it is: the rule, its clause, and the facts that made it so.
#include "schemes/assess.h"
#include "schemes/missing.h"
#include "schemes/narrator.h"

namespace tanfang::schemes {
namespace {

class Teller {
 public:
  Teller(Evaluator& evaluator, const Scheme& scheme, const Verdict& verdict)
      : scheme_(scheme), program_(*scheme.program), verdict_(verdict), evaluator_(evaluator), narrator_(evaluator) {}

  std::vector<Reason> tell() {
    eligible();
    for (std::size_t i = 0; i < scheme_.categories.size(); ++i) category(i);
    scores();
    if (verdict_.tier >= 0) tier(static_cast<std::size_t>(verdict_.tier));
    for (std::size_t i = 0; i < scheme_.tiers.size(); ++i) {
      if (verdict_.possible_tiers >> i & 1) possible_tier(i);
    }
    if (verdict_.declined) {
      add("declined", program_.eligible_cite,
          {"本人不愿接受探访，不安排探访，单独统计并再次征询",
           "declined: no visits are owed; counted apart and asked again"});
    }
    marks();
    return std::move(out_);
  }

 private:
  void add(std::string rule, const std::string& cite, Words text) {
    if (!cite.empty()) {
      text.zh.append("（").append(cite).append("）");
      text.en.append(" (").append(cite).append(")");
    }
    out_.push_back({std::move(rule), cite, std::move(text)});
  }

  static Words labelled(const Words& label, const Words& detail) {
    if (detail.zh.empty()) return label;
    return {label.zh + "：" + detail.zh, label.en + ": " + detail.en};
  }

  Words facts_of(std::uint32_t root) { return joined(narrator_.because(root), "，", ", "); }

  Words missing_of(std::uint32_t root) {
    MissingFacts missing(evaluator_);
    missing.collect(root);
    return missing.words();
  }

  void eligible() {
    const std::string& cite = program_.eligible_cite;
    if (verdict_.eligible == Truth::yes) {
      return add("eligible", cite, labelled({"符合条件", "eligible"}, facts_of(program_.eligible)));
    }
    if (verdict_.eligible == Truth::unknown) {
      if (evaluator_.truth(program_.eligible) != Truth::unknown)
        return add("eligible", cite,
                   {"是否符合条件待核实：类别未能确定", "eligibility is to be verified: no category is certain yet"});
      Words missing = missing_of(program_.eligible);
      return add("eligible", cite,
                 {"是否符合条件待核实，缺少：" + missing.zh, "eligibility is to be verified; missing: " + missing.en});
    }
    if (evaluator_.truth(program_.eligible) == Truth::no) {
      return add("eligible", cite, labelled({"不符合条件", "not eligible"}, facts_of(program_.eligible)));
    }
    add("eligible", cite, {"不符合条件：不属于任何探访对象类别", "not eligible: in none of the categories"});
  }

  void category(std::size_t i) {
    const Category& category = scheme_.categories[i];
    if (verdict_.categories >> i & 1) {
      add("category." + category.id, category.cite,
          labelled(category.words, facts_of(body_of(program_.categories[i]))));
    } else if (verdict_.possible_categories >> i & 1) {
      Words missing = missing_of(program_.categories[i]);
      add("category." + category.id, category.cite,
          {"可能属于" + category.words.zh + "，缺少：" + missing.zh,
           "possibly " + category.words.en + "; missing: " + missing.en});
    }
  }

  /// The rule behind a definition, so that the category's name is not said twice.
  std::uint32_t body_of(std::uint32_t node) const {
    const Node& at = program_.nodes[node];
    return at.op == Op::definition ? program_.definitions[at.first].root : node;
  }

  /// Each score with the lines that gave it points, and those that still may.
  void scores() {
    for (const DefinitionCode& code : program_.definitions) {
      const Node& node = program_.nodes[code.root];
      if (node.op != Op::points) continue;
      std::vector<Words> lines;
      for (std::uint32_t i = 0; i + 1 < node.second; i += 2) {
        Truth truth = evaluator_.truth(program_.parts[node.first + i]);
        if (truth != Truth::no) lines.push_back(line_of(node, i, truth, line_cite(code.id, i / 2)));
      }
      std::string total = range_text(evaluator_.number(code.root));
      Words score{code.words.zh + " " + total + code.unit.zh, code.words.en + " " + total + " " + code.unit.en};
      add("score." + code.id, code.cite, labelled(score, joined(lines, "，", ", ")));
    }
  }

  Words line_of(const Node& score, std::uint32_t at, Truth truth, const std::string& cite) {
    std::string points = range_text(evaluator_.number(program_.parts[score.first + at + 1]));
    Words when = narrator_.describe(program_.parts[score.first + at]);
    if (truth == Truth::yes) {
      if (Words facts = facts_of(program_.parts[score.first + at]); !facts.zh.empty()) when = facts;
    }
    if (points.front() != '-') points.insert(0, "+");
    Words line{points + " " + when.zh, points + " " + when.en};
    if (truth == Truth::unknown) line = {"可能 " + line.zh, "possibly " + line.en};
    if (cite.empty()) return line;
    return {line.zh + "（" + cite + "）", line.en + " (" + cite + ")"};
  }

  std::string line_cite(const std::string& score, std::size_t line) const {
    for (const NamedRule& rule : scheme_.definitions) {
      if (rule.id == score && line < rule.points.size()) return rule.points[line].cite;
    }
    return {};
  }

  static std::string range_text(Range range) {
    auto one = [](std::int64_t value) {
      return value <= -kInfinite ? "−∞" : value >= kInfinite ? "∞" : std::to_string(value);
    };
    return range.low == range.high ? one(range.low) : one(range.low) + "…" + one(range.high);
  }

  void tier(std::size_t i) {
    const Tier& tier = scheme_.tiers[i];
    add("tier." + tier.id, tier.cite, labelled(tier.words, facts_of(program_.tiers[i])));
  }

  void possible_tier(std::size_t i) {
    const Tier& tier = scheme_.tiers[i];
    Words missing = missing_of(program_.tiers[i]);
    Words text{"可能为" + tier.words.zh, "possibly " + tier.words.en};
    if (!missing.zh.empty()) {
      text.zh += "，缺少：" + missing.zh;
      text.en += "; missing: " + missing.en;
    }
    add("tier." + tier.id, tier.cite, std::move(text));
  }

  void marks() {
    std::string_view last;
    for (const Obligation& obligation : verdict_.obligations) {
      if (obligation.mark.empty() || obligation.mark == last) continue;
      last = obligation.mark;
      for (const Labelled& mark : scheme_.marks) {
        if (mark.id == obligation.mark) add("mark." + mark.id, cite_of(obligation), mark.words);
      }
    }
  }

  std::string cite_of(const Obligation& obligation) const {
    const OwedCode& owed =
        program_.owed[static_cast<std::size_t>(verdict_.tier)][static_cast<std::size_t>(obligation.position)];
    for (const MethodCode& method : owed.methods) {
      if (method.mark == obligation.mark) return method.cite;
    }
    return {};
  }

  const Scheme& scheme_;
  const Program& program_;
  const Verdict& verdict_;
  Evaluator& evaluator_;
  Narrator narrator_;
  std::vector<Reason> out_;
};

}  // namespace

std::vector<Reason> reasons(const Scheme& scheme, const Facts& facts, Date on, const Verdict& verdict) {
  Evaluator evaluator(*scheme.program, facts, on);
  return reasons_with(evaluator, scheme, verdict);
}

std::vector<Reason> reasons_with(Evaluator& evaluator, const Scheme& scheme, const Verdict& verdict) {
  return Teller(evaluator, scheme, verdict).tell();
}

}  // namespace tanfang::schemes
