// Drafts of schemes: a county's own, begun, saved against what was read, checked and deleted.
#include <gmock/gmock.h>

#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class DraftRoutesTest : public ServerTest {
 protected:
  const std::string path_ = "/scheme-drafts";

  http::Answer begin(const Client& client, const js::value& body) { return post(client, path_, body); }
  static std::string id_of(const http::Answer& answer) { return std::string(json_of(answer).at("id").as_string()); }
  http::Answer save(const Client& client, const std::string& id, const js::object& files, const std::string& tag) {
    return ask(client, "PATCH", path_ + "/" + id, js::object{{"files", files}},
               tag.empty() ? "" : "If-Match: " + tag + "\r\n");
  }
  Client county() { return as(Role::county_bureau, kCounty); }
};
TANFANG_ON_EACH_ENGINE(DraftRoutesTest);

TEST_P(DraftRoutesTest, ADraftBegunFromASchemeHoldsItsFilesAndIsCleanUntilItIsSpoilt) {
  http::Answer begun = begin(county(), js::object{{"based_on", "luzhou-2023"}});
  ASSERT_EQ(begun.status, 201) << begun.body;
  EXPECT_EQ(json_of(begun).at("scheme").as_string(), "luzhou-2023");
  EXPECT_EQ(json_of(begun).at("created_by").as_string(), "account:county_bureau.510521");
  std::string id = id_of(begun);
  http::Answer seen = get(county(), path_ + "/" + id);
  EXPECT_EQ(seen.value("etag"), begun.value("etag"));
  js::object files = json_of(seen).at("files").as_object();
  EXPECT_TRUE(files.contains("scheme.toml"));
  EXPECT_TRUE(files.contains("forms/visit.toml"));
  EXPECT_EQ(static_cast<std::int64_t>(files.size()), json_of(begun).at("file_count").as_int64());
  js::object clean = json_of(post(county(), path_ + "/" + id + "/lint", nullptr));
  EXPECT_TRUE(clean.at("ok").as_bool()) << js::serialize(clean);
  std::string text(files.at("scheme.toml").as_string());
  http::Answer saved = save(county(), id, {{"scheme.toml", text + "\nnonsense = ["}}, seen.value("etag"));
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_NE(saved.value("etag"), seen.value("etag"));
  js::object spoilt = json_of(post(county(), path_ + "/" + id + "/lint", nullptr));
  EXPECT_FALSE(spoilt.at("ok").as_bool());
  EXPECT_EQ(spoilt.at("findings").as_array().at(0).at("file").as_string(), "scheme.toml");
}

TEST_P(DraftRoutesTest, SavesOnlyWhatWasReadAndSaysWhoChangedIt) {
  std::string id = id_of(begin(county(), js::object{{"based_on", "luzhou-2023"}}));
  std::string tag = get(county(), path_ + "/" + id).value("etag");
  EXPECT_EQ(code_of(save(county(), id, {{"cases.jsonl", ""}}, "")), "precondition.needed");
  ASSERT_EQ(save(county(), id, {{"cases.jsonl", ""}}, tag).status, 200);
  EXPECT_EQ(code_of(save(county(), id, {{"cases.jsonl", "{}"}}, tag)), "precondition.failed");
  tag = get(county(), path_ + "/" + id).value("etag");
  http::Answer gone = save(county(), id, {{"cases.jsonl", nullptr}}, tag);
  ASSERT_EQ(gone.status, 200) << gone.body;
  EXPECT_FALSE(json_of(get(county(), path_ + "/" + id)).at("files").as_object().contains("cases.jsonl"));
  js::array drafts = json_of(get(county(), path_)).at("drafts").as_array();
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].at("changed_by").as_string(), "account:county_bureau.510521");
}

TEST_P(DraftRoutesTest, BelongsToItsCountyAlone) {
  std::string id = id_of(begin(county(), js::object{{"based_on", "luzhou-2023"}}));
  Client other = as(Role::county_bureau, kOtherCounty);
  EXPECT_EQ(json_of(get(other, path_)).at("drafts").as_array().size(), 0u);
  EXPECT_EQ(code_of(get(other, path_ + "/" + id)), "draft.unknown");
  EXPECT_EQ(code_of(save(other, id, {{"cases.jsonl", ""}}, "\"x\"")), "draft.unknown");
  EXPECT_EQ(code_of(post(other, path_ + "/" + id + "/lint", nullptr)), "draft.unknown");
  EXPECT_EQ(code_of(ask(other, "DELETE", path_ + "/" + id)), "draft.unknown");
  EXPECT_EQ(code_of(get(as(Role::town_office, kTown), path_)), "identity.forbidden");
  EXPECT_EQ(ask(county(), "DELETE", path_ + "/" + id).status, 204);
  EXPECT_EQ(code_of(ask(county(), "DELETE", path_ + "/" + id)), "draft.unknown");
}

TEST_P(DraftRoutesTest, RefusesFilesThatASchemeFolderCannotHoldAndMoreThanItsLimits) {
  EXPECT_EQ(code_of(begin(county(), js::object{{"scheme", "new"}})), "draft.no_files");
  EXPECT_EQ(code_of(begin(county(), js::object{{"based_on", "no-such"}})), "scheme.unknown");
  EXPECT_EQ(code_of(begin(county(), js::object{{"based_on", "luzhou-2023"}, {"scheme", "common"}})),
            "draft.scheme_name");
  EXPECT_EQ(code_of(begin(county(), js::object{{"based_on", "luzhou-2023"}, {"scheme", "../a"}})), "draft.scheme_name");
  auto with = [&](const std::string& path, const std::string& text) {
    return begin(county(), js::object{{"scheme", "new"}, {"files", js::object{{"scheme.toml", ""}, {path, text}}}});
  };
  for (const char* path : {"../scheme.toml", "forms/../x.toml", "/etc/passwd", "forms/.toml", "readme.md",
                           "scheme-.toml", "forms/a/b.toml", "schemes.toml"}) {
    EXPECT_EQ(code_of(with(path, "")), "draft.file_name") << path;
  }
  EXPECT_EQ(code_of(with("cases.jsonl", std::string(256 * 1024 + 1, ' '))), "draft.too_large");
  js::object many{{"scheme.toml", ""}};
  for (int i = 0; i < 30; ++i) many["forms/f" + std::to_string(i) + ".toml"] = "";
  EXPECT_EQ(code_of(begin(county(), js::object{{"scheme", "new"}, {"files", many}})), "draft.too_large");
  js::object large{{"scheme.toml", ""}};
  for (int i = 0; i < 4; ++i) large["forms/f" + std::to_string(i) + ".toml"] = std::string(200 * 1024, ' ');
  EXPECT_EQ(code_of(begin(county(), js::object{{"scheme", "new"}, {"files", large}})), "draft.too_large");
  EXPECT_EQ(code_of(begin(county(), js::object{{"scheme", "new"}, {"files", js::array{}}})), "request.invalid");
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(begin(county(), js::object{{"scheme", "new"}, {"files", js::object{{"scheme.toml", ""}}}}).status, 201);
  }
  EXPECT_EQ(code_of(begin(county(), js::object{{"based_on", "luzhou-2023"}})), "draft.too_many");
}

}  // namespace
}  // namespace tanfang::app::server
