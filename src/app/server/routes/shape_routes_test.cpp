// Shapes of areas over HTTP: given by the county, read by everybody.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const std::string kShapes = "/areas/" + kCounty + "/shapes";

class ShapeRoutesTest : public ServerTest {
 protected:
  static js::object feature(const std::string& code, double east = 105.2) {
    js::array ring{js::array{105.1, 29.1}, js::array{east, 29.1}, js::array{east, 29.2}, js::array{105.1, 29.1}};
    return {{"type", "Feature"},
            {"properties", js::object{{"code", code}}},
            {"geometry", js::object{{"type", "Polygon"}, {"coordinates", js::array{std::move(ring)}}}}};
  }
  static js::object collection(js::array features) {
    return {{"type", "FeatureCollection"}, {"features", std::move(features)}};
  }
  js::array features(const http::Answer& answer) { return json_of(answer).at("features").as_array(); }
};
TANFANG_ON_EACH_ENGINE(ShapeRoutesTest);

TEST_P(ShapeRoutesTest, TheCountyGivesThemAndEverybodyReadsThem) {
  Client county = as(Role::county_bureau, kCounty);
  Client clerk = as(Role::village_clerk, kVillage);
  EXPECT_EQ(get(clerk, kShapes).body, R"({"type":"FeatureCollection","features":[]})");
  http::Answer given = ask(county, "PUT", kShapes, collection({feature(kTown)}));
  ASSERT_EQ(given.status, 200) << given.body;
  js::object told = json_of(given);
  EXPECT_EQ(told.at("level"), "town");
  EXPECT_EQ(told.at("shapes"), 1);
  EXPECT_EQ(told.at("points"), 4);
  EXPECT_FALSE(told.at("missing").as_array().empty());
  http::Answer shown = get(clerk, kShapes);
  ASSERT_EQ(features(shown).size(), 1u);
  EXPECT_EQ(features(shown)[0].at("properties").at("code"), js::value(kTown));
  EXPECT_FALSE(features(shown)[0].at("properties").at("name").as_string().empty());
  EXPECT_EQ(features(shown)[0].at("geometry").at("type"), "MultiPolygon");
  std::string tag = shown.value("etag");
  EXPECT_EQ(ask(clerk, "GET", kShapes, nullptr, "If-None-Match: " + tag + "\r\n").status, 304);
  js::object moved = collection({feature(kTown, 105.3)});
  EXPECT_EQ(code_of(ask(county, "PUT", kShapes, moved)), "precondition.needed");
  std::string seen = "If-Match: " + tag + "\r\n";
  EXPECT_EQ(json_of(post(county, kShapes + "/preview", moved)).at("etag"), js::value(tag));
  EXPECT_EQ(ask(county, "PUT", kShapes, moved, seen).status, 200);
  EXPECT_EQ(code_of(ask(county, "PUT", kShapes, moved, seen)), "precondition.failed");
  EXPECT_EQ(ask(clerk, "GET", kShapes, nullptr, "If-None-Match: " + tag + "\r\n").status, 200);
  std::string town = "/areas/" + kTown + "/shapes";
  EXPECT_EQ(json_of(ask(county, "PUT", town, collection({feature(kVillage)}))).at("level"), "village");
  js::object village = collection({feature(kVillage)});
  EXPECT_EQ(code_of(ask(county, "PUT", kShapes + "?level=village", village)), "precondition.needed");
  js::object before = json_of(post(county, kShapes + "/preview?level=village", village));
  seen = "If-Match: " + std::string(before.at("etag").as_string()) + "\r\n";
  EXPECT_EQ(ask(county, "PUT", kShapes + "?level=village", village, seen).status, 200);
  EXPECT_EQ(features(get(clerk, town)).size(), 1u);
  EXPECT_EQ(ask(county, "DELETE", kShapes + "?level=village").status, 204);
  EXPECT_EQ(features(get(clerk, town)).size(), 0u);
  EXPECT_EQ(features(get(clerk, kShapes)).size(), 1u);
}

/// A county's file as an office has it: more than an ordinary body may be.
TEST_P(ShapeRoutesTest, TakesAFileOfTwoMegabytes) {
  Client county = as(Role::county_bureau, kCounty);
  js::object large = feature(kTown);
  large["properties"].as_object()["note"] = std::string(2u << 20, 'x');
  EXPECT_EQ(post(county, kShapes + "/preview", collection({large})).status, 200);
  EXPECT_EQ(ask(county, "PUT", kShapes, collection({large})).status, 200);
  large["properties"].as_object()["note"] = std::string(8u << 20, 'x');
  EXPECT_EQ(post(county, kShapes + "/preview", collection({large})).status, 413);
}

TEST_P(ShapeRoutesTest, APreviewSaysWhatAFileOfVillagesWouldDoAndChangesNothing) {
  Client county = as(Role::county_bureau, kCounty);
  const std::string path = kShapes + "/preview?level=village";
  EXPECT_EQ(ask(county, "PUT", kShapes + "?level=village", collection({feature(kVillage)})).status, 200);
  js::object file = collection({feature(kOtherVillage), feature("没有的村"), feature(kOtherVillage), feature(kTown)});
  http::Answer answer = post(county, path, file);
  ASSERT_EQ(answer.status, 200) << answer.body;
  js::object told = json_of(answer);
  EXPECT_EQ(told.at("level"), "village");
  EXPECT_EQ(told.at("shapes"), 1);
  EXPECT_EQ(told.at("points_given"), 16);
  EXPECT_EQ(told.at("before"), 1);
  EXPECT_EQ(told.at("lost"), 1);
  EXPECT_EQ(told.at("unplaced"), 3);
  EXPECT_EQ(told.at("unplaced_features").at(0).at("feature"), 2);
  EXPECT_EQ(told.at("unplaced_features").at(0).at("named"), "没有的村");
  EXPECT_FALSE(told.at("unplaced_features").at(1).at("why").at("zh").as_string().empty());
  std::size_t villages = told.at("missing").as_array().size() + 1;
  EXPECT_GT(villages, 100u) << "of the whole county";
  EXPECT_EQ(features(get(county, "/areas/" + kTown + "/shapes")).size(), 1u) << "nothing changed";
  js::object good = json_of(post(county, path, collection({feature(kOtherVillage), feature(kVillage)})));
  EXPECT_EQ(good.at("unplaced"), 0);
  EXPECT_EQ(good.at("lost"), 0);
  EXPECT_EQ(good.at("missing").as_array().size(), villages - 2);
  EXPECT_EQ(post(as(Role::town_office, kTown), path, file).status, 403);
  EXPECT_EQ(code_of(post(county, "/areas/" + kOtherCounty + "/shapes/preview", file)), "identity.outside_area");
}

TEST_P(ShapeRoutesTest, RefusesWhoMayNotAndWhatIsNoMap) {
  Client county = as(Role::county_bureau, kCounty);
  js::object good = collection({feature(kTown)});
  EXPECT_EQ(ask(as(Role::town_office, kTown), "PUT", kShapes, good).status, 403);
  EXPECT_EQ(ask(as(Role::town_office, kTown), "DELETE", kShapes).status, 403);
  EXPECT_EQ(code_of(ask(county, "PUT", "/areas/" + kOtherCounty + "/shapes", good)), "identity.outside_area");
  EXPECT_EQ(code_of(ask(county, "PUT", "/areas/5105/shapes", good)), "request.invalid");
  EXPECT_EQ(code_of(ask(county, "PUT", "/areas/" + kTown + "/shapes?level=town", good)), "request.invalid");
  EXPECT_EQ(code_of(get(county, "/areas/" + kVillage + "/shapes")), "request.invalid");
  EXPECT_EQ(code_of(ask(county, "PUT", kShapes, js::object{{"type", "Topology"}})), "shapes.collection");
  http::Answer named = ask(county, "PUT", kShapes + "?property=XZQMC", good);
  EXPECT_EQ(code_of(named), "shapes.feature");
  EXPECT_NE(named.body.find("features[0]"), std::string::npos) << named.body;
  EXPECT_EQ(code_of(ask(county, "PUT", kShapes, collection({feature(kOtherCounty + "001")}))), "shapes.area");
  http::TestClient wire(serving_->port());
  http::Answer plain = wire.ask(
      "PUT " + std::string(kRoot) + kShapes + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nCookie: " + county.cookie +
      "\r\nX-CSRF-Token: " + county.csrf + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(code_of(plain), "body.geojson");
}

}  // namespace
}  // namespace tanfang::app::server
