// Proposals from the field: sent, listed with what became different since, accepted, rejected.
#include <boost/json.hpp>

#include "app/field/field_reports.h"
#include "app/json/people_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/field_routes.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "base/mask.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;
using proposals::Proposal;
using proposals::Proposed;

/// As the file itself shows such fields to who gave no reason.
void mask_content(js::object& content) {
  auto mask = [](js::value* part, const char* name, std::string (*how)(std::string_view)) {
    js::value* member = part && part->is_object() ? part->get_object().if_contains(name) : nullptr;
    if (member && member->is_string()) *member = how(member->get_string());
  };
  js::value* person = content.if_contains("new_person");
  mask(person, "citizen_number", mask_citizen_number);
  mask(content.if_contains("contact"), "name", mask_name);
  for (const char* part : {"new_person", "contact", "facts"}) {
    mask(content.if_contains(part), "phone", mask_phone);
    mask(content.if_contains(part), "address", mask_address);
  }
}

/// What the file says now of what the proposal is about.
js::object now_of(const Call& call, db::Session& session, const Proposal& proposal, const js::object& content,
                  const registry::PersonKey& key) {
  js::object person = app::people::to_json(registry::load_person(session, call.service.keys(), key));
  js::object now;
  if (proposal.what == Proposed::facts) {
    js::object facts;
    const js::object& known = person.at("facts").as_object();
    for (const auto& [fact, said] : content.at("facts").as_object()) {
      bool own = fact == "name" || fact == "phone" || fact == "address";
      const js::value* value = (own ? person : known).if_contains(fact);
      facts[fact] = value ? *value : js::value(nullptr);
    }
    now["facts"] = std::move(facts);
  } else if (proposal.what == Proposed::status) {
    now["status"] = registry::to_text(registry::status_on(registry::load_status_history(session, key), call.today()));
  } else if (proposal.what == Proposed::contact) {
    now["contacts"] = person.at("contacts");
  }
  return now;
}

js::object to_json(const Call& call, db::Session& session, const Proposal& proposal, bool masked = true) {
  js::object content = js::parse(proposal.content).as_object();
  js::object made{{"id", format_id(proposal.id)},
                  {"what", to_text(proposal.what)},
                  {"state", to_text(proposal.state)},
                  {"area", proposal.area},
                  {"person", nullptr},
                  {"proposed_by", proposal.proposed_by},
                  {"proposed_at", format_instant(proposal.proposed_at)},
                  {"clock_off_seconds", proposal.clock_off_seconds},
                  {"base_holds", nullptr},
                  {"changed", js::array{}},
                  {"now", js::object{}},
                  {"decided_at", time_or_null(proposal.decided_at)},
                  {"decided_by", proposal.decided_by.empty() ? js::value(nullptr) : js::value(proposal.decided_by)},
                  {"reason", proposal.reason.empty() ? js::value(nullptr) : js::value(proposal.reason)}};
  if (proposal.person) {
    registry::PersonKey key{proposal.county, *proposal.person};
    made["person"] =
        js::object{{"id", format_id(key.id)}, {"name", registry::load_person(session, call.service.keys(), key).name}};
    if (proposal.what != Proposed::new_person) {
      auto changed = proposals::changed_since(session, key, proposal.base_version);
      made["base_holds"] = changed.empty();
      made["changed"] = app::people::to_json(changed);
      made["now"] = now_of(call, session, proposal, content, key);
    }
  }
  content.erase("base_version");
  content.erase("person");
  content.erase("what");
  if (masked) mask_content(content);
  made["content"] = std::move(content);
  return made;
}

std::string tag_of(db::Session& session, const Proposal& proposal) {
  std::string state(to_text(proposal.state));
  if (proposal.person) state += registry::version_of(session, {proposal.county, *proposal.person});
  return etag_of(state);
}

js::object settled_json(const proposals::Settled& settled) {
  return {{"id", format_id(settled.proposal)},
          {"state", to_text(settled.state)},
          {"applied", settled.applied},
          {"repeated", settled.repeated},
          {"person", settled.person ? js::value(format_id(settled.person->id)) : js::value(nullptr)},
          {"transfer", id_or_null(settled.transfer)}};
}

/// The same body as in a phone's parcel; the key of the request is the proposal's.
http::Response propose(const Call& call) {
  if (call.request.media_type() != "application/json") throw body_type();
  const std::string* key = call.request.header("Idempotency-Key");
  return call.write([&](audit::Work& work) {
    field::Sender sender{call.principal, key ? *key : format_id(work.new_id())};
    auto settled = field::take_proposal(work, call.service.rooms().visits, sender, call.request.body);
    return answer_json(settled_json(settled), settled.repeated ? 200 : 201);
  });
}

http::Response list(const Call& call) {
  Query query(call);
  proposals::ProposalFilter filter;
  filter.area = query.optional_area("area").value_or(call.principal.area);
  std::string state = query.choice("state", {"open", "accepted", "rejected"});
  filter.state = proposals::parse_proposal_state(state).value_or(proposals::ProposalState::open);
  filter.after = query.optional_id("cursor").value_or(Id{});
  filter.limit = query.limit();
  if (filter.area.size() < 6) {
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  }
  query.finish();
  call.require(Permission::people_write, filter.area);
  js::array found;
  std::string next;
  call.read([&](db::Session& session) {
    auto page = proposals::list_proposals(session, call.service.keys(), filter);
    found.clear();
    for (const Proposal& each : page) found.push_back(to_json(call, session, each));
    next = page.size() == static_cast<std::size_t>(filter.limit) ? format_id(page.back().id) : "";
  });
  return answer_page("proposals", std::move(found), next);
}

/// The proposal of the path, in an area that the principal reaches.
Proposal proposal_of(const Call& call, db::Session& session) {
  Id id = call.path_id("proposal").value_or(Id{});
  Proposal found = proposals::load_proposal(session, call.service.keys(), call.county_of_area(""), id);
  if (!identity::reaches(call.principal, found.area, Permission::people_write)) throw proposals::unknown_proposal();
  return found;
}

http::Response show(const Call& call) {
  http::Response response;
  call.read([&](db::Session& session) {
    Proposal proposal = proposal_of(call, session);
    response = answer_json(to_json(call, session, proposal));
    response.set("ETag", tag_of(session, proposal));
  });
  return response;
}

http::Response accept(const Call& call) {
  std::string number;
  if (!call.request.body.empty()) {
    Body body(call);
    number = body.optional_text("citizen_number").value_or("");
    body.finish();
  }
  return call.write([&](audit::Work& work) {
    Proposal proposal = proposal_of(call, work.session);
    call.require(field::needed_for(proposal.what), proposal.area);
    if (proposal.state == proposals::ProposalState::open) require_match(call.request, tag_of(work.session, proposal));
    return answer_json(
        settled_json(field::accept_proposal(work, call.service.rooms().visits, call.principal, proposal, number)));
  });
}

http::Response reject(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  return call.write([&](audit::Work& work) {
    Proposal proposal = proposal_of(call, work.session);
    call.require(field::needed_for(proposal.what), proposal.area);
    proposals::reject_proposal(work, proposal.county, proposal.id, reason);
    return answer_json(to_json(call, work.session, proposal_of(call, work.session)));
  });
}

http::Response reveal(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  return call.write_unkept([&](audit::Work& work) {
    Proposal proposal = proposal_of(call, work.session);
    call.require(Permission::reveal, proposal.area);
    identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
    proposal = proposals::reveal_proposal(work, proposal.county, proposal.id, reason);
    return answer_json(to_json(call, work.session, proposal, false));
  });
}

}  // namespace

void add_proposal_routes(Api& api) {
  api.post("/proposals", Permission::visits_record, propose);
  api.get("/proposals", Permission::people_write, list);
  api.get("/proposals/{proposal}", Permission::people_write, show);
  api.post("/proposals/{proposal}/acceptance", Permission::people_write, accept);
  api.post("/proposals/{proposal}/rejection", Permission::people_write, reject);
  api.post("/proposals/{proposal}/reveal", Permission::reveal, reveal);
}

}  // namespace tanfang::app::server
