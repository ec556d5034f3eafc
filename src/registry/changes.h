// Within the room: what follows for a file when its facts have changed.
#pragma once

#include <string>
#include <vector>

#include "registry/files_store.h"
#include "registry/judge.h"

namespace tanfang::registry {

/// The file's area, the span `declined` and all verdicts follow what its facts say now; the caller stores the file.
/// Verdicts rest on all facts together, so they change from the day of the newest (`newest`), never before the
/// registration.
void follow_facts(audit::Work& work, Judge& judge, File& file, const std::vector<std::string>& changed);
/// Works out the verdicts from `from` on anew; true where one changed.
bool judge_anew(audit::Work& work, Judge& judge, File& file, Date from, Date until);
/// Names separated by spaces.
std::string changed_text(const std::vector<std::string>& names);

}  // namespace tanfang::registry
