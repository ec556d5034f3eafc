// Settings told to people: as a file, as tables, as what the environment says.
#include <fmt/format.h>

#include <cstdlib>

#include "app/settings/settings.h"
#include "app/settings/settings_keys.h"

namespace tanfang::app {
namespace {

/// A TOML basic string.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// The value as TOML. The places of texts and flags are given for writing too, hence the copy.
std::string value_of(const SettingKey& key, const Settings& settings) {
  Settings copy = settings;
  switch (key.kind) {
    case KeyKind::whole:
      return std::to_string(key.whole(settings));
    case KeyKind::flag:
      return key.flag(copy) ? "true" : "false";
    case KeyKind::text:
      return quoted(key.text(copy));
    case KeyKind::texts:
      break;
  }
  std::string out = "[";
  for (const std::string& text : key.texts(settings)) out += (out.size() > 1 ? ", " : "") + quoted(text);
  return out + "]";
}

Words range_of(const SettingKey& key) {
  if (key.kind == KeyKind::whole) {
    std::string range = fmt::format("{}–{}", key.least, key.most);
    return {range, range};
  }
  if (key.kind == KeyKind::flag) return {"true、false", "true, false"};
  return key.shape.value_or(Words{"文字", "text"});
}

}  // namespace

std::string render_settings(const Settings& settings) {
  std::string out =
      "# 探访的设置。未写的键取默认值；写错的键会指明行号并拒绝。密钥和口令只从环境变量读取。\n"
      "# Settings of Tanfang. A key that is not here has its default; a wrong one is refused with its line. Secrets "
      "come\n"
      "# from the environment alone. Check a file with `tanfang settings check FILE`.\n";
  for (const SettingSection& section : setting_sections()) {
    out += fmt::format("\n# {} / {}\n[{}]\n", section.meaning.zh, section.meaning.en, section.name);
    for (const SettingKey& key : setting_keys()) {
      if (key.section != section.name) continue;
      Words range = range_of(key);
      std::string zh = key.kind == KeyKind::text && !key.shape ? "" : fmt::format("（{}）", range.zh);
      std::string en = key.kind == KeyKind::text && !key.shape ? "" : fmt::format(" ({})", range.en);
      out += fmt::format("# {}{}\n# {}{}\n{} = {}\n", key.meaning.zh, zh, key.meaning.en, en, key.name,
                         value_of(key, settings));
    }
  }
  return out;
}

std::vector<std::string> changed_settings(const Settings& settings) {
  std::vector<std::string> names;
  for (const SettingKey& key : setting_keys()) {
    if (value_of(key, settings) != value_of(key, Settings{})) names.push_back(key.full_name());
  }
  return names;
}

std::string describe_settings() {
  std::string out = "| key | default | may be | |\n|---|---|---|---|\n";
  for (const SettingKey& key : setting_keys()) {
    std::string value = value_of(key, Settings{});
    if (value.size() > 40) value = "see the example";
    out += fmt::format("| `{}` | `{}` | {} | {}；{} |\n", key.full_name(), value, range_of(key).en, key.meaning.zh,
                       key.meaning.en);
  }
  out += "\n| variable of the environment | |\n|---|---|\n";
  for (const Variable& variable : environment_variables()) {
    out += fmt::format("| `{}` | {}；{} |\n", variable.name, variable.meaning.zh, variable.meaning.en);
  }
  return out;
}

std::string describe_environment() {
  std::string out;
  for (const Variable& variable : environment_variables()) {
    const char* value = std::getenv(variable.name);
    bool set = value != nullptr && *value != 0;
    out += fmt::format("# {}: {}\n", variable.name, set ? "已设置（隐藏） / set (hidden)" : "未设置 / not set");
  }
  return out;
}

}  // namespace tanfang::app
