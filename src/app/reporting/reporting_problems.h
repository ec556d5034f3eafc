// The refusals that reports can give.
#pragma once

#include "base/problem.h"

namespace tanfang::app::reporting {

inline Problem wrong_period() {
  Words text{"时期应为 2026-10（月报、一览）、2026-Q3（季度通报）或 2026-H2（半年），且不晚于本月",
             "the period must be as 2026-10 (monthly, glance), 2026-Q3 (quarterly) or 2026-H2 (half-yearly), and not "
             "after this month"};
  return Problem("report.period", 422, text, {{"period", "report.period", text}});
}

inline Problem unknown_report() {
  return Problem("report.unknown", 404,
                 {"没有这份报告；请从列表中选择", "there is no such report; choose one of the list"});
}

inline Problem reason_missing() {
  Words text{"数字与已印发的不同，重新印发须说明原因，至少 4 个字",
             "figures differ from those issued: to issue it anew give a reason of at least 4 characters"};
  return Problem("report.reason_missing", 422, text, {{"reason", "report.reason_missing", text}});
}

inline Problem damaged_report() {
  return Problem("report.damaged", 500,
                 {"这份报告的内容与印发时的摘要不符，请核对审计记录并从备份恢复",
                  "the report does not agree with the digest of its issue: look at the trail and restore a backup"});
}

}  // namespace tanfang::app::reporting
