// The document behind a scheme over HTTP.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const std::string kDocument = "/schemes/luzhou-2023/document";

class DocumentRoutesTest : public ServerTest {
 protected:
  http::Answer put(const Client& client, const std::string& content, const std::string& path = kDocument,
                   const std::string& more = "") {
    http::TestClient wire(serving_->port());
    return wire.ask(
        "PUT " + std::string(kRoot) + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nCookie: " + client.cookie +
        "\r\nX-CSRF-Token: " + client.csrf + "\r\n" + more +
        "Content-Type: application/pdf\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content);
  }
  /// As it is now, for an edit.
  std::string seen(const Client& client) {
    return "If-Match: " + get(client, kDocument + "/pages").value("etag") + "\r\n";
  }
};
TANFANG_ON_EACH_ENGINE(DocumentRoutesTest);

TEST_P(DocumentRoutesTest, ACountyAttachesItAndItsPeopleReadIt) {
  Client county = as(Role::county_bureau, kCounty);
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(get(clerk, kDocument + "/pages").body, R"({"attached":false,"pages":{}})");
  EXPECT_EQ(code_of(get(clerk, kDocument)), "document.unknown");
  js::object pages{{"pages", js::object{{"三（一）", 3}}}};
  EXPECT_EQ(code_of(ask(county, "PUT", kDocument + "/pages", pages)), "document.unknown");
  std::string document = "%PDF-1.7 " + std::string(3 << 20, 'x');
  ASSERT_EQ(put(county, document).status, 204);
  EXPECT_EQ(put(county, document).status, 204);
  std::string first = seen(county);
  http::Answer shown = get(clerk, kDocument);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.value("content-type"), "application/pdf");
  EXPECT_TRUE(shown.body == document);
  EXPECT_EQ(code_of(ask(county, "PUT", kDocument + "/pages", pages)), "precondition.needed");
  ASSERT_EQ(ask(county, "PUT", kDocument + "/pages", pages, first).status, 204);
  EXPECT_EQ(code_of(ask(county, "PUT", kDocument + "/pages", pages, first)), "precondition.failed");
  EXPECT_EQ(code_of(put(county, "%PDF-1.7 amended")), "precondition.needed");
  EXPECT_EQ(code_of(put(county, "%PDF-1.7 amended", kDocument, first)), "precondition.failed");
  ASSERT_EQ(put(county, "%PDF-1.7 amended", kDocument, seen(county)).status, 204);
  EXPECT_EQ(get(clerk, kDocument).body, "%PDF-1.7 amended");
  EXPECT_EQ(json_of(get(clerk, kDocument + "/pages")).at("pages").at("三（一）"), 3) << "the pages stay";
  EXPECT_EQ(ask(county, "DELETE", kDocument).status, 204);
  EXPECT_EQ(ask(county, "DELETE", kDocument).status, 204);
  EXPECT_EQ(code_of(get(clerk, kDocument)), "document.unknown");
}

TEST_P(DocumentRoutesTest, IsTheCountysOwnAndAPdf) {
  Client county = as(Role::county_bureau, kCounty);
  EXPECT_EQ(code_of(put(county, "<html>")), "document.kind");
  EXPECT_EQ(code_of(put(county, "%PDF-", "/schemes/nowhere-2020/document")), "scheme.unknown");
  EXPECT_EQ(code_of(put(as(Role::town_office, kTown), "%PDF-")), "identity.forbidden");
  ASSERT_EQ(put(county, "%PDF-1.4").status, 204);
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), kDocument)), "document.unknown");
  for (const js::value& pages : {js::value("x"), js::value(js::object{{"三", 0}}), js::value(js::object{{"三", "1"}}),
                                 js::value(js::object{{std::string(181, 'x'), 1}})}) {
    EXPECT_EQ(code_of(ask(county, "PUT", kDocument + "/pages", js::object{{"pages", pages}})), "request.invalid");
  }
  EXPECT_EQ(put(county, "%PDF-" + std::string(33 << 20, 'x')).status, 413);
}

}  // namespace
}  // namespace tanfang::app::server
