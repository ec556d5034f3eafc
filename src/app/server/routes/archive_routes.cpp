// A month on paper as an archive: asked for, followed, verified, issued again, compared with what was corrected since.
#include <boost/json.hpp>

#include "app/archives/archives.h"
#include "app/archives/archives_problems.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/paper_routes.h"
#include "app/server/routes/printing_of.h"
#include "app/server/server_problems.h"
#include "platform/http/file.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr int kMostCorrections = 500;

js::object archive_json(const archives::Archive& archive) {
  js::object made{{"id", format_id(archive.id)},
                  {"area", archive.area},
                  {"month", archive.month},
                  {"state", archive.state},
                  {"copies", archive.copies},
                  {"records", archive.records},
                  {"done", archive.done},
                  {"pages", archive.pages},
                  {"bytes", archive.bytes},
                  {"sha256", nullptr},
                  {"asked_at", format_instant(archive.asked_at)},
                  {"asked_by", archive.asked_by},
                  {"ended_at", time_or_null(archive.ended_at)},
                  {"problem", nullptr}};
  if (!archive.hash.empty()) made["sha256"] = crypto::to_hex(archive.hash);
  if (!archive.note.empty()) made["problem"] = js::parse(archive.note);
  return made;
}

/// The archive of the path, of an area that the principal reaches.
archives::Archive archive_of(const Call& call, db::Session& session, Permission permission) {
  auto found = archives::find_archive(session, call.principal.area, call.path_id("archive").value_or(Id{}));
  if (!found || !identity::reaches(call.principal, found->area, permission)) throw archives::problems::unknown();
  return *found;
}

/// Only those who look into records and also answer for them: a whole town leaves the house on paper.
void require_office(const Call& call, const std::string& area) {
  call.require(Permission::reveal, area);
  call.require(Permission::visits_correct, area);
}

void note_reveal(const Call& call, audit::Work& work) {
  identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
}

http::Response ask(const Call& call, PrintingOf& printing) {
  Body body(call);
  archives::Order order{body.area("area"), body.text("month"), body.text("reason")};
  body.finish();
  require_office(call, order.area);
  const PrintingGround& ground = printing(call.service);
  http::Response response = call.write([&](audit::Work& work) {
    note_reveal(call, work);
    archives::Archive made = archives::ask_archive(work, ground, order);
    jobs::ask_job(work, archives::kArchiveJob, "");
    return answer_json(archive_json(made), 202);
  });
  call.service.jobs().wake();
  return response;
}

http::Response list(const Call& call) {
  Query query(call);
  archives::ArchiveFilter filter;
  filter.area = query.optional_area("area").value_or(call.principal.area);
  filter.limit = query.limit();
  if (auto place = query.cursor()) filter.before = place->id;
  query.finish();
  call.county_of_area(filter.area);
  call.require(Permission::visits_read, filter.area);
  js::array made;
  std::string next;
  call.read([&](db::Session& session) {
    auto found = archives::list_archives(session, filter);
    for (const archives::Archive& archive : found) made.push_back(archive_json(archive));
    if (static_cast<int>(found.size()) == filter.limit) next = "before." + format_id(found.back().id);
  });
  return answer_page("archives", std::move(made), next);
}

http::Response show(const Call& call) {
  js::object made;
  call.read([&](db::Session& session) { made = archive_json(archive_of(call, session, Permission::visits_read)); });
  return answer_json(made);
}

http::Response corrections(const Call& call) {
  js::array made;
  call.read([&](db::Session& session) {
    auto archive = archive_of(call, session, Permission::visits_read);
    for (const auto& each : archives::list_corrections(session, archive, kMostCorrections)) {
      made.push_back(js::object{{"what", each.what},
                                {"visit", format_id(each.visit)},
                                {"person", format_id(each.person)},
                                {"by", id_or_null(each.by)},
                                {"at", format_instant(each.at)}});
    }
  });
  return answer_page("corrections", std::move(made), "");
}

http::Response verify(const Call& call) {
  archives::Archive archive;
  archives::Verification found;
  call.read([&](db::Session& session) {
    archive = archive_of(call, session, Permission::visits_read);
    found = archives::read_archive(session, call.service.keys(), archive, [](std::string_view) {});
  });
  call.change([&](audit::Work& work) { archives::note_verified(work, archive, found); });
  js::array faults;
  for (const archives::Fault& fault : found.faults) {
    faults.push_back(js::object{{"name", fault.name}, {"what", fault.what}});
  }
  return answer_json(js::object{{"whole", found.whole}, {"faults", std::move(faults)}});
}

/// The same bytes as were filed, or none.
http::Response issue(const Call& call) {
  Body body(call);
  std::string reason = body.text("reason");
  body.finish();
  archives::Archive archive;
  archives::Verification found;
  auto file = http::File::temporary(call.service.upload_folder());
  call.read([&](db::Session& session) {
    archive = archive_of(call, session, Permission::reveal);
    require_office(call, archive.area);
    found = archives::read_archive(session, call.service.keys(), archive,
                                   [&](std::string_view bytes) { file->write(bytes); });
  });
  call.change([&](audit::Work& work) {
    note_reveal(call, work);
    archives::note_issued(work, archive, found, reason);
  });
  http::Response response = http::file_response(std::move(file), "application/zip");
  http::offer_download(response, "归档-" + archive.area + "-" + archive.month + ".zip");
  return response;
}

}  // namespace

void add_archive_routes(Api& api) {
  auto printing = std::make_shared<PrintingOf>();
  const std::string path = "/archives/{archive}";
  api.post("/archives", Permission::reveal, [printing](const Call& call) { return ask(call, *printing); });
  api.get("/archives", Permission::visits_read, list);
  api.get(path, Permission::visits_read, show);
  api.get(path + "/corrections", Permission::visits_read, corrections);
  api.post(path + "/verification", Permission::visits_read, verify);
  api.post(path + "/issue", Permission::reveal, issue);
}

}  // namespace tanfang::app::server
