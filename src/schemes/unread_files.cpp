#include "schemes/unread_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

namespace tanfang::schemes {
namespace {

namespace fs = std::filesystem;

constexpr std::array kFolders = {"forms", "paper", "exports"};  // of TOML files

bool is_folder_of_files(const std::string& name) {
  return std::find(kFolders.begin(), kFolders.end(), name) != kFolders.end();
}

bool is_remark(const fs::path& path) { return path.extension() == ".md" || path.filename().string().starts_with('.'); }

bool is_version(const std::string& name) {
  return name == "scheme.toml" || (name.starts_with("scheme-") && name.ends_with(".toml"));
}

bool is_read(const fs::directory_entry& entry) {
  std::string name = entry.path().filename().string();
  if (entry.is_directory()) return is_folder_of_files(name);
  if (is_version(name) || name == "indicators.toml") return true;
  if (!name.starts_with("cases") || entry.path().extension() != ".jsonl") return false;
  std::string version = entry.path().stem().string().substr(5);
  return fs::exists(entry.path().parent_path() / ("scheme" + version + ".toml"));
}

std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
  std::vector<fs::directory_entry> entries;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (!is_remark(entry.path())) entries.push_back(entry);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

void warn(const fs::directory_entry& entry, Mistakes& mistakes) {
  mistakes.warn({entry.path().string(), 1}, "没有任何程序读取它：名称或位置可能写错了",
                "nothing reads this: its name or place may be a slip");
}

}  // namespace

void check_unread_files(const std::string& folder, Mistakes& mistakes) {
  for (const fs::directory_entry& entry : entries_of(folder)) {
    if (!is_read(entry)) warn(entry, mistakes);
  }
  for (const char* name : kFolders) {
    fs::path inner = fs::path(folder) / name;
    if (!fs::is_directory(inner)) continue;
    for (const fs::directory_entry& entry : entries_of(inner)) {
      if (entry.path().extension() != ".toml" || !entry.is_regular_file()) warn(entry, mistakes);
    }
  }
}

}  // namespace tanfang::schemes
