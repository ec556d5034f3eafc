// Drafts of schemes: the texts of a scheme folder that a county writes, checks and tries before they come into force.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/id.h"

namespace tanfang::app::drafts {

inline constexpr std::size_t kMostDrafts = 20;  // of a county
inline constexpr std::size_t kMostFiles = 30;
inline constexpr std::size_t kLongestFile = 256 * 1024;  // bytes
inline constexpr std::size_t kMostBytes = 768 * 1024;    // of a draft

/// Path inside the scheme folder -> text.
using Files = std::map<std::string, std::string>;
/// The same, nullopt for a file that goes.
using FileChanges = std::map<std::string, std::optional<std::string>>;

struct Draft {
  Id id;
  std::string county;
  std::string scheme;    // the id of the scheme that it is to be, and so the name of its folder
  std::string based_on;  // the scheme that it was begun from, or empty
  std::string digest;    // of its files
  std::int64_t files = 0;
  std::int64_t bytes = 0;
  Instant created_at;
  std::string created_by;  // as the trail names who acts
  Instant changed_at;
  std::string changed_by;
};

/// Records `scheme_draft_begun`. Throws Problem `draft.scheme_name`, `draft.no_files`, `draft.file_name`,
/// `draft.too_large`, `draft.too_many`.
Draft begin_draft(audit::Work& work, const std::string& county, const std::string& scheme, const std::string& based_on,
                  const Files& files);
/// Saves some files, the others stay. Records `scheme_draft_saved`; the same again changes nothing. Throws Problem
/// `draft.unknown`, `draft.frozen`, `draft.file_name`, `draft.too_large`, `draft.no_files`.
Draft save_files(audit::Work& work, const std::string& county, Id draft, const FileChanges& changes);
/// With what was simulated. Records `scheme_draft_deleted`. Throws Problem `draft.unknown`, `draft.frozen`.
void delete_draft(audit::Work& work, const std::string& county, Id draft);

/// The last changed first.
std::vector<Draft> list_drafts(db::Session& session, const std::string& county);
/// Throws Problem `draft.unknown`.
Draft load_draft(db::Session& session, const std::string& county, Id draft);
Files load_files(db::Session& session, const std::string& county, Id draft);

/// The files of a scheme folder on the disk that a draft may hold.
Files files_of_folder(const std::string& folder);
bool is_scheme_name(std::string_view name);

}  // namespace tanfang::app::drafts
