#include <filesystem>

#include "schemes/parts_reader.h"
#include "schemes/scheme_reader.h"

namespace tanfang::schemes {
namespace {

void read_file(const std::string& path, Common& common, Mistakes& mistakes) {
  auto node = read_toml(path, mistakes);
  if (!node) return;
  Table file(*node, path, std::filesystem::path(path).filename().string(), mistakes);
  for (Table& table : file.tables("fact")) common.facts.push_back(read_fact(table));
  for (Table& table : file.tables("definition")) {
    common.definitions.push_back(read_definition(table));
    common.definitions.back().common = true;
  }
  for (Table& table : file.tables("setting")) {
    common.settings.push_back(read_setting(table));
    common.settings.back().common = true;
  }
  for (Table& table : file.tables("category")) common.categories.push_back(read_labelled(table));
  for (Table& table : file.tables("mark")) common.marks.push_back(read_labelled(table));
  for (Table& table : file.tables("festival")) common.festivals.push_back(read_festival(table));
  for (std::string& id : file.texts("default_festivals")) common.default_festivals.push_back(std::move(id));
  file.finish();
}

}  // namespace

Common read_common(const std::string& folder, Mistakes& mistakes) {
  Common common;
  for (const char* name : {"facts", "definitions", "settings", "categories", "festivals"}) {
    read_file(folder + "/" + name + ".toml", common, mistakes);
  }
  return common;
}

}  // namespace tanfang::schemes
