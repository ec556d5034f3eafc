// The documented interface and the routes are one: compared both ways.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "app/server/api.h"
#include "base/text.h"
#include "platform/files/files.h"
#include "platform/http/request.h"

namespace tanfang::app::server {
namespace {

/// `get /people/{person}` -> its `x-permission`. The document is written with two spaces a level.
std::map<std::string, std::string> documented() {
  std::map<std::string, std::string> found;
  std::string path, operation;
  for (const std::string& line : split(files::read_whole(TANFANG_SOURCE_DIR "/api/openapi.yaml"), '\n')) {
    bool in_paths = path.empty() || !operation.empty() || line.starts_with("    ");
    if (line == "components:") break;
    if (line.starts_with("  /")) {
      path = line.substr(2, line.size() - 3);
    } else if (in_paths && !path.empty() && line.starts_with("    ") && line[4] != ' ' && line != "    parameters:") {
      operation = line.substr(4, line.size() - 5) + " " + path;
      found[operation] = "";
    } else if (line.starts_with("      x-permission: ")) {
      found[operation] = line.substr(20);
    }
  }
  return found;
}

std::map<std::string, std::string> served(const Api& api) {
  std::map<std::string, std::string> found;
  for (const Endpoint& endpoint : api.endpoints()) {
    found[lower_ascii(http::name_of(endpoint.method)) + " " + endpoint.pattern] = endpoint.access.text();
  }
  return found;
}

TEST(OpenApiTest, NamesEveryRouteWithItsPermissionAndNoOther) {
  Api api;
  add_routes(api);
  EXPECT_EQ(served(api), documented());
}

/// `put /people/{person}/contacts` -> how an edit from an old state is told: `IfMatch`, `IfMatchWherePresent`, or the
/// reason of `x-without-if-match`.
std::map<std::string, std::string> edits_documented() {
  constexpr std::string_view kParameter = "$ref: '#/components/parameters/IfMatch";
  constexpr std::string_view kReason = "      x-without-if-match: ";
  std::map<std::string, std::string> found;
  std::string path, operation;
  for (const std::string& line : split(files::read_whole(TANFANG_SOURCE_DIR "/api/openapi.yaml"), '\n')) {
    if (line == "components:") break;
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    if (line.starts_with("    ") && line[4] != ' ' && line != "    parameters:") {
      operation = line.substr(4, line.size() - 5);
      if (operation == "put" || operation == "patch") found[operation + " " + path] = "";
    }
    auto edit = found.find(operation + " " + path);
    if (edit == found.end()) continue;
    if (std::size_t at = line.find(kParameter); at != std::string::npos) edit->second = line.substr(at + 30);
    if (line.starts_with(kReason)) edit->second = line.substr(kReason.size());
  }
  return found;
}

TEST(OpenApiTest, EveryEditNamesItsPreconditionOrWhyItHasNone) {
  Api api;
  add_routes(api);
  auto documented = edits_documented();
  std::size_t edits = 0;
  for (const Endpoint& endpoint : api.endpoints()) {
    if (endpoint.method != http::Method::put && endpoint.method != http::Method::patch) continue;
    ++edits;
    std::string operation = lower_ascii(http::name_of(endpoint.method)) + " " + endpoint.pattern;
    EXPECT_GE(documented[operation].size(), 7u) << operation << ": take If-Match, or say x-without-if-match and why";
  }
  EXPECT_EQ(edits, documented.size());
}

TEST(OpenApiTest, GivesEveryOperationANameOfItsOwn) {
  std::set<std::string> names;
  std::size_t operations = 0;
  for (const std::string& line : split(files::read_whole(TANFANG_SOURCE_DIR "/api/openapi.yaml"), '\n')) {
    if (!line.starts_with("      operationId: ")) continue;
    ++operations;
    EXPECT_TRUE(names.insert(line).second) << line;
  }
  EXPECT_EQ(operations, documented().size());
}

}  // namespace
}  // namespace tanfang::app::server
