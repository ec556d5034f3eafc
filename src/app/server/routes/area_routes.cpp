// Areas: going down the tree, level by level. Their names are no secret: whoever may read areas may read all of them.
#include <boost/json.hpp>

#include "app/server/api.h"
#include "app/server/output.h"
#include "app/server/routes/shape_routes.h"
#include "registry/registry.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;

js::array to_json(const std::vector<registry::Area>& areas) {
  js::array list;
  for (const registry::Area& area : areas) list.push_back(js::object{{"code", area.code}, {"name", area.name}});
  return list;
}

http::Response show(const Call& call, const std::string& code) {
  registry::AreaPlace place;
  call.read([&](db::Session& session) { place = registry::load_area_place(session, code, call.today()); });
  return answer_json(js::object{{"code", place.area.code},
                                {"name", place.area.name},
                                {"above", to_json(place.above)},
                                {"below", to_json(place.below)}});
}

}  // namespace

void add_area_routes(Api& api) {
  using identity::Permission;
  api.get("/areas", Permission::areas_read, [](const Call& call) { return show(call, ""); });
  api.get("/areas/{area}", Permission::areas_read,
          [](const Call& call) { return show(call, call.request.path_parameter("area")); });
  add_shape_routes(api);
}

}  // namespace tanfang::app::server
