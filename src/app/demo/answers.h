// Answers that an invented visitor writes on any visit form.
#pragma once

#include <optional>
#include <string>

#include "app/demo/chance.h"
#include "forms/forms.h"

namespace tanfang::app {

/// A JSON object of answers that `forms::check_answers` accepts: whatever the form and its supplement require of the
/// visit, mostly "all as before", now and then something worse or a need, and what else may be answered until there are
/// `at_least` answers (fewer where the form has no more). nullopt where the form asks for something
/// that cannot be invented (a condition that no answer satisfies).
std::optional<std::string> invent_answers(Chance& chance, const forms::Catalog& catalog, const forms::Form& form,
                                          const forms::Context& context, std::size_t at_least = 0);

}  // namespace tanfang::app
