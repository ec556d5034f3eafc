// The refusals of jobs.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::app::jobs::problems {

inline Problem job_unknown(const std::string& kind) {
  Words text{"没有任务 " + kind + "；请用 tanfang jobs list 查看",
             "there is no job " + kind + "; see tanfang jobs list"};
  return Problem("job.unknown", 404, text, {{"kind", "job.unknown", text}});
}

inline Problem job_running(const std::string& kind, const std::string& subject) {
  return Problem("job.running", 409,
                 {"任务 " + kind + " " + subject + " 或须与它错开的任务正在执行；请稍后再试",
                  "the job " + kind + " " + subject +
                      ", or one that must not run beside it, is running; try again later"});
}

}  // namespace tanfang::app::jobs::problems
