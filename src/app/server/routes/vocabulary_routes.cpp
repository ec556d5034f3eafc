// The words of facts, tiers, categories and methods, with those that a deployment's own schemes declare; the roles.
#include <array>
#include <boost/json.hpp>
#include <map>
#include <utility>

#include "app/server/api.h"
#include "app/server/output.h"
#include "app/server/routes/draft_routes.h"
#include "planning/planning.h"
#include "schemes/schemes.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

js::object words_json(const Words& words) { return {{"zh", words.zh}, {"en", words.en}}; }

const char* type_name(schemes::FactType type) {
  switch (type) {
    case schemes::FactType::boolean:
      return "bool";
    case schemes::FactType::integer:
      return "integer";
    case schemes::FactType::choice:
      return "choice";
    case schemes::FactType::set:
      return "set";
    case schemes::FactType::date:
      return "date";
    case schemes::FactType::area:
      return "area";
    case schemes::FactType::list:
      return "list";
  }
  return "";
}

js::object fact_json(const schemes::FactDeclaration& fact) {
  js::object made{{"id", fact.name}, {"type", type_name(fact.type)}, {"words", words_json(fact.words)}};
  js::array values;
  for (const auto& value : fact.values)
    values.push_back(js::object{{"id", value.id}, {"words", words_json(value.words)}});
  made["values"] = std::move(values);
  if (fact.type == schemes::FactType::integer) {
    made["min"] = fact.min;
    made["max"] = fact.max;
    made["unit"] = words_json(fact.unit);
  }
  js::array members;
  for (const auto& member : fact.members) members.push_back(fact_json(member));
  made["members"] = std::move(members);
  js::array schemes;
  for (const std::string& scheme : fact.schemes) schemes.emplace_back(scheme);
  made["schemes"] = std::move(schemes);
  return made;
}

js::array labels_json(const std::map<std::string, Words>& labels) {
  js::array made;
  for (const auto& [id, words] : labels) made.push_back(js::object{{"id", id}, {"words", words_json(words)}});
  return made;
}

http::Response show(const Call& call) {
  auto set = known_schemes(call);
  js::array facts;
  for (const auto& fact : set->vocabulary().facts()) facts.push_back(fact_json(fact));
  // The words of the schemes in force where the caller works go before those of others.
  std::map<std::string, Words> tiers;
  std::map<std::string, Words> categories;
  auto add = [&](const schemes::Scheme& scheme) {
    for (const auto& tier : scheme.tiers) tiers.emplace(tier.id, tier.words);
    for (const auto& category : scheme.categories) categories.emplace(category.id, category.words);
  };
  for (const schemes::Scheme* scheme : set->in_area(call.principal.area, call.today())) add(*scheme);
  for (const auto& scheme : set->all()) add(*scheme);
  js::array methods;
  for (int i = 0; i < schemes::kMethodCount; ++i) {
    auto method = static_cast<schemes::Method>(i);
    methods.push_back(js::object{{"id", schemes::name_of(method)}, {"words", words_json(schemes::words_of(method))}});
  }
  js::array kinds;
  for (const auto& kind : planning::visitor_kinds()) {
    kinds.push_back(js::object{{"id", kind.id}, {"words", words_json(kind.words)}});
  }
  http::Response response = answer_json(js::object{{"facts", std::move(facts)},
                                                   {"tiers", labels_json(tiers)},
                                                   {"categories", labels_json(categories)},
                                                   {"methods", std::move(methods)},
                                                   {"visitor_kinds", std::move(kinds)}});
  response.set("ETag", etag_of(response.body));
  return response;
}

/// The levels of area by the digits of their codes.
constexpr std::array<std::pair<std::string_view, std::size_t>, 6> kLevels = {
    {{"nation", 0}, {"province", 2}, {"city", 4}, {"county", 6}, {"town", 9}, {"village", 12}}};

js::object role_json(identity::Role role) {
  js::array levels;
  for (const auto& [level, digits] : kLevels) {
    if (identity::area_fits(role, std::string(digits, '1'))) levels.emplace_back(level);
  }
  js::array appoints;
  for (std::size_t other = 0; other < identity::kRoles; ++other) {
    auto appointed = static_cast<identity::Role>(other);
    if (identity::may_appoint(role, appointed)) appoints.emplace_back(to_text(appointed));
  }
  return {{"role", to_text(role)},
          {"words", words_json(identity::name_of(role))},
          {"levels", std::move(levels)},
          {"appoints", std::move(appoints)},
          {"office", identity::is_office(role)}};
}

http::Response list_roles(const Call&) {
  js::array roles;
  for (std::size_t role = 0; role < identity::kRoles; ++role) {
    roles.push_back(role_json(static_cast<identity::Role>(role)));
  }
  return answer_page("roles", std::move(roles), "");
}

}  // namespace

void add_vocabulary_routes(Api& api) {
  api.get("/vocabulary", Permission::schemes_read, show);
  // What everybody's page needs to name who they are.
  api.add({http::Method::get, "/roles", Access::signed_in(), list_roles, {}});
}

}  // namespace tanfang::app::server
