#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/value.hpp>
#include <cstdlib>
#include <filesystem>

#include "platform/files/files.h"
#include "platform/json/json.h"
#include "schemes/scheme_kit.h"

namespace tanfang::schemes::testing {

Folder::Folder() {
  std::string form = std::filesystem::temp_directory_path() / "tanfang-schemes-XXXXXX";
  if (!::mkdtemp(form.data())) throw std::runtime_error("mkdtemp");
  path_ = form;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, const std::string& text) const {
  std::filesystem::path path = std::filesystem::path(path_) / name;
  std::filesystem::create_directories(path.parent_path());
  files::write_whole(path, text);
}

const char* const kSmallScheme = R"(id = "small-2025"
in_force = 2025-01-01
area = "990101"
title = "小方案"
title_en = "small scheme"

[[setting]]
id = "key_visits"
default = 2
min = 1
max = 5
text = "次数"
text_en = "visits"
cite = "一"

[[category]]
id = "living_alone"
cite = "一"

[[category]]
id = "empty_nest"
cite = "一"

[[tier]]
id = "key"
text = "重点"
text_en = "key"
rule = "living_alone"
cite = "二"

[[tier.owed]]
window = "month"
min = "key_visits"
methods = ["home"]

[[tier]]
id = "general"
text = "一般"
text_en = "general"
cite = "二"

[[tier.owed]]
window = "month"
methods = ["home", "phone"]
)";

Facts facts_of(const SchemeSet& set, const std::string& text) {
  Facts facts(set.vocabulary());
  auto problem = facts.set_all(json::parse(text).as_object());
  EXPECT_FALSE(problem) << text << ": " << (problem ? problem->field + " " + problem->code : "");
  return facts;
}

Date day(const char* iso) {
  auto date = Date::parse(iso);
  EXPECT_TRUE(date) << iso;
  return date.value_or(Date());
}

const char* name_of(Truth truth) {
  static constexpr const char* kNames[] = {"no", "yes", "unknown"};
  return kNames[static_cast<int>(truth)];
}

std::vector<std::string> lint_lines(const std::string& folder) {
  std::vector<std::string> out;
  for (const SchemeMistake& mistake : lint(TANFANG_SOURCE_DIR, {folder})) {
    out.push_back(std::to_string(mistake.line) + (mistake.error ? ": error: " : ": warning: ") + mistake.text.en);
    EXPECT_FALSE(mistake.text.zh.empty());
    EXPECT_NE(mistake.file.find(folder), std::string::npos) << mistake.file;
  }
  return out;
}

}  // namespace tanfang::schemes::testing
