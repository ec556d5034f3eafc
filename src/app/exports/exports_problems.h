// The refusals that exports can give.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "forms/forms.h"

namespace tanfang::app::exports {

inline Problem invalid_templates(const std::vector<forms::LintMessage>& messages) {
  std::vector<FieldProblem> fields;
  for (const forms::LintMessage& message : messages) {
    fields.push_back({message.file + ":" + std::to_string(message.line), "export.invalid", message.message});
  }
  return Problem("export.invalid", 422,
                 {"导出模板有误，请按所列文件和行更正", "templates of exports are wrong: mend the lines named"},
                 std::move(fields));
}

inline Problem unknown_template() {
  Words text{"没有这个导出模板，或本地方案没有留守名单；请按 linzi-2022/left_behind 的写法给出模板编号",
             "there is no such template, or the schemes here have no left-behind list; give its id as "
             "linzi-2022/left_behind"};
  return Problem("export.template", 404, text, {{"template", "export.template", text}});
}

inline Problem reason_missing() {
  Words text{"导出完整信息须说明理由，至少 4 个字", "to export unmasked give a reason of at least 4 characters"};
  return Problem("export.reason_missing", 422, text, {{"reason", "export.reason_missing", text}});
}

inline Problem wrong_period() {
  Words text{"起止日期须先后有序，且不超过 366 天", "the period must begin before it ends and have at most 366 days"};
  return Problem("export.period", 422, text, {{"to", "export.period", text}});
}

inline Problem too_many_rows() {
  return Problem("export.too_many", 422,
                 {"超过 100 万行，一张表放不下；请缩小区域或日期范围",
                  "more than 1,000,000 rows, which no sheet holds: choose a smaller area or period"});
}

}  // namespace tanfang::app::exports
