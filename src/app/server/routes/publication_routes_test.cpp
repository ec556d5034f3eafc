// A draft comes into force: asked for, approved by another account, known at once, binding from its day on.
#include <gmock/gmock.h>

#include "app/jobs/runner.h"
#include "app/server/test_ledger.h"
#include "platform/files/files.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class PublicationRoutesTest : public LedgerSender {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    serving_->service().jobs().tick();
    county_ = as(Role::county_bureau, kCounty);
    identity::create_account(serving_->service().identity(), clock_.now(), "command:test",
                             identity::operator_at_command(), {"second.person", "复核员", Role::county_bureau, kCounty},
                             kPassword);
    second_ = sign_in("second.person", kPassword);
  }

  static std::string replaced(std::string text, const std::string& old, const std::string& fresh) {
    std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return at == std::string::npos ? text : text.replace(at, old.size(), fresh);
  }
  /// From July on, who is of great age and lives alone is no longer of the key tier.
  static std::string milder(const std::string& in_force = "2025-07-01") {
    std::string text = files::read_whole(TANFANG_SOURCE_DIR "/schemes/luzhou-2023/scheme.toml");
    return replaced(replaced(text, "in_force = 2023-12-14", "in_force = " + in_force),
                    "or (advanced_age and living_alone)\n", "");
  }
  /// Without the case table, which tells of the older version.
  std::string draft_with(const std::string& text, js::object files = {}) {
    files["scheme.toml"] = text;
    files["cases.jsonl"] = "";
    http::Answer begun =
        post(county_, "/scheme-drafts", js::object{{"based_on", "luzhou-2023"}, {"files", std::move(files)}});
    EXPECT_EQ(begun.status, 201) << begun.body;
    return "/scheme-drafts/" + std::string(json_of(begun).at("id").as_string());
  }
  std::string seen(const std::string& draft) { return "If-Match: " + get(county_, draft).value("etag") + "\r\n"; }
  http::Answer publish(const std::string& draft, const std::string& day = "2025-07-01") {
    return post(county_, draft + "/publication", js::object{{"in_force", day}}, seen(draft));
  }
  http::Answer approve(const Client& client, const std::string& draft) {
    return post(client, draft + "/approval", nullptr, seen(draft));
  }
  std::string rules_of(const Client& client, const std::string& day) {
    return get(client, "/schemes/luzhou-2023?on=" + day).body;
  }
  std::string tier_on(const registry::PersonKey& person, const std::string& day) {
    Client county = as(Role::county_bureau, person.county);
    js::object page = json_of(get(county, path_of(person) + "/verdicts?from=" + day));
    for (const js::value& verdict : page.at("verdicts").as_array()) {
      if (verdict.at("scheme").as_string() == "luzhou-2023") return std::string(verdict.at("tier").as_string());
    }
    return "";
  }

  Client county_;
  Client second_;
};
TANFANG_ON_EACH_ENGINE(PublicationRoutesTest);

TEST_P(PublicationRoutesTest, LedgersKnowTheFactsThatItAloneDeclares) {
  std::string bees = "\n[[fact]]\nid = \"keeps_bees\"\ntype = \"bool\"\ntext = \"养蜂\"\ntext_en = \"keeps bees\"\n";
  std::string draft = draft_with(milder() + bees);
  auto heading = [&] {
    std::string ledger = "姓名,身份证号码,村,养蜂\n李四," + number_of(kCounty, 31) + "," + kVillage + ",是\n";
    http::Answer sent = upload(county_, ledger, "area=" + kCounty + "&dry_run=true");
    EXPECT_EQ(sent.status, 202) << sent.body;
    std::string id(json_of(sent).at("id").as_string());
    await(county_, id);
    js::object mapping = json_of(get(county_, "/ledgers/" + id)).at("result").at("mapping").as_object();
    return mapping.contains("养蜂") ? std::string(mapping.at("养蜂").as_string()) : "";
  };
  EXPECT_EQ(heading(), "");
  ASSERT_EQ(publish(draft).status, 201);
  ASSERT_EQ(approve(second_, draft).status, 200);
  EXPECT_EQ(heading(), "keeps_bees");
}

TEST_P(PublicationRoutesTest, BindsTheCountyFromItsDayOnceASecondPersonApproved) {
  std::string draft = draft_with(milder());
  http::Answer asked = publish(draft);
  ASSERT_EQ(asked.status, 201) << asked.body;
  EXPECT_EQ(json_of(asked).at("state").as_string(), "asked");
  EXPECT_EQ(code_of(approve(county_, draft)), "publication.same_account");
  EXPECT_NE(rules_of(county_, "2025-07-01").find("advanced_age and living_alone"), std::string::npos);
  http::Answer approved = approve(second_, draft);
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_EQ(json_of(approved).at("state").as_string(), "published");
  EXPECT_EQ(json_of(approved).at("decided_by").as_string(), "account:second.person");
  EXPECT_EQ(rules_of(county_, "2025-07-01").find("advanced_age and living_alone"), std::string::npos);
  EXPECT_NE(rules_of(county_, "2025-06-30").find("advanced_age and living_alone"), std::string::npos);
  Client other = as(Role::county_bureau, kOtherCounty);
  EXPECT_NE(rules_of(other, "2025-07-01").find("advanced_age and living_alone"), std::string::npos);
  serving_->service().jobs().tick();
  EXPECT_EQ(tier_on(key_, "2025-06-30"), "key");
  EXPECT_EQ(tier_on(key_, "2025-07-01"), "general");
  EXPECT_EQ(tier_on(stranger_, "2025-07-01"), "key");
}

TEST_P(PublicationRoutesTest, IsKnownToEveryProcessAndWhatIsOwedFollows) {
  std::string draft = draft_with(milder());
  ASSERT_EQ(publish(draft).status, 201);
  ASSERT_EQ(approve(second_, draft).status, 200);
  serving_.reset();
  clock_.set(*parse_instant("2025-06-28T09:00"));
  start();
  write([&](audit::Work& work) { planning::open_month(work, serving_->service().policies(), kCounty, {2025, 7}); });
  county_ = sign_in("county_bureau." + kCounty, kPassword);
  js::object page = json_of(get(county_, path_of(key_) + "/obligations?from=2025-06&to=2025-07"));
  std::map<std::string, int> windows;
  for (const js::value& owed : page.at("obligations").as_array()) {
    if (owed.at("kind").as_string() == "window") ++windows[std::string(owed.at("label").as_string())];
  }
  EXPECT_EQ(windows, (std::map<std::string, int>{{"luzhou-2023/half_month/0", 2}, {"luzhou-2023/month/0", 1}}));
}

TEST_P(PublicationRoutesTest, FreezesTheFilesUntilItIsRejectedWithAReason) {
  std::string draft = draft_with(milder());
  ASSERT_EQ(publish(draft).status, 201);
  EXPECT_EQ(code_of(publish(draft)), "draft.frozen");
  js::object change{{"files", js::object{{"scheme.toml", milder() + "\n"}}}};
  EXPECT_EQ(code_of(ask(county_, "PATCH", draft, change, seen(draft))), "draft.frozen");
  EXPECT_EQ(code_of(ask(county_, "DELETE", draft)), "draft.frozen");
  EXPECT_EQ(code_of(post(second_, draft + "/rejection", js::object{})), "request.invalid");
  http::Answer rejected = post(second_, draft + "/rejection", js::object{{"reason", "缺少联席会议纪要"}});
  ASSERT_EQ(rejected.status, 200) << rejected.body;
  EXPECT_EQ(json_of(get(county_, draft + "/publication")).at("reason").as_string(), "缺少联席会议纪要");
  EXPECT_EQ(code_of(approve(second_, draft)), "publication.unknown");
  EXPECT_EQ(ask(county_, "PATCH", draft, change, seen(draft)).status, 200);
  ASSERT_EQ(publish(draft).status, 201);
  ASSERT_EQ(approve(second_, draft).status, 200);
  EXPECT_EQ(code_of(ask(county_, "DELETE", draft)), "draft.frozen");
}

TEST_P(PublicationRoutesTest, RefusesWhatMayNotComeIntoForce) {
  std::string draft = draft_with(milder());
  EXPECT_EQ(code_of(publish(draft, "2025-06-20")), "publication.date");
  EXPECT_EQ(code_of(publish(draft, "2025-07-02")), "publication.date");
  EXPECT_EQ(code_of(post(county_, draft + "/publication", js::object{{"in_force", "2025-07-01"}})),
            "precondition.needed");
  EXPECT_EQ(code_of(get(county_, draft + "/publication")), "publication.unknown");
  EXPECT_EQ(code_of(approve(second_, draft)), "publication.unknown");
  EXPECT_EQ(code_of(post(second_, draft + "/rejection", js::object{{"reason", "x"}})), "publication.unknown");
  Client other = as(Role::county_bureau, kOtherCounty);
  EXPECT_EQ(code_of(post(other, draft + "/approval", nullptr, seen(draft))), "draft.unknown");
  // A mistake that only lint finds: a clause is missing.
  EXPECT_EQ(code_of(publish(draft_with(replaced(milder(), "cite = \"附件1.1\"\n", "")))), "draft.invalid");
  EXPECT_EQ(code_of(publish(draft_with(milder(), {{"scheme-2.toml", milder("2025-09-01")}}))), "publication.date");
  EXPECT_EQ(code_of(publish(draft_with(replaced(milder(), "area = \"5105\"", "area = \"5106\"")))),
            "simulation.not_in_force");
  js::object forms{{"forms/visit.toml",
                    files::read_whole(TANFANG_SOURCE_DIR "/schemes/luzhou-2023/forms/visit.toml") + "\n# another\n"}};
  EXPECT_EQ(code_of(publish(draft_with(milder(), forms))), "publication.forms");
  ASSERT_EQ(publish(draft).status, 201);
  ASSERT_EQ(approve(second_, draft).status, 200);
  std::string again = draft_with(milder() + "\n# again\n");
  ASSERT_EQ(publish(again).status, 201);
  EXPECT_EQ(code_of(approve(second_, again)), "scheme.published");
}

TEST_P(PublicationRoutesTest, RefusesAnApprovalThatComesTooLate) {
  std::string draft = draft_with(milder());
  ASSERT_EQ(publish(draft).status, 201);
  clock_.set(*parse_instant("2025-07-01T09:00"));
  second_ = sign_in("second.person", kPassword);
  county_ = sign_in("county_bureau." + kCounty, kPassword);
  EXPECT_EQ(code_of(approve(second_, draft)), "publication.date");
}

}  // namespace
}  // namespace tanfang::app::server
