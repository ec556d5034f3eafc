#include "app/commands/ground.h"

#include <CLI/Error.hpp>

namespace tanfang::app {
namespace {

forms::Catalog catalog_of(Surroundings& surroundings) {
  std::vector<std::string> folders = {surroundings.shipped() + "/schemes"};
  for (const std::string& folder : surroundings.further_schemes()) folders.push_back(folder);
  return forms::load_catalog(folders);
}

}  // namespace

VisitsGround::VisitsGround(Surroundings& surroundings) : ground(surroundings), forms(catalog_of(surroundings)) {}

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
