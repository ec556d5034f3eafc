#include "app/field/field_json.h"

#include <boost/json.hpp>

#include "registry/registry.h"

namespace tanfang::app::field {

namespace js = boost::json;

std::string area_name(db::Session& session, const std::string& area, Date today) {
  registry::AreaPlace place = registry::load_area_place(session, area, today);
  std::string name;
  for (const registry::Area& above : place.above) {
    if (above.code.size() == 9) name += above.name;
  }
  return name + place.area.name;
}

js::array villages_json(db::Session& session, const std::string& area, Date today) {
  js::array villages;
  if (area.size() != 6 && area.size() != 9) return villages;
  auto index = registry::AreaIndex::from_table(session, area, today);
  for (const registry::Area& village : index.below(area, 12)) {
    const registry::Area* town = index.find(village.code.substr(0, 9));
    villages.push_back(js::object{{"area", village.code}, {"name", village.name}, {"town", town ? town->name : ""}});
  }
  return villages;
}

js::object account_json(db::Session& session, const identity::Account& account, Date today) {
  return {{"login", account.login},
          {"name", account.name},
          {"role", to_text(account.role)},
          {"area", account.area},
          {"area_name", area_name(session, account.area, today)}};
}

js::object to_json(const PublicKey& key) { return {{"id", format_id(key.id)}, {"spki", key.spki}}; }

js::object to_json(const Words& words) { return {{"zh", words.zh}, {"en", words.en}}; }

}  // namespace tanfang::app::field
