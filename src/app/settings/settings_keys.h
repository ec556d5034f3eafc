// The table of keys: where each stands in `Settings`, what it may be, and what it means. Reading, writing, checking and
// documenting all walk this one table.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/settings/settings.h"
#include "base/problem.h"

namespace tanfang::app {

enum class KeyKind { whole, text, flag, texts };

struct SettingKey {
  std::string section;
  std::string name;
  KeyKind kind = KeyKind::whole;
  Words meaning;
  // The one of them that fits `kind`; `Settings` holds the value in its own unit, these speak that of the key.
  std::function<std::int64_t(const Settings&)> whole;
  std::function<void(Settings&, std::int64_t)> set_whole;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::function<std::string&(Settings&)> text;
  std::function<bool&(Settings&)> flag;
  std::function<std::vector<std::string>(const Settings&)> texts;
  std::function<void(Settings&, const std::vector<std::string>&)> set_texts;
  /// For text and texts: what a value must be, and whether one is; nothing for any text.
  std::optional<Words> shape;
  std::function<bool(const std::string&)> fits;

  std::string full_name() const { return section + "." + name; }
};

struct SettingSection {
  std::string name;
  Words meaning;
};

/// A variable of the environment that the program reads.
struct Variable {
  const char* name;
  Words meaning;
};

const std::vector<SettingSection>& setting_sections();
const std::vector<SettingKey>& setting_keys();
const std::vector<Variable>& environment_variables();

}  // namespace tanfang::app
