#include "app/drafts/drafts.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/drafts/drafts_problems.h"
#include "app/drafts/drafts_store.h"
#include "app/drafts/publications.h"
#include "platform/files/files.h"
#include "platform/json/json.h"

namespace tanfang::app::drafts {
namespace {

namespace fs = std::filesystem;

bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= 60 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// `<front>.<ending>` or `<front>-<version>.<ending>`.
bool is_version_of(std::string_view path, std::string_view front, std::string_view ending) {
  if (!path.starts_with(front) || !path.ends_with(ending) || path.size() < front.size() + ending.size()) return false;
  std::string_view version = path.substr(front.size(), path.size() - front.size() - ending.size());
  return version.empty() || (version.front() == '-' && is_plain(version.substr(1)));
}

bool is_file_name(std::string_view path) {
  if (path == "indicators.toml") return true;
  if (is_version_of(path, "scheme", ".toml") || is_version_of(path, "cases", ".jsonl")) return true;
  constexpr std::string_view kForms = "forms/";
  constexpr std::string_view kToml = ".toml";
  return path.starts_with(kForms) && path.ends_with(kToml) && path.size() > kForms.size() + kToml.size() &&
         is_plain(path.substr(kForms.size(), path.size() - kForms.size() - kToml.size()));
}

/// Measures the files, after refusing what a draft cannot hold.
void measure(const Files& files, Draft& draft) {
  if (!files.contains("scheme.toml")) throw problems::no_files();
  if (files.size() > kMostFiles) {
    throw problems::too_large("", {fmt::format("至多 {} 个文件", kMostFiles), fmt::format("{} files", kMostFiles)});
  }
  std::size_t bytes = 0;
  std::string text;
  for (const auto& [path, content] : files) {
    if (!is_file_name(path)) throw problems::file_name(path);
    if (content.size() > kLongestFile) throw problems::too_large(path, {"每个文件至多 256 KB", "256 KB a file"});
    bytes += content.size();
    text += fmt::format("{}\n{}\n{}", path, content.size(), content);
  }
  if (bytes > kMostBytes) throw problems::too_large("", {"全部文件至多 768 KB", "768 KB in all"});
  draft.files = static_cast<std::int64_t>(files.size());
  draft.bytes = static_cast<std::int64_t>(bytes);
  draft.digest = crypto::to_hex(crypto::sha256(text));
}

void record(audit::Work& work, const char* kind, const Draft& draft) {
  std::string scheme;
  json::append_quoted(scheme, draft.scheme);
  work.record({draft.county, kind, "scheme_draft:" + format_id(draft.id),
               fmt::format(R"({{"scheme":{},"files":{},"digest":"{}"}})", scheme, draft.files, draft.digest)});
}

}  // namespace

bool is_scheme_name(std::string_view name) {
  return is_plain(name) && name != "common" && name != "drafts" && name != "lint";
}

Draft begin_draft(audit::Work& work, const std::string& county, const std::string& scheme, const std::string& based_on,
                  const Files& files) {
  if (!is_scheme_name(scheme)) throw problems::scheme_name();
  if (store::load_drafts(work.session, county).size() >= kMostDrafts) throw problems::too_many_drafts(kMostDrafts);
  Draft draft;
  draft.id = work.new_id();
  draft.county = county;
  draft.scheme = scheme;
  draft.based_on = based_on;
  draft.created_at = draft.changed_at = work.now;
  draft.created_by = draft.changed_by = work.actor;
  measure(files, draft);
  store::insert_draft(work.session, draft);
  for (const auto& [path, content] : files) store::put_file(work.session, county, draft.id, path, content);
  record(work, "scheme_draft_begun", draft);
  return draft;
}

Draft save_files(audit::Work& work, const std::string& county, Id id, const FileChanges& changes) {
  Draft draft = load_draft(work.session, county, id);
  require_open(work.session, county, id);
  Files files = store::load_files(work.session, county, id);
  for (const auto& [path, content] : changes) {
    if (content) {
      files[path] = *content;
    } else {
      files.erase(path);
    }
  }
  std::string before = draft.digest;
  measure(files, draft);
  if (draft.digest == before) {
    work.unchanged();
    return draft;
  }
  for (const auto& [path, content] : changes) {
    if (content) {
      store::put_file(work.session, county, id, path, *content);
    } else {
      store::delete_file(work.session, county, id, path);
    }
  }
  draft.changed_at = work.now;
  draft.changed_by = work.actor;
  store::update_draft(work.session, draft);
  record(work, "scheme_draft_saved", draft);
  return draft;
}

void delete_draft(audit::Work& work, const std::string& county, Id id) {
  Draft draft = load_draft(work.session, county, id);
  require_open(work.session, county, id);
  store::delete_draft(work.session, county, id);
  record(work, "scheme_draft_deleted", draft);
}

std::vector<Draft> list_drafts(db::Session& session, const std::string& county) {
  return store::load_drafts(session, county);
}

Draft load_draft(db::Session& session, const std::string& county, Id id) {
  auto draft = store::find_draft(session, county, id);
  if (!draft) throw problems::draft_unknown();
  return *draft;
}

Files load_files(db::Session& session, const std::string& county, Id id) {
  return store::load_files(session, county, id);
}

Files files_of_folder(const std::string& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    std::string path = fs::relative(entry.path(), folder).generic_string();
    if (entry.is_regular_file() && is_file_name(path)) files.emplace(path, files::read_whole(entry.path().string()));
  }
  return files;
}

}  // namespace tanfang::app::drafts
