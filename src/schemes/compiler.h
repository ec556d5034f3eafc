// A draft made into a scheme that can be used.
#pragma once

#include <memory>

#include "schemes/draft.h"

namespace tanfang::schemes {

/// Every name that stands twice, is taken, or points nowhere, and all mistakes of the rules go to `mistakes`; nullptr
/// where one of them is fatal. The draft's facts must be in the vocabulary already.
std::shared_ptr<Scheme> compile_scheme(const Draft& draft, const Common& common,
                                       const std::shared_ptr<const Vocabulary>& vocabulary, Mistakes& mistakes);

/// Checks that need no rules: names that stand twice or are taken.
void check_names(const Draft& draft, const Common& common, Mistakes& mistakes);

}  // namespace tanfang::schemes
