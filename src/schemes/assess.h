// The steps of a verdict over one evaluator, so that each rule runs once.
#pragma once

#include "schemes/evaluator.h"

namespace tanfang::schemes {

void classify_with(Evaluator& evaluator, const Scheme& scheme, const Facts& facts, Verdict& verdict);
std::vector<std::string> missing_with(Evaluator& evaluator, const Verdict& verdict);
std::vector<Reason> reasons_with(Evaluator& evaluator, const Scheme& scheme, const Verdict& verdict);

}  // namespace tanfang::schemes
