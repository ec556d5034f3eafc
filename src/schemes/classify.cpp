// What a scheme says of a person: section 5 of the rules of the service.
#include "schemes/assess.h"

namespace tanfang::schemes {
namespace {

Truth with_any(Truth sum, Truth next) { return negation(conjunction(negation(sum), negation(next))); }

/// Every category is computed: also who is not eligible sees which apply.
Truth categories(Evaluator& evaluator, const Scheme& scheme, Verdict& verdict) {
  const Program& program = evaluator.program();
  Truth any = Truth::no;
  for (std::size_t i = 0; i < program.categories.size(); ++i) {
    Truth value = evaluator.truth(program.categories[i]);
    if (value == Truth::yes) verdict.categories |= std::uint64_t{1} << i;
    if (value == Truth::unknown) verdict.possible_categories |= std::uint64_t{1} << i;
    if (scheme.categories[i].makes_eligible) any = with_any(any, value);
  }
  return any;
}

/// The highest tier that is true; those above it that are unknown are possible.
void tiers(Evaluator& evaluator, Verdict& verdict) {
  const Program& program = evaluator.program();
  for (std::size_t i = 0; i < program.tiers.size(); ++i) {
    Truth value = conjunction(verdict.eligible, evaluator.truth(program.tiers[i]));
    if (value == Truth::yes) {
      verdict.tier = static_cast<int>(i);
      return;
    }
    if (value == Truth::unknown) verdict.possible_tiers |= std::uint32_t{1} << i;
  }
}

void obligations(Evaluator& evaluator, const Scheme& scheme, Verdict& verdict) {
  const Tier& tier = scheme.tiers[static_cast<std::size_t>(verdict.tier)];
  const std::vector<OwedCode>& owed = evaluator.program().owed[static_cast<std::size_t>(verdict.tier)];
  for (std::size_t i = 0; i < owed.size(); ++i) {
    if (evaluator.truth(owed[i].when) != Truth::yes) continue;
    for (const MethodCode& choice : owed[i].methods) {
      if (evaluator.truth(choice.when) != Truth::yes) continue;
      const Owed& line = tier.owed[i];
      verdict.obligations.push_back(
          {line.window, line.min, line.days, line.event, line.hours, choice.methods, choice.mark, static_cast<int>(i)});
      break;
    }
  }
}

}  // namespace

void classify(const Scheme& scheme, const Facts& facts, Date on, Verdict& verdict) {
  Evaluator evaluator(*scheme.program, facts, on);
  classify_with(evaluator, scheme, facts, verdict);
}

void classify_with(Evaluator& evaluator, const Scheme& scheme, const Facts& facts, Verdict& verdict) {
  const Program& program = *scheme.program;
  verdict.categories = 0;
  verdict.possible_categories = 0;
  verdict.tier = -1;
  verdict.possible_tiers = 0;
  verdict.obligations.clear();
  Truth any = categories(evaluator, scheme, verdict);
  verdict.eligible = conjunction(evaluator.truth(program.eligible), any);
  verdict.declined = program.willing >= 0 && facts.values[static_cast<std::size_t>(program.willing)] == 0;
  if (verdict.eligible != Truth::no) tiers(evaluator, verdict);
  if (verdict.eligible == Truth::yes && !verdict.declined && verdict.tier >= 0) obligations(evaluator, scheme, verdict);
}

Verdict classify(const Scheme& scheme, const Facts& facts, Date on) {
  Verdict verdict;
  classify(scheme, facts, on, verdict);
  return verdict;
}

void assess(const Scheme& scheme, const Facts& facts, Date on, Assessment& assessment) {
  Evaluator evaluator(*scheme.program, facts, on);
  classify_with(evaluator, scheme, facts, assessment.verdict);
  assessment.missing = missing_with(evaluator, assessment.verdict);
  assessment.reasons = reasons_with(evaluator, scheme, assessment.verdict);
}

}  // namespace tanfang::schemes
