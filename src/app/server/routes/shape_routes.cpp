// Shapes of a county's towns and villages for its map.
#include "app/server/routes/shape_routes.h"

#include <boost/json.hpp>

#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/preconditions.h"
#include "app/server/server_problems.h"
#include "registry/for_maps.h"
#include "registry/registry.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::uint64_t kLargest = 8 << 20;
constexpr std::size_t kMostUnplaced = 100;
constexpr std::size_t kTown = 9;
constexpr std::size_t kVillage = 12;

/// Whose shapes are asked about: a county or a town, which the principal answers for; and of which level.
struct Asked {
  std::string area;
  std::size_t digits = kVillage;
};

Asked read_asked(const Call& call, Query& query) {
  Asked asked{call.request.path_parameter("area")};
  std::string level = query.choice("level", {"town", "village"});
  if (asked.area.size() == 6 && level != "village") asked.digits = kTown;
  if (asked.area.size() != 6 && asked.area.size() != kTown) {
    query.refuse(field_type("area", {"区县或乡镇的代码", "the code of a county or town"}));
  } else if (asked.area.size() == kTown && level == "town") {
    query.refuse(field_type("level", {"village：乡镇之下是村居", "village: below a town there are villages"}));
  }
  return asked;
}

/// A file that was sent, and what it is of.
struct Given {
  Asked asked;
  std::vector<registry::NamedShape> shapes;
};

Given read_given(const Call& call) {
  Query query(call);
  Asked asked = read_asked(call, query);
  std::string property = query.optional_text("property").value_or("");
  query.finish();
  call.require(Permission::areas_write, asked.area);
  std::string type = call.request.media_type();
  if (type != "application/geo+json" && type != "application/json") throw geojson_type();
  return {asked, registry::read_shapes(call.request.body, property)};
}

js::array areas_json(const std::vector<registry::Area>& areas) {
  js::array list;
  for (const auto& area : areas) list.push_back(js::object{{"code", area.code}, {"name", area.name}});
  return list;
}

const char* level_of(const Asked& asked) { return asked.digits == kTown ? "town" : "village"; }

http::Response put(const Call& call) {
  Given given = read_given(call);
  registry::ShapesGiven taken;
  call.change([&](audit::Work& work) {
    std::string state = registry::shapes_state(work.session, given.asked.area, given.asked.digits);
    require_match_if(!state.empty(), call.request, etag_of(state));
    taken = registry::put_shapes(work, given.asked.area, given.asked.digits, given.shapes);
  });
  return answer_json(js::object{{"level", level_of(given.asked)},
                                {"shapes", taken.shapes},
                                {"points_given", taken.points_given},
                                {"points", taken.points},
                                {"missing", areas_json(taken.missing)}});
}

/// What the file would do; of features that cannot be put the first hundred.
http::Response preview(const Call& call) {
  Given given = read_given(call);
  registry::ShapesPreview told;
  std::string tag;
  call.read([&](db::Session& session) {
    tag = etag_of(registry::shapes_state(session, given.asked.area, given.asked.digits));
    told = registry::preview_shapes(session, given.asked.area, given.asked.digits, given.shapes, call.today());
  });
  js::array unplaced;
  for (const registry::UnplacedShape& each : told.unplaced) {
    if (unplaced.size() == kMostUnplaced) break;
    unplaced.push_back(js::object{{"feature", each.feature},
                                  {"named", each.named},
                                  {"why", js::object{{"zh", each.why.zh}, {"en", each.why.en}}}});
  }
  return answer_json(js::object{{"level", level_of(given.asked)},
                                {"shapes", told.shapes},
                                {"points_given", told.points_given},
                                {"points", told.points},
                                {"unplaced", told.unplaced.size()},
                                {"unplaced_features", std::move(unplaced)},
                                {"missing", areas_json(told.missing)},
                                {"before", told.before},
                                {"lost", told.lost},
                                {"etag", tag}});
}

http::Response show(const Call& call) {
  Query query(call);
  Asked asked = read_asked(call, query);
  query.finish();
  js::array features;
  std::string tag;
  call.read([&](db::Session& session) {
    // What is answered is always of the areas next below.
    tag = etag_of(registry::shapes_state(session, asked.area, asked.area.size() == 6 ? kTown : kVillage));
    for (const auto& shape : registry::load_shapes(session, asked.area, call.today())) {
      js::object geometry{{"type", "MultiPolygon"}, {"coordinates", js::parse(shape.coordinates)}};
      features.push_back(js::object{{"type", "Feature"},
                                    {"properties", js::object{{"code", shape.area.code}, {"name", shape.area.name}}},
                                    {"geometry", std::move(geometry)}});
    }
  });
  http::Response response = answer_json(js::object{{"type", "FeatureCollection"}, {"features", std::move(features)}});
  response.set("ETag", tag);
  return response;
}

http::Response remove(const Call& call) {
  Query query(call);
  Asked asked = read_asked(call, query);
  query.finish();
  call.require(Permission::areas_write, asked.area);
  call.change([&](audit::Work& work) { registry::remove_shapes(work, asked.area, asked.digits); });
  return http::no_content();
}

}  // namespace

void add_shape_routes(Api& api) {
  const std::string path = "/areas/{area}/shapes";
  Access access = Access::needs({Permission::areas_write});
  http::BodyRule body = http::BodyRule::memory(kLargest);
  api.get(path, Permission::areas_read, show);
  api.add({http::Method::put, path, access, put, body, nullptr, true});
  api.add({http::Method::post, path + "/preview", access, preview, body, nullptr, true});
  api.add({http::Method::del, path, access, remove, {}, nullptr, true});
}

}  // namespace tanfang::app::server
