#include "registry/area_shapes_store.h"

namespace tanfang::registry {

std::map<std::string, std::string> load_coordinates(db::Session& session, const std::string& area, std::size_t digits) {
  std::map<std::string, std::string> found;
  std::string end = area + ":";
  session.query("select area, coordinates from area_shapes where area >= $1 and area < $2 and length(area) = $3",
                {area, end, digits}, [&](const db::Row& row) { found.emplace(row.string(0), row.string(1)); });
  return found;
}

void delete_coordinates(db::Session& session, const std::string& area, std::size_t digits) {
  std::string end = area + ":";
  session.execute("delete from area_shapes where area >= $1 and area < $2 and length(area) = $3", {area, end, digits});
}

void insert_coordinates(db::Session& session, const std::map<std::string, std::string>& by_code, Instant put_at,
                        const std::string& put_by) {
  auto next = by_code.begin();
  session.execute_many("insert into area_shapes (area, coordinates, put_at, put_by) values ($1, $2, $3, $4)",
                       by_code.size(), [&](std::size_t, std::vector<db::Parameter>& out) {
                         out = {next->first, next->second, put_at, put_by};
                         ++next;
                       });
}

std::vector<AreaShape> load_shapes_below(db::Session& session, const std::string& parent, Date on) {
  std::string day = on.iso();
  return session.all(
      "select a.code, a.name, s.coordinates from areas a join area_shapes s on s.area = a.code"
      " where a.parent = $1 and a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2) order by a.code",
      {parent, day}, [](const db::Row& row) {
        return AreaShape{{row.string(0), row.string(1)}, row.string(2)};
      });
}

}  // namespace tanfang::registry
