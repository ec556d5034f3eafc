// What waits for a person to decide: transfers between areas, and what ledgers and departments' lists say otherwise.
#include <boost/json.hpp>
#include <map>

#include "app/json/ledger_json.h"
#include "app/json/people_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "base/mask.h"
#include "reports/for_records.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::int64_t kShown = 31 * identity::kDay;  // what was decided stays in the list so long

/// Whether the transfer arrives where the principal decides, or leaves a file that they hold.
bool concerns(const Call& call, db::Session& session, const registry::Transfer& transfer) {
  if (identity::reaches(call.principal, transfer.to_area, Permission::transfers)) return true;
  if (transfer.county.empty()) return false;
  return identity::reaches(call.principal, registry::area_of(session, {transfer.county, transfer.person}),
                           Permission::transfers);
}

/// Whose file it is stays with those who hold it, also within one county.
registry::Transfer as_seen(const Call& call, db::Session& session, registry::Transfer transfer) {
  bool holds = !transfer.county.empty() &&
               identity::reaches(call.principal, registry::area_of(session, {transfer.county, transfer.person}),
                                 Permission::transfers);
  if (!holds) {
    transfer.county.clear();
    transfer.person = Id{};
  }
  return transfer;
}

http::Response list_transfers(const Call& call) {
  Query query(call);
  bool all = query.flag("all").value_or(false);
  Id after = query.optional_id("cursor").value_or(Id{});
  int limit = query.limit();
  query.finish();
  auto full = static_cast<std::size_t>(limit);
  std::string county = call.county_of_area("");
  js::array transfers;
  std::string next;
  call.read([&](db::Session& session) {
    Instant since{all ? 0 : call.now.milliseconds - kShown};
    transfers.clear();
    // Those that do not concern the caller are passed over; no cursor names one of them.
    Id last = after;
    std::vector<registry::Transfer> page;
    do {
      page = registry::list_transfers(session, county, since, last, limit);
      for (const auto& transfer : page) {
        last = transfer.id;
        if (!concerns(call, session, transfer)) continue;
        transfers.push_back(app::people::to_json(as_seen(call, session, transfer)));
        if (transfers.size() == full) break;
      }
    } while (transfers.size() < full && page.size() == full);
    next = transfers.size() == full ? format_id(last) : "";
  });
  return answer_page("transfers", std::move(transfers), next);
}

http::Response propose_transfer(const Call& call) {
  Body body(call);
  std::string number = body.text("citizen_number");
  std::string to_area = body.area("to_area");
  body.finish();
  call.require(Permission::transfers, to_area);
  return call.write([&](audit::Work& work) {
    // Whether a number is known anywhere is itself an answer about somebody: each try is one of the day's reveals, and a
    // try in vain is kept too.
    identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
    try {
      registry::Transfer transfer = registry::propose_transfer(work, number, to_area);
      // Where the file is and whose it is stays with those who hold it.
      return answer_json(
          js::object{{"id", format_id(transfer.id)}, {"to_area", transfer.to_area}, {"status", transfer.status}}, 201);
    } catch (const Problem& problem) {
      if (problem.code != registry::unknown_person().code) throw;
      work.record({county_of(to_area), "transfer_sought", "area:" + to_area, "{}"});
      return http::problem_response(problem, call.request.id);
    }
  });
}

/// The transfer of the path, where it concerns the principal; else an id that the registry does not know.
Id transfer_of(const Call& call, db::Session& session, const std::string& county, bool arriving) {
  Id id = call.path_id("transfer").value_or(Id{});
  for (const auto& transfer : registry::list_transfers(session, county, call.now)) {
    if (transfer.id != id || !concerns(call, session, transfer)) continue;
    if (!arriving || identity::reaches(call.principal, transfer.to_area, Permission::transfers)) return id;
  }
  return Id{};
}

http::Response accept_transfer(const Call& call) {
  std::string county = call.county_of_area("");
  const planning::Policies& policies = call.service.policies();
  return call.write([&](audit::Work& work) {
    Id id = transfer_of(call, work.session, county, true);
    auto [from, now] = registry::accept_transfer(work, call.service.classifier(), county, id);
    planning::refresh_person(work, policies, from.county, from.id, work.today());
    if (now != from) planning::refresh_person(work, policies, now.county, now.id, work.today());
    return answer_json(js::object{{"person", format_id(now.id)}, {"county", now.county}});
  });
}

http::Response reject_transfer(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  std::string county = call.county_of_area("");
  return call.write([&](audit::Work& work) {
    registry::reject_transfer(work, county, transfer_of(call, work.session, county, false), reason);
    return http::no_content();
  });
}

http::Response list_differences(const Call& call) {
  Query query(call);
  ledgers::DifferenceFilter filter;
  filter.area = query.optional_area("area").value_or(call.principal.area);
  filter.kind = query.choice("kind", {"claim", "fact", "match"});
  filter.open_only = !query.flag("all").value_or(false);
  filter.limit = query.limit();
  filter.cursor = query.optional_text("cursor").value_or("");
  if (filter.area.size() < 6)
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  query.finish();
  call.require(Permission::differences_decide, filter.area);
  std::vector<ledgers::Difference> found;
  std::map<Id, reports::PersonNamed> people;
  call.read([&](db::Session& session) {
    found = ledgers::list_differences(session, filter);
    std::vector<Id> ids;
    for (const auto& difference : found) ids.push_back(difference.person);
    people = reports::name_people(session, county_of(filter.area), ids);
  });
  js::array differences;
  for (const auto& difference : found) {
    js::object made = to_json(difference);
    made["name"] = mask_name(people[difference.person].name);
    made["village_name"] = people[difference.person].village_name;
    differences.push_back(std::move(made));
  }
  bool full = found.size() == static_cast<std::size_t>(filter.limit);
  return answer_page("differences", std::move(differences), full ? format_id(found.back().id) : "");
}

http::Response decide_difference(const Call& call) {
  Body body(call);
  std::string decision = body.choice("decision", {"accept", "reject"});
  if (decision.empty()) body.text("decision");
  std::string reason = body.optional_text("reason").value_or("");
  body.finish();
  std::string county = call.county_of_area("");
  return call.write([&](audit::Work& work) {
    Id id = call.path_id("difference").value_or(Id{});
    auto person = ledgers::person_of_difference(work.session, county, id);
    registry::PersonKey key{county, person.value_or(Id{})};
    bool reached = person && identity::reaches(call.principal, registry::area_of(work.session, key),
                                               Permission::differences_decide);
    Id decided = ledgers::decide_difference(work, call.service.classifier(), county, reached ? id : Id{},
                                            decision == "accept", reason);
    planning::refresh_person(work, call.service.policies(), county, decided, work.today());
    return answer_json(js::object{{"id", format_id(id)}, {"person", format_id(decided)}});
  });
}

}  // namespace

void add_decision_routes(Api& api) {
  api.get("/transfers", Permission::transfers, list_transfers);
  api.post("/transfers", Permission::transfers, propose_transfer);
  api.post("/transfers/{transfer}/acceptance", Permission::transfers, accept_transfer);
  api.post("/transfers/{transfer}/rejection", Permission::transfers, reject_transfer);
  api.get("/differences", Permission::differences_decide, list_differences);
  api.post("/differences/{difference}/decision", Permission::differences_decide, decide_difference);
}

}  // namespace tanfang::app::server
