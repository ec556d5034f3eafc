#include "app/server/routes/chosen_people.h"

#include <boost/json.hpp>

#include "app/server/server_problems.h"

namespace tanfang::app::server {

std::optional<std::vector<Id>> read_chosen(Body& body) {
  const boost::json::value* given = body.value("people");
  if (!given) return std::nullopt;
  std::vector<Id> people;
  bool good = given->is_array() && !given->get_array().empty() && given->get_array().size() <= kMostChosen;
  for (std::size_t i = 0; good && i < given->get_array().size(); ++i) {
    const boost::json::value& item = given->get_array()[i];
    auto id = item.is_string() ? parse_id(item.get_string()) : std::nullopt;
    good = id.has_value();
    people.push_back(id.value_or(Id{}));
  }
  if (!good) body.refuse(field_type("people", {"1 至 2000 个人员编号", "a list of 1 to 2,000 ids of people"}));
  return people;
}

registry::PersonKey person_reached(const Call& call, db::Session& session, const std::string& county, Id person,
                                   identity::Permission permission) {
  auto key = registry::find_person(session, county, person);
  if (!key || !identity::reaches(call.principal, registry::area_of(session, *key), permission)) {
    throw registry::unknown_person();
  }
  return *key;
}

}  // namespace tanfang::app::server
