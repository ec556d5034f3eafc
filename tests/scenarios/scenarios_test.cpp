// Every scenario file, on both databases.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "platform/db/test_database.h"
#include "scenarios/scenario.h"

namespace tanfang::scenarios {
namespace {

const std::filesystem::path kFiles = TANFANG_SOURCE_DIR "/tests/scenarios/files";

std::vector<std::string> names() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(kFiles)) found.push_back(entry.path().stem().string());
  std::sort(found.begin(), found.end());
  return found;
}

class ScenarioFile : public testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(ScenarioFile, GoesAsWritten) {
  const auto& [name, engine] = GetParam();
  db::TestDatabase database(engine);
  Scenario scenario(*database);
  ASSERT_NO_THROW(scenario.run((kFiles / (name + ".txt")).string()));
}

INSTANTIATE_TEST_SUITE_P(On, ScenarioFile,
                         testing::Combine(testing::ValuesIn(names()), testing::Values("sqlite", "postgresql")),
                         [](const auto& row) { return std::get<0>(row.param) + "_" + std::get<1>(row.param); });

}  // namespace
}  // namespace tanfang::scenarios
