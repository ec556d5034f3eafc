#include "schemes/loader.h"

#include <algorithm>
#include <filesystem>

#include "platform/toml/toml.h"
#include "schemes/compiler.h"
#include "schemes/scheme_reader.h"
#include "schemes/schemes_problems.h"

namespace tanfang::schemes {
namespace {

namespace fs = std::filesystem;

/// `scheme.toml` and further versions `scheme-….toml` of one folder.
std::vector<std::string> scheme_files(const fs::path& folder) {
  std::vector<std::string> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    bool version = name.starts_with("scheme-") && name.ends_with(".toml");
    if (entry.is_regular_file() && (name == "scheme.toml" || version)) out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The scheme files of a scheme folder, or of a folder of scheme folders.
std::vector<std::string> find_files(const std::string& folder) {
  std::vector<std::string> out = scheme_files(folder);
  if (!out.empty()) return out;
  std::vector<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory() && entry.path().filename() != "common") folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const fs::path& each : folders) {
    for (std::string& file : scheme_files(each)) out.push_back(std::move(file));
  }
  return out;
}

bool set_value(SettingDraft& setting, const std::string& value) {
  toml::Mistake mistake;
  auto root = toml::parse("value = " + value, mistake);
  if (!root) return false;
  const toml::Node& node = root->members.front().value;
  std::int64_t number = 0;
  switch (setting.type) {
    case SettingDraft::Type::boolean:
      if (node.kind != toml::Kind::boolean) return false;
      number = node.boolean;
      break;
    case SettingDraft::Type::integer:
      if (node.kind != toml::Kind::integer) return false;
      number = node.integer;
      break;
    case SettingDraft::Type::date:
      if (node.kind != toml::Kind::date) return false;
      number = node.date.days();
      break;
    default:
      if (node.kind != toml::Kind::string) return false;
      setting.text = node.string;
      if (!setting.values.empty() &&
          std::find(setting.values.begin(), setting.values.end(), node.string) == setting.values.end())
        return false;
  }
  if ((setting.min && number < *setting.min) || (setting.max && number > *setting.max)) return false;
  setting.number = number;
  setting.setting.value = value;
  return true;
}

Words allowed(const SettingDraft& setting) {
  if (!setting.values.empty()) {
    std::string names;
    for (const std::string& value : setting.values) names += (names.empty() ? "\"" : ", \"") + value + "\"";
    return {"，可用 " + names, "; use one of " + names};
  }
  if (!setting.min && !setting.max)
    return {"，应与默认值 " + setting.setting.value + " 同类", "; give one like its default, " + setting.setting.value};
  std::string low = setting.min ? std::to_string(*setting.min) : "…";
  std::string high = setting.max ? std::to_string(*setting.max) : "…";
  return {"，应在 " + low + "–" + high + " 之间", "; give " + low + "–" + high};
}

void apply_settings(Draft& draft, const Common& common, const SettingValues& settings, Mistakes& mistakes) {
  auto chosen = settings.find(draft.scheme.id);
  if (chosen == settings.end()) return;
  for (const auto& [id, value] : chosen->second) {
    auto named = [&id = id](const SettingDraft& setting) { return setting.setting.id == id; };
    auto own = std::find_if(draft.settings.begin(), draft.settings.end(), named);
    auto shared = std::find_if(common.settings.begin(), common.settings.end(), named);
    if (own == draft.settings.end() && shared != common.settings.end()) {
      draft.settings.push_back(*shared);
      own = draft.settings.end() - 1;
    }
    if (own == draft.settings.end()) {
      mistakes.fatal(draft.place, "方案没有设置 “" + id + "”", "the scheme has no setting \"" + id + "\"");
    } else if (!set_value(*own, value)) {
      Words range = allowed(*own);
      mistakes.fatal(own->place, "设置 “" + id + "” 不能取 " + value + range.zh + "（方案文件本身没有错）",
                     "setting \"" + id + "\" cannot be " + value + range.en + " (the scheme's file is not at fault)");
    }
  }
}

class Loader {
 public:
  explicit Loader(const SettingValues& settings) : settings_(settings) {
    out_.vocabulary = std::make_shared<Vocabulary>();
  }

  LoadedSchemes run(const std::string& folder, const std::vector<std::string>& extra_folders) {
    out_.common = read_common(folder + "/common", out_.mistakes);
    for (const FactDeclaration& fact : out_.common.facts) out_.vocabulary->add(fact);
    read_folder(folder, true);
    for (const std::string& extra : extra_folders)
      read_folder(extra, fs::weakly_canonical(extra) == fs::weakly_canonical(folder));
    for (LoadedScheme& scheme : out_.schemes) declare(scheme);
    for (LoadedScheme& scheme : out_.schemes) compile(scheme);
    for (const LoadedScheme& scheme : out_.schemes) out_.mistakes.append(scheme.mistakes);
    return std::move(out_);
  }

 private:
  void read_folder(const std::string& folder, bool shipped) {
    std::size_t first = out_.schemes.size();
    for (const std::string& file : find_files(folder)) read_file(file, shipped, first);
  }

  void read_file(const std::string& file, bool shipped, std::size_t& first_of_folder) {
    Mistakes mistakes;
    LoadedScheme loaded;
    loaded.shipped = shipped;
    auto draft = read_scheme(file, out_.common, mistakes);
    if (draft) {
      loaded.readable = true;
      loaded.draft = std::move(*draft);
      loaded.id = loaded.draft.scheme.id;
      apply_settings(loaded.draft, out_.common, settings_, mistakes);
    } else {
      // So that asking for the scheme by its folder's name tells what is wrong with its file.
      loaded.draft.place = {file, 1};
      loaded.id = fs::path(file).parent_path().filename().string();
      loaded.draft.scheme.id = loaded.id;
    }
    replace_same(loaded, first_of_folder, mistakes);
    loaded.mistakes = mistakes.list();
    out_.schemes.push_back(std::move(loaded));
  }

  /// Within one folder the same id and date is a mistake; a later folder takes the place of an earlier one.
  void replace_same(const LoadedScheme& loaded, std::size_t& first_of_folder, Mistakes& mistakes) {
    for (std::size_t i = 0; i < out_.schemes.size(); ++i) {
      const LoadedScheme& other = out_.schemes[i];
      if (other.id != loaded.id || other.draft.scheme.in_force != loaded.draft.scheme.in_force) continue;
      if (i >= first_of_folder) {
        mistakes.fatal(
            loaded.draft.in_force_place,
            "方案 “" + loaded.id + "” 同一生效日期的版本重复，另见 " + other.draft.place.file,
            "scheme \"" + loaded.id + "\" stands twice with the same date in force; see " + other.draft.place.file);
        continue;
      }
      out_.schemes.erase(out_.schemes.begin() + static_cast<std::ptrdiff_t>(i));
      --first_of_folder;
      return;
    }
  }

  void declare(LoadedScheme& scheme) {
    for (FactDeclaration fact : scheme.draft.facts) {
      const FactDeclaration* common = out_.vocabulary->find(fact.name);
      if (common && common->schemes.empty()) continue;  // check_names refuses it
      fact.schemes = {scheme.id};
      out_.vocabulary->add(std::move(fact));
    }
  }

  void compile(LoadedScheme& scheme) {
    Mistakes mistakes;
    mistakes.append(scheme.mistakes);
    if (scheme.readable) {
      scheme.scheme = compile_scheme(scheme.draft, out_.common, out_.vocabulary, mistakes);
    }
    scheme.mistakes = mistakes.list();
  }

  const SettingValues& settings_;
  LoadedSchemes out_;
};

}  // namespace

std::vector<std::string> scheme_folders(const std::string& folder) {
  if (!fs::is_directory(folder)) throw folder_missing(folder);
  std::vector<std::string> out;
  for (const std::string& file : find_files(folder)) {
    std::string parent = fs::path(file).parent_path().string();
    if (out.empty() || out.back() != parent) out.push_back(std::move(parent));
  }
  return out;
}

LoadedSchemes load_schemes(const std::string& folder, const std::vector<std::string>& extra_folders,
                           const SettingValues& settings) {
  return Loader(settings).run(folder, extra_folders);
}

}  // namespace tanfang::schemes
