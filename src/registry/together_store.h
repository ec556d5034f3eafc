// Rows of some people's files, read with few statements. Inside the room only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/files_store.h"
#include "registry/status.h"

namespace tanfang::registry {

/// The lists of each as they lie in their table; who has none is not among them.
std::map<Id, std::vector<std::string>> load_lists(db::Session& session, ListKind kind, std::string_view county,
                                                  const std::vector<Id>& people);
/// How many consents each of them has given or refused; who has none is not among them.
std::map<Id, std::int64_t> count_consents(db::Session& session, std::string_view county, const std::vector<Id>& people);
/// The newest statement of each; who has none is not among them.
std::map<Id, Id> newest_statements(db::Session& session, std::string_view county, const std::vector<Id>& people);
/// All spans of each, by valid_from; without reasons.
std::map<Id, std::vector<StatusSpan>> load_spans(db::Session& session, std::string_view county,
                                                 const std::vector<Id>& people);
/// The verdicts that hold on the day, of each, by scheme.
std::map<Id, std::vector<Classification>> load_classifications(db::Session& session, std::string_view county,
                                                               const std::vector<Id>& people, Date on);

}  // namespace tanfang::registry
