#include "app/commands/planning_ground.h"

#include <CLI/Error.hpp>

namespace tanfang::app {

Date parse_day(const std::string& option, const std::string& text) {
  auto day = Date::parse(text);
  if (!day) throw CLI::ValidationError(option, "not a date like 2024-03-01: " + text);
  return *day;
}

Id parse_id_option(const std::string& option, const std::string& text) {
  auto id = parse_id(text);
  if (!id) throw CLI::ValidationError(option, "not an id of 13 characters: " + text);
  return *id;
}

}  // namespace tanfang::app
