// The refusals that paper can give. Inside the room only.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "forms/forms.h"

namespace tanfang::paper {

inline Problem invalid_layouts(const std::vector<forms::LintMessage>& messages) {
  std::vector<FieldProblem> fields;
  for (const forms::LintMessage& message : messages) {
    fields.push_back({message.file + ":" + std::to_string(message.line), "paper.invalid", message.message});
  }
  return Problem("paper.invalid", 422,
                 {"表单的版式有误，请按所列文件和行更正", "layouts of forms are wrong: mend the lines named"},
                 std::move(fields));
}

}  // namespace tanfang::paper
