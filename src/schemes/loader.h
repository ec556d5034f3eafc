// Finds scheme folders, reads and compiles them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "schemes/draft.h"

namespace tanfang::schemes {

struct LoadedScheme {
  std::string id;                        // empty where the file could not be read so far
  std::shared_ptr<const Scheme> scheme;  // nullptr where it has fatal mistakes
  Draft draft;
  std::vector<SchemeMistake> mistakes;
  bool readable = false;  // the file is TOML
  bool shipped = false;
};

struct LoadedSchemes {
  Common common;
  std::shared_ptr<Vocabulary> vocabulary;
  std::vector<LoadedScheme> schemes;
  Mistakes mistakes;  // of all
};

/// `folder` is the shipped one with its `common`. A scheme of an extra folder takes the place of a shipped one with the
/// same id and date.
LoadedSchemes load_schemes(const std::string& folder, const std::vector<std::string>& extra_folders,
                           const SettingValues& settings);

}  // namespace tanfang::schemes
