// Scheme folders: which files hold forms and indicators, and how they belong together.
#include <algorithm>
#include <filesystem>

#include "forms/forms_problems.h"
#include "forms/forms_reader.h"
#include "platform/files/files.h"

namespace tanfang::forms {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLargestFile = 1u << 20;

struct SchemeFiles {
  Vocabulary vocabulary;
  std::vector<std::pair<std::string, Form>> forms;  // with their file
};

void read_indicators(const fs::path& file, Vocabulary& vocabulary, std::vector<LintMessage>& messages) {
  if (!fs::exists(file)) return;
  Mistakes mistakes(file.string(), messages);
  read_vocabulary(files::read_whole(file.string(), kLargestFile), vocabulary, mistakes);
}

void read_names(const fs::path& file, SchemeNames& names) {
  if (fs::exists(file)) read_scheme_names(files::read_whole(file.string(), kLargestFile), names);
}

std::vector<fs::path> toml_files(const fs::path& folder) {
  std::vector<fs::path> found;
  if (!fs::is_directory(folder)) return found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

SchemeFiles read_scheme(const fs::path& folder, const fs::path& common, std::vector<LintMessage>& messages) {
  SchemeFiles scheme;
  read_indicators(common / "indicators.toml", scheme.vocabulary, messages);
  read_indicators(folder / "indicators.toml", scheme.vocabulary, messages);
  SchemeNames names;
  read_names(common / "facts.toml", names);
  read_names(folder / "scheme.toml", names);
  for (const fs::path& file : toml_files(folder / "forms")) {
    Mistakes mistakes(file.string(), messages);
    std::string id = folder.filename().string() + "/" + file.stem().string();
    scheme.forms.emplace_back(file.string(), read_form(files::read_whole(file.string(), kLargestFile), id, mistakes));
    resolve_scales(scheme.forms.back().second, scheme.vocabulary);
  }
  for (const auto& [file, form] : scheme.forms) {
    const Form* supplement = nullptr;
    for (const auto& [other_file, other] : scheme.forms) {
      if (!form.supplement.empty() && other.id == form.supplement) supplement = &other;
    }
    Mistakes mistakes(file, messages);
    check_form(form, supplement, scheme.vocabulary, names, mistakes);
  }
  return scheme;
}

fs::path without_trailing_slash(const std::string& folder) {
  fs::path path(folder);
  return path.has_filename() ? path : path.parent_path();
}

std::vector<fs::path> scheme_folders(const std::string& folder) {
  std::vector<fs::path> found;
  fs::path path = without_trailing_slash(folder);
  if (fs::exists(path / "scheme.toml")) return {path};
  if (!fs::is_directory(path)) return found;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.is_directory() && entry.path().filename() != "common") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void resolve_field(Field& field, const Vocabulary& vocabulary) {
  for (Field& column : field.columns) resolve_field(column, vocabulary);
  const Scale* list = field.list.empty() ? nullptr : vocabulary.list(field.list);
  if (list != nullptr && field.options.empty()) field.options = list->options;
  const Scale* scale = field.scale.empty() ? nullptr : vocabulary.scale(field.scale);
  if (scale == nullptr) return;
  if (field.options.empty()) field.options = scale->options;
  for (Option& option : field.options) {
    for (const Option& step : scale->options) {
      if (step.code == option.code) option.effect = step.effect;
    }
  }
}

/// What a scheme's file says of its forms and indicators.
void check_scheme(const fs::path& file, const SchemeFiles& scheme, Mistakes& mistakes) {
  SchemeNames names;
  read_names(file, names);
  for (const SchemeNames::Written& indicator : names.indicators) {
    if (scheme.vocabulary.indicator(indicator.name) != nullptr) continue;
    mistakes.error(indicator.line, "supplement：没有指标 " + indicator.name,
                   "supplement: no indicator knows " + indicator.name);
  }
  std::string folder = file.parent_path().filename().string();
  if (scheme.forms.empty() || names.scheme.name == folder) return;
  mistakes.warning(names.scheme.line, "表单的编号以文件夹名开头：文件夹应与方案同名，否则这些表单不会用到",
                   "the ids of forms begin with the folder's name: name the folder as the scheme, or its forms are "
                   "never in force");
}

}  // namespace

void resolve_scales(Form& form, const Vocabulary& vocabulary) {
  for (Section& section : form.sections) {
    for (Field& field : section.fields) resolve_field(field, vocabulary);
  }
}

std::vector<LintMessage> lint(const std::string& scheme_folder, const std::string& common_folder) {
  std::vector<LintMessage> messages;
  const fs::path folder = without_trailing_slash(scheme_folder);
  SchemeFiles scheme = read_scheme(folder, common_folder, messages);
  for (const fs::path& file : toml_files(folder)) {
    if (!file.filename().string().starts_with("scheme")) continue;
    Mistakes mistakes(file.string(), messages);
    check_scheme(file, scheme, mistakes);
  }
  return messages;
}

Catalog load_catalog(const std::vector<std::string>& folders) {
  Catalog catalog;
  std::vector<LintMessage> messages;
  for (const std::string& folder : folders) {
    for (const fs::path& scheme_folder : scheme_folders(folder)) {
      SchemeFiles scheme = read_scheme(scheme_folder, fs::path(folders.front()) / "common", messages);
      for (auto& [file, form] : scheme.forms) catalog.add(std::move(form));
      catalog.add(scheme_folder.filename().string(), std::move(scheme.vocabulary));
    }
  }
  std::erase_if(messages, [](const LintMessage& message) { return message.severity != Severity::error; });
  if (!messages.empty()) throw invalid_forms(messages);
  return catalog;
}

const Form* Catalog::find(std::string_view id) const {
  auto found = forms_.find(id);
  return found == forms_.end() ? nullptr : &found->second;
}

const Form* Catalog::supplement_of(const Form& form) const {
  return form.supplement.empty() ? nullptr : find(form.supplement);
}

const Vocabulary& Catalog::vocabulary(std::string_view scheme) const {
  static const Vocabulary kNone;
  auto found = vocabularies_.find(scheme);
  return found == vocabularies_.end() ? kNone : found->second;
}

std::vector<const Form*> Catalog::all() const {
  std::vector<const Form*> all;
  for (const auto& [id, form] : forms_) all.push_back(&form);
  return all;
}

void Catalog::add(Form form) {
  std::string id = form.id;
  forms_.insert_or_assign(std::move(id), std::move(form));
}
void Catalog::add(std::string scheme, Vocabulary vocabulary) {
  vocabularies_.insert_or_assign(std::move(scheme), std::move(vocabulary));
}

const Field* Form::find(std::string_view code) const {
  for (const Section& section : sections) {
    for (const Field& field : section.fields) {
      if (field.code == code) return &field;
    }
  }
  return nullptr;
}

const Indicator* Vocabulary::indicator(std::string_view code) const {
  for (const Indicator& indicator : indicators) {
    if (indicator.code == code) return &indicator;
  }
  return nullptr;
}

namespace {
const Scale* find_scale(const std::vector<Scale>& scales, std::string_view code) {
  for (const Scale& scale : scales) {
    if (scale.code == code) return &scale;
  }
  return nullptr;
}
}  // namespace

const Scale* Vocabulary::scale(std::string_view code) const { return find_scale(scales, code); }
const Scale* Vocabulary::list(std::string_view code) const { return find_scale(lists, code); }

}  // namespace tanfang::forms
