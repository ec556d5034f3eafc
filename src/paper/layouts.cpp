// Scheme folders: which files hold layouts.
#include <algorithm>
#include <filesystem>

#include "paper/layout_reader.h"
#include "paper/paper.h"
#include "paper/paper_problems.h"
#include "platform/files/files.h"

namespace tanfang::paper {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLargestFile = 1u << 20;

fs::path without_trailing_slash(const std::string& folder) {
  fs::path path(folder);
  return path.has_filename() ? path : path.parent_path();
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> found;
  if (!fs::is_directory(folder)) return found;
  for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

void read_scheme(const fs::path& folder, const forms::Catalog& catalog, Layouts* layouts,
                 std::vector<forms::LintMessage>& messages) {
  for (const fs::path& file : entries_of(folder / "paper")) {
    if (file.extension() != ".toml") continue;
    std::string id = folder.filename().string() + "/" + file.stem().string();
    const forms::Form* form = catalog.find(id);
    if (form == nullptr) {
      messages.push_back(
          {file.string(),
           1,
           forms::Severity::error,
           {"没有表单 " + id + "，文件应与表单同名", "there is no form " + id + ": name the file as the form"}});
      continue;
    }
    Layout layout = read_layout(files::read_whole(file.string(), kLargestFile), *form, file.string(), messages);
    if (layouts != nullptr) layouts->add(id, std::move(layout));
  }
}

}  // namespace

const Layout& Layouts::of(std::string_view form) const {
  auto found = layouts_.find(form);
  return found == layouts_.end() ? plain_ : found->second;
}

void Layouts::add(std::string form, Layout layout) { layouts_.insert_or_assign(std::move(form), std::move(layout)); }

std::vector<forms::LintMessage> lint(const std::string& scheme_folder, const forms::Catalog& catalog) {
  std::vector<forms::LintMessage> messages;
  read_scheme(without_trailing_slash(scheme_folder), catalog, nullptr, messages);
  return messages;
}

Layouts load_layouts(const std::vector<std::string>& folders, const forms::Catalog& catalog) {
  Layouts layouts;
  std::vector<forms::LintMessage> messages;
  for (const std::string& folder : folders) {
    fs::path path = without_trailing_slash(folder);
    bool one = fs::exists(path / "scheme.toml");
    for (const fs::path& scheme : one ? std::vector<fs::path>{path} : entries_of(path)) {
      read_scheme(scheme, catalog, &layouts, messages);
    }
  }
  if (!messages.empty()) throw invalid_layouts(messages);
  return layouts;
}

}  // namespace tanfang::paper
