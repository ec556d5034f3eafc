// Paper that comes back: files sent, pages looked at, and each given its place or entered.
#include "app/server/routes/scan_routes.h"

#include <boost/json.hpp>

#include "app/jobs/scan_reading.h"
#include "app/json/visits_json.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "scans/scans.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

js::value text_or_null(std::string_view text) { return text.empty() ? js::value(nullptr) : js::value(text); }
js::value number_or_null(std::int64_t number) { return number == 0 ? js::value(nullptr) : js::value(number); }

js::object to_json(const scans::Batch& batch) {
  return {{"id", format_id(batch.id)},
          {"area", batch.area},
          {"kind", batch.kind},
          {"name", batch.name},
          {"bytes", batch.bytes},
          {"pages", batch.pages ? js::value(*batch.pages) : js::value(nullptr)},
          {"pages_read", batch.pages_read},
          {"reading", batch.reading},
          {"added_at", format_instant(batch.added_at)},
          {"added_by", batch.added_by}};
}

js::object content_of(const scans::Page& page) {
  return {{"id", format_id(page.id)},
          {"batch", format_id(page.batch)},
          {"number", page.number},
          {"area", page.area},
          {"state", scans::to_text(page.state)},
          {"why", text_or_null(scans::to_text(page.why))},
          {"form", text_or_null(page.form)},
          {"form_version", number_or_null(page.form_version)},
          {"leaf", number_or_null(page.leaf)},
          {"person", id_or_null(page.person)},
          {"visit", id_or_null(page.visit)},
          {"sheet", format_id(page.sheet)},
          {"attachment", text_or_null(page.digest)},
          {"has_picture", page.has_picture},
          {"note", text_or_null(page.note)},
          {"read_at", format_instant(page.read_at)},
          {"settled_at", time_or_null(page.settled_at)},
          {"settled_by", text_or_null(page.settled_by)}};
}

std::string tag_of(const scans::Page& page) { return etag_of(js::serialize(content_of(page))); }

js::object to_json(const scans::Page& page) {
  js::object made = content_of(page);
  made["etag"] = tag_of(page);
  return made;
}

http::Response answer_one(const scans::Page& page) {
  http::Response response = answer_json(to_json(page));
  response.set("ETag", tag_of(page));
  return response;
}

/// Paper comes back to counties, towns and villages.
std::string own_area(const Call& call) {
  if (call.principal.area.size() < 6) throw invalid_request({field_missing("area")});
  return call.principal.area;
}

std::string area_of_query(const Call& call, Query& query) {
  std::string area = query.optional_area("area").value_or(call.principal.area);
  if (area.size() < 6) {
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  }
  return area;
}

/// Whose page it is may have moved away since, or be gone with an import that was undone.
bool is_in_reach(const Call& call, db::Session& session, const scans::Page& page) {
  if (page.person.value == 0) return true;
  auto key = registry::find_person(session, page.county, page.person);
  return !key || identity::reaches(call.principal, registry::area_of(session, *key), Permission::visits_correct);
}

scans::Page page_in(const Call& call, db::Session& session, Id id) {
  scans::Page page = scans::load_page(session, call.service.keys(), own_area(call), id);
  if (!is_in_reach(call, session, page)) throw scans::unknown_page();
  return page;
}

scans::Page page_of(const Call& call, db::Session& session) {
  return page_in(call, session, call.path_id("page").value_or(Id{}));
}

/// The page as whoever edits it has seen it; otherwise they are told who did what to it.
scans::Page seen_page(const Call& call, db::Session& session) {
  scans::Page page = page_of(call, session);
  try {
    require_match(call.request, tag_of(page));
  } catch (const Problem& problem) {
    if (problem.status == 412) throw scans::page_changed(page);
    throw;
  }
  return page;
}

http::Response send(const Call& call) {
  Form form(call);
  std::string area = form.optional_area("area").value_or(call.principal.area);
  const http::Part* part = call.request.part("file");
  if (part == nullptr || !part->file) form.refuse(field_missing("file"));
  if (area.size() < 6) {
    form.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  }
  form.finish();
  call.require(Permission::visits_correct, area);
  scans::Sealing sealing{call.service.keys(), call.service.ids(), call.now, call.service.upload_folder()};
  db::Database& database = call.service.database();
  auto write = [&](const std::function<void(audit::Work&)>& use_case) { call.change(use_case); };
  scans::Added added = scans::take_file(database, write, sealing, area, part->file_name, *part->file);
  if (added.fresh) {
    database.write([&](db::Session& session) { jobs::ask_reading(session, call.now); });
    call.service.jobs().wake();
  }
  return answer_json(js::object{{"id", format_id(added.batch)}, {"fresh", added.fresh}}, added.fresh ? 201 : 200);
}

http::Response list_batches(const Call& call) {
  Query query(call);
  scans::BatchFilter filter;
  filter.area = area_of_query(call, query);
  filter.limit = query.limit();
  filter.before = query.cursor().value_or(Input::Place{}).id;
  query.finish();
  call.require(Permission::visits_correct, filter.area);
  js::array batches;
  std::string next;
  call.read([&](db::Session& session) {
    for (const scans::Batch& batch : scans::list_batches(session, call.service.keys(), filter)) {
      next = "batch." + format_id(batch.id);
      batches.push_back(to_json(batch));
    }
  });
  bool full = batches.size() == static_cast<std::size_t>(filter.limit);
  return answer_page("batches", std::move(batches), full ? next : "");
}

http::Response list_pages(const Call& call) {
  Query query(call);
  scans::PageFilter filter;
  filter.area = area_of_query(call, query);
  filter.limit = query.limit();
  filter.after = query.cursor().value_or(Input::Place{}).id;
  filter.batch = query.optional_id("batch").value_or(Id{});
  filter.visit = query.optional_id("visit").value_or(Id{});
  filter.sheet = query.optional_id("sheet").value_or(Id{});
  std::string state = query.choice("state", {"attached", "waiting", "unclear", "set_aside"});
  query.finish();
  call.require(Permission::visits_correct, filter.area);
  bool of_something = filter.batch.value != 0 || filter.visit.value != 0 || filter.sheet.value != 0;
  if (!of_something) filter.state = scans::parse_state(state).value_or(scans::State::unclear);
  js::array pages;
  std::string next;
  bool full = false;
  call.read([&](db::Session& session) {
    std::vector<scans::Page> found = scans::list_pages(session, call.service.keys(), filter);
    full = found.size() == static_cast<std::size_t>(filter.limit);
    for (const scans::Page& page : found) {
      next = "page." + format_id(page.id);
      if (is_in_reach(call, session, page)) pages.push_back(to_json(page));
    }
  });
  return answer_page("pages", std::move(pages), full ? next : "");
}

http::Response count_open(const Call& call) {
  Query query(call);
  std::string area = area_of_query(call, query);
  query.finish();
  call.require(Permission::visits_correct, area);
  scans::Counts counts;
  call.read([&](db::Session& session) { counts = scans::count_open(session, area); });
  return answer_json(js::object{{"waiting", counts.waiting}, {"unclear", counts.unclear}, {"reading", counts.batches}});
}

http::Response show(const Call& call) {
  http::Response response;
  call.read([&](db::Session& session) { response = answer_one(page_of(call, session)); });
  return response;
}

/// The look stands in the trail.
http::Response show_picture(const Call& call) {
  http::Response response;
  call.change([&](audit::Work& work) { response.body = scans::show_page(work, page_of(call, work.session)); });
  response.status = 200;
  response.set("Content-Type", "image/jpeg");
  response.set("Content-Disposition", "inline");
  return response;
}

/// A record of somebody whom the principal reaches.
Id record_in_reach(const Call& call, db::Session& session, const scans::Page& page, Id id) {
  auto county = visits::find_county_of_visit(session, page.county, id);
  if (!county) throw visits::unknown_record();
  visits::Visit visit = visits::load_visit(session, call.service.keys(), page.county, id);
  std::string area = registry::area_of(session, {page.county, visit.person});
  if (!identity::reaches(call.principal, area, Permission::visits_correct)) throw visits::unknown_record();
  return id;
}

registry::PersonKey person_in_reach(const Call& call, db::Session& session, const scans::Page& page, Id id) {
  auto key = registry::find_person(session, page.county, id);
  if (!key || !identity::reaches(call.principal, registry::area_of(session, *key), Permission::visits_correct)) {
    throw registry::unknown_person();
  }
  return *key;
}

/// One of: the record; a page of the filled form it belongs to; the person, with the form.
http::Response assign(const Call& call) {
  Body body(call);
  Id visit = body.optional_id("visit").value_or(Id{});
  Id other = body.optional_id("sheet").value_or(Id{});
  Id person = body.optional_id("person").value_or(Id{});
  std::string form_id = body.optional_text("form").value_or("");
  int given = (visit.value != 0) + (other.value != 0) + (person.value != 0);
  if (given != 1) body.refuse(field_missing("person"));
  const forms::Form* form = form_id.empty() ? nullptr : call.service.rooms().forms.find(form_id);
  if (person.value != 0 && !form) {
    body.refuse(
        field_type("form", {"一种已有的表，如 luzhou-2023/visit", "a form there is, such as luzhou-2023/visit"}));
  }
  body.finish();
  return call.write([&](audit::Work& work) {
    scans::Page page = seen_page(call, work.session);
    if (visit.value != 0) {
      scans::attach_sheet(work, page, record_in_reach(call, work.session, page, visit));
    } else if (other.value != 0) {
      scans::join_page(work, page, page_in(call, work.session, other));
    } else {
      scans::assign_page(work, page, person_in_reach(call, work.session, page, person), form->id, form->version);
    }
    return answer_one(page_of(call, work.session));
  });
}

http::Response set_aside(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  return call.write([&](audit::Work& work) {
    scans::set_aside(work, seen_page(call, work.session), reason);
    return answer_one(page_of(call, work.session));
  });
}

http::Response detach(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  return call.write([&](audit::Work& work) {
    scans::detach_page(work, seen_page(call, work.session), reason);
    return answer_one(page_of(call, work.session));
  });
}

/// The body is the record, as for `POST /visits`; it and the picture are kept together or not at all.
http::Response enter(const Call& call) {
  if (call.request.media_type() != "application/json") throw body_type();
  std::string key;
  visits::VisitEntry entry = visits::read_entry(call.request.body, key);
  if (entry.visitor.empty()) entry.visitor = call.principal.login;
  const visits::Ground& ground = call.service.rooms().visits;
  visits::PreparedVisit prepared;
  call.read([&](db::Session& session) {
    prepared = visits::prepare_visit(session, ground, call.service.keys(), call.service.ids(), call.now, own_area(call),
                                     entry);
  });
  visits::Recorded recorded{prepared.repeats, visits::Recording::repeated, {}};
  call.change([&](audit::Work& work) {
    if (prepared.repeats.value == 0) recorded = visits::record_visit(work, ground, prepared);
    scans::Page page = page_of(call, work.session);
    if (page.state == scans::State::attached && page.visit == recorded.id) return work.unchanged();
    // While the form was open somebody else said what becomes of the page.
    bool decided = page.state == scans::State::attached || page.state == scans::State::set_aside;
    if (decided) throw scans::page_changed(page);
    scans::attach_sheet(work, page, recorded.id);
  });
  bool repeated = recorded.status == visits::Recording::repeated;
  http::Response response = http::json_response(recorded_json(prepared.key, recorded), repeated ? 200 : 201);
  response.set("Location", std::string(kRoot) + "/visits/" + format_id(recorded.id));
  return response;
}

}  // namespace

void add_scan_routes(Api& api) {
  // The edge holds it to the settings' limit for uploads.
  http::BodyRule upload = http::BodyRule::multipart(0);
  upload.request_time = std::chrono::minutes(30);
  // A code attaches by itself, so it takes who may correct.
  api.post("/scans", Permission::visits_correct, send, upload);
  api.get("/scans", Permission::visits_correct, list_batches);
  api.get("/scans/counts", Permission::visits_correct, count_open);
  api.get("/scan-pages", Permission::visits_correct, list_pages);
  api.get("/scan-pages/{page}", Permission::visits_correct, show);
  api.get("/scan-pages/{page}/picture", Permission::visits_correct, show_picture);
  api.post("/scan-pages/{page}/assignment", Permission::visits_correct, assign);
  api.post("/scan-pages/{page}/detachment", Permission::visits_correct, detach);
  api.post("/scan-pages/{page}/set-aside", Permission::visits_correct, set_aside);
  api.post("/scan-pages/{page}/visit", Permission::visits_correct, enter);
}

}  // namespace tanfang::app::server
