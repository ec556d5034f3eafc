// Shapes of areas: foreign GeoJSON, borders made simple, and how they are kept.
#include <boost/json.hpp>
#include <cmath>
#include <numbers>

#include "registry/area_shapes.h"
#include "registry/registry_fixture.h"

namespace tanfang::registry {
namespace {

namespace js = boost::json;

const std::string kSquare = "[[105.1,29.1],[105.2,29.1],[105.2,29.2],[105.1,29.2],[105.1,29.1]]";

std::string feature(const std::string& properties, const std::string& coordinates,
                    const std::string& kind = "Polygon") {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":{"type":")" + kind + R"(","coordinates":)" +
         coordinates + "}}";
}
std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string square(const std::string& properties) { return feature(properties, "[" + kSquare + "]"); }

TEST(AreaShapes, ReadsPolygonsWithTheNameOfTheProperty) {
  auto shapes =
      read_shapes(collection(square(R"({"code":510521100,"name":"玉蟾街道"})") + "," +
                             feature(R"({"name":"福集镇"})", "[[" + kSquare + "],[" + kSquare + "]]", "MultiPolygon")),
                  "");
  ASSERT_EQ(shapes.size(), 2u);
  EXPECT_EQ(shapes[0].named, "510521100");
  EXPECT_EQ(shapes[1].named, "福集镇");
  EXPECT_EQ(shapes[1].polygons.size(), 2u);
  EXPECT_EQ(count_points(shapes), 15u);
  EXPECT_EQ(shapes[0].polygons[0][0][1], (MapPoint{105.2, 29.1}));
  EXPECT_EQ(read_shapes(collection(square(R"({"XZQMC":"福集镇"})")), "XZQMC")[0].named, "福集镇");
}

TEST(AreaShapes, RefusesWhatIsNoMapOfAnAreaAndNamesTheFeature) {
  struct Case {
    std::string text;
    std::string code;
    std::string field;
  };
  std::string good = square(R"({"code":"510521100"})");
  auto second = [&](const std::string& wrong) { return collection(good + "," + wrong); };
  auto ring = [&](const std::string& points) { return second(feature(R"({"name":"a"})", "[[" + points + "]]")); };
  std::string rings = kSquare;
  for (int i = 0; i < 48; ++i) rings += "," + kSquare;
  const Case cases[] = {
      {"[]", "shapes.collection", "features"},
      {R"({"type":"Feature"})", "shapes.collection", "features"},
      {collection(""), "shapes.collection", "features"},
      {"{", "json.malformed", ""},
      {second("3"), "shapes.feature", "features[1]"},
      {second(square("null")), "shapes.feature", "features[1]"},
      {second(square(R"({"name":""})")), "shapes.feature", "features[1]"},
      {second(feature(R"({"name":"a"})", "[105,29]", "Point")), "shapes.feature", "features[1]"},
      {second(feature(R"({"name":"a"})", "[]")), "shapes.feature", "features[1]"},
      {second(feature(R"({"name":"a"})", "[" + rings + "]")), "shapes.feature", "features[1]"},
      {ring("[105.1,29.1],[105.2,29.1],[105.1,29.1]"), "shapes.feature", "features[1]"},
      {ring("[105.1,29.1],[105.2,29.1],[105.2,29.2],[105.1,29.2]"), "shapes.feature", "features[1]"},
      {ring("[29.1,105.1],[29.1,105.2],[29.2,105.2],[29.1,105.1]"), "shapes.feature", "features[1]"},
      {ring("[35500000,3200000],[35500001,3200000],[35500000,3200001],[35500000,3200000]"), "shapes.feature",
       "features[1]"},
      {ring("[105.1],[105.2,29.1],[105.2,29.2],[105.1]"), "shapes.feature", "features[1]"},
  };
  for (const Case& each : cases) {
    try {
      read_shapes(each.text, "");
      ADD_FAILURE() << each.text;
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, each.code) << each.text;
      std::string field = problem.fields.empty() ? "" : problem.fields[0].field;
      EXPECT_TRUE(each.field.empty() || field == each.field) << each.text << field;
    }
  }
  std::string many = "[105.1,29.1]";
  for (int i = 0; i < 400'000; ++i) many += ",[105.1,29.1]";
  EXPECT_EQ(refusal_of([&] { read_shapes(ring(many), ""); }), "shapes.too_many");
}

/// A circle about a centre, of so many points.
Ring circle(double longitude, double latitude, double radius, int points) {
  Ring ring;
  for (int i = 0; i < points; ++i) {
    double angle = 2 * std::numbers::pi * i / points;
    ring.push_back({longitude + radius * std::cos(angle), latitude + radius * std::sin(angle)});
  }
  ring.push_back(ring.front());
  return ring;
}

double area_of_ring(const Ring& ring) {
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += ring[i].longitude * ring[i + 1].latitude - ring[i + 1].longitude * ring[i].latitude;
  }
  return std::abs(twice) / 2;
}

TEST(AreaShapes, AreMadeSimpleWithoutLosingTheirForm) {
  std::vector<NamedShape> shapes{{"a", {{circle(105, 29, 0.1, 5000)}, {circle(105.3, 29, 0.0001, 20)}}},
                                 {"b", {{circle(106, 29, 0.1, 40)}}}};
  simplify_shapes(shapes, 200);
  EXPECT_LE(count_points({shapes[0]}), 200u);
  EXPECT_GE(count_points({shapes[0]}), 150u);
  EXPECT_GE(shapes[0].polygons[1][0].size(), 4u) << "an island stays";
  EXPECT_NEAR(area_of_ring(shapes[0].polygons[0][0]), std::numbers::pi * 0.01, 1e-4);
  EXPECT_EQ(shapes[0].polygons[0][0].front(), shapes[0].polygons[0][0].back());
  EXPECT_EQ(count_points({shapes[1]}), 41u) << "what is coarse stays as it was";
  std::vector<NamedShape> few{{"c", {{circle(105, 29, 0.1, 100)}}}};
  simplify_shapes(few, 200);
  EXPECT_EQ(count_points(few), 101u);
}

TEST(AreaShapes, NeighboursKeepTheBorderTheyShare) {
  // A border from north to south that both have, each with its own corner beyond it.
  Ring border;
  for (int i = 0; i <= 1000; ++i) border.push_back({105 + 0.01 * std::sin(i / 20.0), 29.2 - i * 0.0001});
  auto closed_at = [&](double longitude) {
    Ring ring = border;
    ring.insert(ring.end(), {{longitude, 29.1}, {longitude, 29.2}, border.front()});
    return ring;
  };
  std::vector<NamedShape> shapes{{"west", {{closed_at(104.9)}}}, {"east", {{closed_at(105.1)}}}};
  simplify_shapes(shapes, 60);
  auto on_border = [&](const Ring& ring) {
    std::vector<double> latitudes;
    for (const MapPoint& point : ring) {
      if (std::find(border.begin() + 1, border.end() - 1, point) != border.end() - 1)
        latitudes.push_back(point.latitude);
    }
    return latitudes;
  };
  EXPECT_EQ(on_border(shapes[0].polygons[0][0]), on_border(shapes[1].polygons[0][0]));
}

class AreaShapesTest : public RegistryTest {
 protected:
  void SetUp() override { seed_areas(database(), TANFANG_SOURCE_DIR "/data/areas.csv"); }
  ShapesGiven put(const std::string& area, std::size_t digits, const std::string& features) {
    ShapesGiven given;
    write([&](audit::Work& work) { given = put_shapes(work, area, digits, read_shapes(collection(features), "")); });
    return given;
  }
  std::vector<AreaShape> shapes(const std::string& area) {
    return read([&](db::Session& session) { return load_shapes(session, area, today()); });
  }
};
TANFANG_ON_EACH_ENGINE(AreaShapesTest);

TEST_P(AreaShapesTest, AreKeptByCodeWhateverTheyWereNamedBy) {
  std::string town = read([&](db::Session& session) {
                       return AreaIndex::from_table(session, "510521", today()).below("510521", 9).back();
                     }).name;
  ShapesGiven given =
      put("510521", 9, square(R"({"code":"510521100000"})") + "," + square(R"({"name":")" + town + "\"}"));
  EXPECT_EQ(given.shapes, 2u);
  EXPECT_EQ(given.points, 10u);
  EXPECT_GT(given.missing.size(), 5u);
  auto kept = shapes("510521");
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].area.code, "510521100");
  EXPECT_EQ(kept[1].area.name, town);
  EXPECT_EQ(js::parse(kept[0].coordinates).at(0).at(0).at(1).at(0).to_number<double>(), 105.2);
  put("510521", 9, square(R"({"code":"510521100"})"));
  EXPECT_EQ(shapes("510521").size(), 1u) << "the others went";
  put("510521", 12, square(R"({"code":"510521100231"})"));
  EXPECT_EQ(shapes("510521").size(), 1u) << "villages stand beside towns";
  EXPECT_EQ(shapes("510521100").size(), 1u);
  write([&](audit::Work& work) { remove_shapes(work, "510521", 9); });
  EXPECT_EQ(shapes("510521").size(), 0u);
  EXPECT_EQ(shapes("510521100").size(), 1u);
  write([&](audit::Work& work) { remove_shapes(work, "510521", 9); });
}

TEST_P(AreaShapesTest, RefusesAFeatureOfNoAreaAndOneNamedTwice) {
  auto refused_field = [&](const std::string& features) -> std::string {
    try {
      put("510521", 9, features);
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "shapes.area");
      return problem.fields.at(0).field;
    }
    return "";
  };
  std::string good = square(R"({"code":"510521100"})");
  EXPECT_EQ(refused_field(good + "," + square(R"({"name":"蓬莱镇"})")), "features[1]");
  EXPECT_EQ(refused_field(good + "," + square(R"({"code":"510522100"})")), "features[1]");
  EXPECT_EQ(refused_field(good + "," + good), "features[1]");
  EXPECT_EQ(shapes("510521").size(), 0u) << "nothing was kept";
  EXPECT_EQ(refused([&](audit::Work& work) { put_shapes(work, "519999", 9, {}); }), "area.unknown");
}

}  // namespace
}  // namespace tanfang::registry
