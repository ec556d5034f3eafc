// What a draft of a scheme would change for the county's people: asked for, followed, and read village by village
// and person by person.
#include <algorithm>
#include <boost/json.hpp>

#include "app/drafts/simulations.h"
#include "app/json/people_json.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/draft_routes.h"
#include "app/server/server_problems.h"
#include "base/mask.h"
#include "registry/registry.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// What is kept, with its villages counted alone: their list has pages of its own.
js::value figures_json(const drafts::Simulation& simulation) {
  std::int64_t changed = 0;
  std::int64_t most = 0;
  auto villages = drafts::villages_of(simulation);
  for (const auto& [area, visits] : villages) {
    changed += visits.before != visits.after;
    most = std::max({most, visits.before, visits.after});
  }
  js::value made = js::parse(simulation.result);
  js::object& visits = made.at("visits").as_object();
  visits["villages"] = villages.size();
  visits["changed"] = changed;
  visits["most"] = most;
  return made;
}

js::object to_json(const drafts::Simulation& simulation, const drafts::Draft& draft) {
  js::object made{{"draft", format_id(simulation.draft)},
                  {"state", simulation.state},
                  {"stale", simulation.digest != draft.digest},
                  {"on", simulation.on.iso()},
                  {"asked_at", format_instant(simulation.asked_at)},
                  {"asked_by", simulation.asked_by},
                  {"ended_at", time_or_null(simulation.ended_at)},
                  {"people", simulation.people},
                  {"result", nullptr},
                  {"problem", nullptr}};
  if (simulation.state == "done") made["result"] = figures_json(simulation);
  if (simulation.state == "failed") made["problem"] = js::parse(simulation.result);
  return made;
}

http::Response ask(const Call& call) {
  Body body(call);
  std::optional<Date> on = body.optional_date("on");
  if (on && *on < call.today()) {
    body.refuse(field_type("on", {"今天或以后的日期", "today or a day ahead"}));
  }
  body.finish();
  drafts::Draft draft;
  Date day;
  call.read([&](db::Session& session) {
    draft = drafts::load_draft(session, draft_county(call), draft_asked(call));
    drafts::Files files = drafts::load_files(session, draft.county, draft.id);
    day = drafts::simulation_day(session, draft_shelves(call), draft, files, on, call.today());
  });
  http::Response response = call.write(
      [&](audit::Work& work) { return answer_json(to_json(drafts::ask_simulation(work, draft, day), draft), 202); });
  call.service.jobs().wake();
  return response;
}

http::Response show(const Call& call) {
  js::object made;
  call.read([&](db::Session& session) {
    drafts::Draft draft = drafts::load_draft(session, draft_county(call), draft_asked(call));
    made = to_json(drafts::load_simulation(session, draft.county, draft.id), draft);
  });
  return answer_json(made);
}

http::Response drop(const Call& call) {
  return call.write([&](audit::Work& work) {
    drafts::drop_simulation(work, draft_county(call), draft_asked(call));
    return http::no_content();
  });
}

http::Response list_villages(const Call& call) {
  Query query(call);
  std::string county = draft_county(call);
  std::string area = query.optional_area("area").value_or(county);
  std::string after = query.optional_area("cursor").value_or("");
  int limit = query.limit();
  query.finish();
  call.require(Permission::schemes_manage, area);
  std::vector<drafts::SimulatedVillage> found;
  call.read([&](db::Session& session) {
    Id draft = drafts::load_draft(session, county, draft_asked(call)).id;
    found = drafts::villages_of(drafts::load_simulation(session, county, draft));
  });
  std::erase_if(found, [&](const auto& village) { return !village.area.starts_with(area); });
  auto at = found.begin();
  if (!after.empty()) {
    at = std::find_if(found.begin(), found.end(), [&](const auto& village) { return village.area == after; });
    if (at == found.end()) throw cursor_malformed();
    ++at;
  }
  js::array villages;
  std::string next;
  for (; at != found.end() && static_cast<int>(villages.size()) < limit; ++at) {
    next = at->area;
    villages.push_back(js::object{{"area", next}, {"before", at->visits.before}, {"after", at->visits.after}});
  }
  return answer_page("villages", std::move(villages), at == found.end() ? "" : next);
}

js::object side_json(const planning::SimulatedVerdict& verdict, const std::vector<registry::Explanation>& reasons) {
  js::array made;
  for (const auto& explanation : reasons) made.push_back(app::people::to_json(explanation));
  return {{"eligible", verdict.eligible},
          {"tier", verdict.tier.empty() ? js::value(nullptr) : js::value(verdict.tier)},
          {"reasons", std::move(made)}};
}

/// Why is told as the draft stands now: of another state than was simulated it is told of nobody.
struct Reasons {
  std::shared_ptr<const registry::CountyPolicy> before;
  std::shared_ptr<const registry::CountyPolicy> after;
  Date on;

  std::vector<registry::Explanation> of(db::Session& session, const registry::PersonKey& key,
                                        const std::shared_ptr<const registry::CountyPolicy>& policy) const {
    if (!policy) return {};
    return registry::explain_under(session, *policy, key, on);
  }
};

js::object change_json(db::Session& session, const std::string& county, const planning::SimulatedChange& change,
                       const Reasons& reasons) {
  js::object made{{"person", format_id(change.person)},
                  {"name", nullptr},
                  {"area", change.area},
                  {"kind", change.kind},
                  {"before", side_json(change.before, {})},
                  {"after", side_json(change.after, {})}};
  // Whose file has gone since keeps their line, without a name.
  auto key = registry::find_person(session, county, change.person);
  if (!key) return made;
  made["name"] = mask_name(registry::load_standing(session, *key, reasons.on, reasons.on).name);
  made["before"] = side_json(change.before, reasons.of(session, *key, reasons.before));
  made["after"] = side_json(change.after, reasons.of(session, *key, reasons.after));
  return made;
}

http::Response list_people(const Call& call) {
  Query query(call);
  drafts::ChangeFilter filter;
  std::string county = draft_county(call);
  filter.area = query.optional_area("area").value_or(county);
  filter.kind = query.choice(
      "kind", {"joins", "leaves", "unsettled", "settled", "raised", "lowered", "retiered", "visits", "categories"});
  filter.limit = query.limit();
  if (auto place = query.cursor()) {
    filter.after_area = place->word;
    filter.after = place->id;
  }
  query.finish();
  call.require(Permission::schemes_manage, filter.area);
  js::array people;
  std::string next;
  bool stale = false;
  call.read([&](db::Session& session) {
    drafts::Draft draft = drafts::load_draft(session, county, draft_asked(call));
    drafts::Simulation simulation = drafts::load_simulation(session, county, draft.id);
    stale = simulation.digest != draft.digest;
    Reasons reasons{nullptr, nullptr, simulation.on};
    auto changes = drafts::list_changes(session, county, draft.id, filter);
    if (!changes.empty() && !stale) {
      reasons.before = call.service.classifier().policy_of(session, county);
      reasons.after =
          drafts::policy_with_draft(session, draft_shelves(call), draft, drafts::load_files(session, county, draft.id));
    }
    for (const auto& change : changes) people.push_back(change_json(session, county, change, reasons));
    if (static_cast<int>(changes.size()) == filter.limit) {
      next = changes.back().area + "." + format_id(changes.back().person);
    }
  });
  return answer_json(js::object{
      {"people", std::move(people)}, {"stale", stale}, {"next", next.empty() ? js::value(nullptr) : js::value(next)}});
}

}  // namespace

void add_simulation_routes(Api& api) {
  api.post("/scheme-drafts/{draft}/simulation", Permission::schemes_manage, ask);
  api.get("/scheme-drafts/{draft}/simulation", Permission::schemes_manage, show);
  api.del("/scheme-drafts/{draft}/simulation", Permission::schemes_manage, drop);
  api.get("/scheme-drafts/{draft}/simulation/villages", Permission::schemes_manage, list_villages);
  api.get("/scheme-drafts/{draft}/simulation/people", Permission::schemes_manage, list_people);
}

}  // namespace tanfang::app::server
