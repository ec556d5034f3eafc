// Forms on paper over HTTP: empty, masked, for a reason; nobody outside the area learns that there is anybody.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class PaperRoutesTest : public ServerTest {
 protected:
  std::string record(const std::string& key = "k-1") {
    http::Answer recorded =
        post(as(Role::village_clerk, kVillage), "/visits", visit(key, format_id(key_.id), "2025-06-10"));
    EXPECT_EQ(recorded.status, 201) << recorded.body;
    return std::string(json_of(recorded).at("id").as_string());
  }
  std::string trail(const std::string& subject) {
    return get(as(Role::auditor, kCounty), "/audit?subject=" + subject).body;
  }
};
TANFANG_ON_EACH_ENGINE(PaperRoutesTest);

TEST_P(PaperRoutesTest, PrintsTheEmptyForm) {
  Client clerk = as(Role::village_clerk, kVillage);
  http::Answer printed = get(clerk, "/schemes/luzhou-2023/forms/visit/paper?copies=3");
  EXPECT_EQ(printed.status, 200) << printed.body;
  EXPECT_EQ(printed.value("content-type"), "application/pdf");
  EXPECT_TRUE(printed.body.starts_with("%PDF-"));
  EXPECT_EQ(code_of(get(clerk, "/schemes/luzhou-2023/forms/nothing/paper")), "print.form");
  EXPECT_EQ(code_of(get(clerk, "/schemes/luzhou-2023/forms/visit/paper?copies=21")), "request.invalid");
  EXPECT_EQ(code_of(get({}, "/schemes/luzhou-2023/forms/visit/paper")), "session.needed");
}

TEST_P(PaperRoutesTest, PrintsAPersonMaskedAndForAReasonUnmasked) {
  std::string path = path_of(key_) + "/paper";
  http::Answer masked = post(as(Role::city_supervisor, "5105"), path, js::object());
  EXPECT_EQ(masked.status, 200) << masked.body;
  EXPECT_TRUE(masked.body.starts_with("%PDF-"));
  js::object preview = json_of(post(as(Role::city_supervisor, "5105"), path, js::object{{"preview", true}}));
  EXPECT_TRUE(preview.at("pdf").as_string().starts_with("JVBERi")) << "%PDF-";
  ASSERT_EQ(preview.at("pages").as_array().size(), 2u);
  EXPECT_TRUE(preview.at("pages").as_array()[0].as_string().starts_with("iVBORw0KGgo"));
  js::object unmasked{{"form", "luzhou-2023/registration"}, {"reason", "归档所需"}, {"copies", 2}};
  EXPECT_EQ(code_of(post(as(Role::city_supervisor, "5105"), path, unmasked)), "identity.forbidden");
  Client town = as(Role::town_office, kTown);
  EXPECT_EQ(post(town, path, unmasked).status, 200);
  EXPECT_EQ(code_of(post(town, path, js::object{{"reason", "看"}})), "reveal.reason_missing");
  EXPECT_EQ(code_of(post(town, path, js::object{{"form", "a/b"}})), "print.form");
  std::string said = trail("person:" + format_id(key_.id));
  EXPECT_NE(said.find("form_printed"), std::string::npos) << said;
  EXPECT_NE(said.find("field_revealed"), std::string::npos) << said;
  EXPECT_EQ(code_of(post(as(Role::village_clerk, kOtherVillage), path, js::object())), "person.unknown");
  EXPECT_EQ(code_of(post(as(Role::county_bureau, kOtherCounty), path, unmasked)), "person.unknown");
}

TEST_P(PaperRoutesTest, PrintsARecordForAReason) {
  std::string path = "/visits/" + record() + "/paper";
  Client town = as(Role::town_office, kTown);
  http::Answer printed = post(town, path, js::object{{"reason", "归档所需"}, {"copies", 3}});
  EXPECT_EQ(printed.status, 200) << printed.body;
  EXPECT_TRUE(printed.body.starts_with("%PDF-"));
  EXPECT_EQ(code_of(post(town, path, js::object())), "request.invalid");
  EXPECT_EQ(code_of(post(town, path, js::object{{"reason", "看"}})), "visit.reveal_reason_missing");
  EXPECT_EQ(code_of(post(as(Role::city_supervisor, "5105"), path, js::object{{"reason", "归档所需"}})),
            "identity.forbidden");
  for (const Client& outside : {as(Role::village_clerk, kOtherVillage), as(Role::county_bureau, kOtherCounty)}) {
    EXPECT_EQ(code_of(post(outside, path, js::object{{"reason", "归档所需"}})), "visit.unknown");
  }
}

TEST_P(PaperRoutesTest, PrintsNoMoreUnmaskedThanADayAllows) {
  std::string path = path_of(key_) + "/paper";
  serving_.reset();
  settings_.identity.reveals_a_day = 1;
  start();
  Client town = as(Role::town_office, kTown);
  EXPECT_EQ(post(town, path, js::object{{"reason", "归档所需"}}).status, 200);
  EXPECT_EQ(code_of(post(town, path, js::object{{"reason", "归档所需"}})), "identity.reveal_limit");
  EXPECT_EQ(post(town, path, js::object()).status, 200) << "masked";
}

}  // namespace
}  // namespace tanfang::app::server
