// Within the room: what follows for a file when its facts have changed.
#pragma once

#include <string>
#include <vector>

#include "registry/files_store.h"
#include "registry/judge.h"
#include "registry/statements_store.h"

namespace tanfang::registry {

/// The file's area, the spans `declined` and all verdicts follow what `taken` of the statement says; the caller stores
/// file and statement. Verdicts change from the statement's day on, never before the registration: up to the day of the
/// newest fact (`newest`) by what held on each day, from then on by what holds now.
void follow_facts(audit::Work& work, Judge& judge, File& file, const Statement& statement,
                  const KnownFacts::Taken& taken);
/// Works out the verdicts from `from` on anew; true where one changed.
bool judge_anew(audit::Work& work, Judge& judge, File& file, Date from, Date until);
/// Names separated by spaces.
std::string changed_text(const std::vector<std::string>& names);

}  // namespace tanfang::registry
