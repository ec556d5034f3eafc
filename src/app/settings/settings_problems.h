// The refusals of settings files.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"

namespace tanfang::app {

inline Problem settings_missing(const std::string& path) {
  return Problem("settings.missing", 422,
                 {"读不到设置文件 " + path + "；请检查 --settings",
                  "the settings file " + path + " cannot be read; check --settings"});
}

inline Problem settings_invalid(const std::string& path, std::vector<FieldProblem> mistakes) {
  std::string count = std::to_string(mistakes.size());
  return Problem("settings.invalid", 422,
                 {"设置文件 " + path + " 有 " + count + " 处错误，未采用",
                  "the settings file " + path + " has " + count + " mistakes and was not taken"},
                 std::move(mistakes));
}

inline FieldProblem settings_malformed(const std::string& at, const std::string& reason) {
  return {at, "settings.malformed", {"不是正确的 TOML，请改正：" + reason, "not TOML: " + reason + "; mend this line"}};
}

inline FieldProblem settings_unknown_key(const std::string& at, const std::string& known) {
  return {at, "settings.unknown_key", {"没有这个键；可用：" + known, "there is no such key; take one of: " + known}};
}

inline FieldProblem settings_wrong_type(const std::string& at, const Words& wanted) {
  return {at, "settings.wrong_type", {"类型不对；应为" + wanted.zh, "of another type; give " + wanted.en}};
}

inline FieldProblem settings_out_of_range(const std::string& at, const Words& wanted) {
  return {at, "settings.out_of_range", {"超出范围；应为" + wanted.zh, "out of range; give " + wanted.en}};
}

/// Keys that do not go together.
inline FieldProblem settings_unfitting(const std::string& at, const Words& reason) {
  return {at, "settings.unfitting", reason};
}

}  // namespace tanfang::app
