// People: found, shown, registered, corrected; their facts, lists, status, verdicts and reveals.
#include <boost/json.hpp>

#include "app/json/people_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/people_input.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "planning/planning.h"
#include "registry/for_lists.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// The area asked about: the principal's own where none is given; another's is refused.
std::string scope_of(const Call& call, const std::optional<std::string>& area, Permission permission) {
  std::string scope = area.value_or(call.principal.area);
  call.require(permission, scope);
  return scope;
}

/// Names and numbers are searched in the body: nothing personal stands in an address that logs and histories keep.
http::Response search(const Call& call) {
  Body body(call);
  registry::Search search;
  auto area = body.optional_area("area");
  search.name = body.optional_text("name").value_or("");
  search.pinyin = body.optional_text("pinyin").value_or("");
  search.citizen_number = body.optional_text("citizen_number").value_or("");
  search.phone = body.optional_text("phone").value_or("");
  search.limit = static_cast<int>(body.integer("limit", 1, 200).value_or(50));
  search.cursor = body.optional_text("cursor").value_or("");
  body.finish();
  search.area = scope_of(call, area, Permission::search);
  js::array people;
  registry::FoundPage page;
  call.read([&](db::Session& session) {
    page = registry::search_people(session, call.service.keys(), search, call.today());
  });
  for (const registry::Found& found : page.people) people.push_back(app::people::to_json(found));
  return answer_page("people", std::move(people), page.next);
}

js::object person_json(const Call& call, db::Session& session, const registry::PersonKey& key) {
  js::object made = app::people::to_json(registry::load_person(session, call.service.keys(), key));
  auto status = registry::status_on(registry::load_status_history(session, key), call.today());
  made["status"] = registry::to_text(status);
  js::array verdicts;
  for (const auto& verdict : registry::load_classifications(session, key, call.today(), call.today())) {
    verdicts.push_back(app::people::to_json(verdict));
  }
  made["verdicts"] = std::move(verdicts);
  return made;
}

std::string tag_of(db::Session& session, const registry::PersonKey& key) {
  return "\"" + registry::version_of(session, key) + "\"";
}

http::Response answer_person(const Call& call, db::Session& session, const registry::PersonKey& key, int status = 200) {
  http::Response response = answer_json(person_json(call, session, key), status);
  response.set("ETag", tag_of(session, key));
  // The tag is the file's; today's status and verdicts can be others tomorrow though nobody touched it.
  response.set("Cache-Control", "no-store");
  return response;
}

http::Response show(const Call& call) {
  http::Response response;
  call.read([&](db::Session& session) {
    response = answer_person(call, session, person_of(call, session, Permission::people_read));
  });
  return response;
}

/// One answer of a list that hangs on the person.
template <typename Load>
http::Response list(const Call& call, const char* name, Load load) {
  js::array items;
  call.read([&](db::Session& session) {
    for (const auto& item : load(session, person_of(call, session, Permission::people_read))) {
      items.push_back(app::people::to_json(item));
    }
  });
  return answer_page(name, std::move(items), "");
}

http::Response list_history(const Call& call) {
  Query query(call);
  int limit = query.limit();
  Id after = query.optional_id("cursor").value_or(Id{});
  query.finish();
  js::array statements;
  call.read([&](db::Session& session) {
    auto page = registry::load_history(session, person_of(call, session, Permission::people_read), after, limit);
    if (!page) throw cursor_malformed();
    for (const registry::StatementRecord& statement : *page) {
      after = statement.id;
      statements.push_back(app::people::to_json(statement));
    }
  });
  return answer_part("statements", std::move(statements), limit, format_id(after));
}

/// A list of the file, masked, with the tag that an edit of it needs.
http::Response part(const Call& call, const char* name) {
  http::Response response;
  call.read([&](db::Session& session) {
    registry::PersonKey key = person_of(call, session, Permission::people_read);
    js::object whole = app::people::to_json(registry::load_person(session, call.service.keys(), key));
    response = answer_page(name, std::move(whole.at(name).as_array()), "");
    response.set("ETag", tag_of(session, key));
  });
  return response;
}

Date day_asked(const Call& call) {
  Query query(call);
  Date day = query.optional_date("on").value_or(call.today());
  query.finish();
  return day;
}

http::Response verdicts(const Call& call) {
  Query query(call);
  Date from = query.optional_date("from").value_or(call.today());
  Date to = query.optional_date("to").value_or(from);
  query.finish();
  return list(call, "verdicts", [&](db::Session& session, const registry::PersonKey& key) {
    return registry::load_classifications(session, key, from, to);
  });
}

http::Response reasons(const Call& call) {
  Date on = day_asked(call);
  return list(call, "reasons", [&](db::Session& session, const registry::PersonKey& key) {
    return registry::explain_person(session, call.service.classifier(), key, on);
  });
}

http::Response reveal(const Call& call) {
  Body body(call);
  std::vector<std::string> fields = body.texts("fields");
  std::string reason = body.text("reason");
  body.finish();
  return call.write_unkept([&](audit::Work& work) {
    registry::PersonKey key = person_of(call, work.session, Permission::reveal);
    identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
    return answer_json(app::people::to_json(registry::reveal_person(work, key, fields, reason)));
  });
}

using Change = std::function<void(audit::Work&, const registry::PersonKey&)>;

/// An edit of one file, made from the version that the editor saw; what is owed follows from `from` on.
http::Response change(const Call& call, Permission permission, Date from, const Change& use_case) {
  return call.write([&](audit::Work& work) {
    registry::PersonKey key = person_of(call, work.session, permission);
    require_match(call.request, tag_of(work.session, key));
    use_case(work, key);
    planning::refresh_person(work, call.service.policies(), key.county, key.id, from);
    return answer_person(call, work.session, key);
  });
}

http::Response correct(const Call& call) {
  Body body(call);
  registry::PersonCorrection correction;
  correction.name = body.optional_text("name");
  correction.phone = body.optional_text("phone");
  correction.address = body.optional_text("address");
  correction.area = body.optional_area("area");
  if (!correction.name && !correction.phone && !correction.address && !correction.area) body.text("name");
  body.finish();
  if (correction.area) call.require(Permission::people_write, *correction.area);
  return change(call, Permission::people_write, call.today(), [&](audit::Work& work, const registry::PersonKey& key) {
    registry::correct_person(work, call.service.classifier(), key, correction);
  });
}

http::Response state_facts(const Call& call) {
  Body body(call);
  registry::FactValues facts = read_facts(body, "facts");
  Date said_on = body.optional_date("said_on").value_or(call.today());
  body.finish();
  return change(call, Permission::people_write, said_on, [&](audit::Work& work, const registry::PersonKey& key) {
    registry::state_facts(work, call.service.classifier(), key, registry::Source::clerk, call.principal.login, said_on,
                          facts);
  });
}

http::Response set_contacts(const Call& call) {
  Body body(call);
  auto contacts = read_contacts(body, "contacts");
  body.finish();
  return change(call, Permission::people_write, call.today(), [&](audit::Work& work, const registry::PersonKey& key) {
    registry::set_contacts(work, key, contacts);
  });
}

http::Response set_household(const Call& call) {
  Body body(call);
  auto members = read_household(body, "household");
  body.finish();
  return change(call, Permission::people_write, call.today(), [&](audit::Work& work, const registry::PersonKey& key) {
    registry::set_household(work, key, members);
  });
}

http::Response record_consent(const Call& call) {
  Body body(call);
  registry::Consent consent;
  consent.kind = body.text("kind");
  consent.given = body.flag("given").value_or(true);
  consent.on = body.optional_date("on").value_or(call.today());
  consent.note = body.optional_text("note").value_or("");
  body.finish();
  return change(call, Permission::people_write, call.today(), [&](audit::Work& work, const registry::PersonKey& key) {
    registry::record_consent(work, key, consent);
  });
}

/// The latest word of a kind holds: who never gave a consent cannot take it back.
http::Response withdraw_consent(const Call& call) {
  Body body(call);
  registry::Consent consent;
  consent.kind = call.request.path_parameter("kind");
  consent.on = body.optional_date("on").value_or(call.today());
  consent.note = body.optional_text("note").value_or("");
  body.finish();
  return change(call, Permission::people_write, call.today(), [&](audit::Work& work, const registry::PersonKey& key) {
    bool given = false;
    for (const auto& said : registry::load_person(work.session, work.keys, key).consents) {
      if (said.kind == consent.kind) given = said.given;
    }
    if (!given) throw consent_not_given();
    registry::record_consent(work, key, consent);
  });
}

http::Response change_status(const Call& call) {
  Body body(call);
  StatusChange wanted = read_status_change(body, call.today());
  body.finish();
  return change(call, Permission::status_change, wanted.affects_from,
                [&](audit::Work& work, const registry::PersonKey& key) { wanted.apply(work, key); });
}

http::Response note_event(const Call& call) {
  Body body(call);
  std::string event = body.text("event");
  Instant at = read_instant(body, "at").value_or(call.now);
  body.finish();
  return call.write([&](audit::Work& work) {
    registry::PersonKey key = person_of(call, work.session, Permission::people_write);
    auto noted = planning::record_event(work, call.service.policies(), key.county, key.id, event, at);
    return answer_json(js::object{{"id", format_id(noted.id)}, {"repeated", noted.repeated}},
                       noted.repeated ? 200 : 201);
  });
}

/// A clerk's entry of one person, as a row of a ledger would be.
http::Response register_person(const Call& call) {
  Body body(call);
  registry::PersonStatement statement = read_statement(body);
  registry::Terms terms;
  terms.source = registry::Source::clerk;
  terms.speaker = call.principal.login;
  terms.said_on = body.optional_date("said_on").value_or(call.today());
  terms.registered_on = body.optional_date("registered_on").value_or(call.today());
  body.finish();
  call.require(Permission::people_write, statement.area);
  terms.scope = call.principal.area.size() > 6 ? call.principal.area : county_of(statement.area);
  terms.subject = "account:" + format_id(call.principal.account);
  return call.write([&](audit::Work& work) {
    auto results = registry::register_people(work, call.service.classifier(), terms, std::span(&statement, 1));
    const registry::Registration& made = results.front();
    if (made.outcome == registry::Outcome::elsewhere) {
      // Whose file it is stays with those who hold it; that there is one is told as often as files are revealed.
      identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
      return answer_json(js::object{{"outcome", "elsewhere"}, {"transfer", format_id(made.transfer)}}, 202);
    }
    planning::refresh_person(work, call.service.policies(), made.person.county, made.person.id, terms.registered_on);
    http::Response response =
        answer_person(call, work.session, made.person, made.outcome == registry::Outcome::registered ? 201 : 200);
    response.set("Location", std::string(kRoot) + "/people/" + format_id(made.person.id));
    return response;
  });
}

}  // namespace

void add_people_routes(Api& api) {
  api.post("/people/search", Permission::search, search);
  api.post("/people", Permission::people_write, register_person);
  api.get("/people/{person}", Permission::people_read, show);
  api.patch("/people/{person}", Permission::people_write, correct);
  api.post("/people/{person}/facts", Permission::people_write, state_facts);
  for (const char* name : {"contacts", "household", "consents"}) {
    api.get(std::string("/people/{person}/") + name, Permission::people_read,
            [name](const Call& call) { return part(call, name); });
  }
  api.put("/people/{person}/contacts", Permission::people_write, set_contacts);
  api.put("/people/{person}/household", Permission::people_write, set_household);
  api.post("/people/{person}/consents", Permission::people_write, record_consent);
  api.post("/people/{person}/consents/{kind}/withdrawal", Permission::people_write, withdraw_consent);
  api.post("/people/{person}/status", Permission::status_change, change_status);
  api.post("/people/{person}/events", Permission::people_write, note_event);
  api.post("/people/{person}/reveal", Permission::reveal, reveal);
  api.get("/people/{person}/history", Permission::people_read, list_history);
  api.get("/people/{person}/status", Permission::people_read, [](const Call& call) {
    // A reason may name an illness: for those who keep the file.
    bool keeps = identity::may(call.principal, Permission::status_change);
    return list(call, "spans", [&](db::Session& session, const auto& key) {
      return keeps ? registry::load_status_history(session, call.service.keys(), key)
                   : registry::load_status_history(session, key);
    });
  });
  api.get("/people/{person}/verdicts", Permission::people_read, verdicts);
  api.get("/people/{person}/reasons", Permission::people_read, reasons);
}

}  // namespace tanfang::app::server
