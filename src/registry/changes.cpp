#include "registry/changes.h"

#include <algorithm>

#include "registry/file_parts.h"

namespace tanfang::registry {

bool judge_anew(audit::Work& work, Judge& judge, File& file, Date from, Date until) {
  std::vector<ClassificationRow> rows = judge.judge(file, from, until);
  file.classified_until = until;
  return store_verdicts(work.session, file.key, from, std::move(rows));
}

void follow_facts(audit::Work& work, Judge& judge, File& file, const std::vector<std::string>& changed) {
  auto holds = [&](std::string_view name) { return std::find(changed.begin(), changed.end(), name) != changed.end(); };
  if (holds("residence_area")) {
    std::string_view area = file.known.value_of("residence_area");
    file.area = area.substr(1, area.size() - 2);
  }
  Date from = std::max(file.registered_on, file.known.newest());
  if (holds("willing")) follow_willingness(work, file, from);
  Date until = Judge::horizon(std::max(work.today(), file.registered_on));
  judge_anew(work, judge, file, from, std::max(until, file.classified_until));
}

std::string changed_text(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

}  // namespace tanfang::registry
