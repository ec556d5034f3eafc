// Reports: as the figures are now, issued, listed, and handed out as PDF or Excel.
#include "app/server/routes/report_routes.h"

#include <boost/json.hpp>
#include <filesystem>

#include "app/reporting/issued.h"
#include "app/reporting/reporting_problems.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "base/text.h"
#include "platform/http/file.h"
#include "platform/json/json.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;
using reporting::Issued;

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

reporting::Asked read_asked(const Call& call, Input& input) {
  reporting::Asked asked;
  asked.kind = input.choice("kind", reporting::kinds());
  if (asked.kind.empty()) input.refuse(field_missing("kind"));
  asked.area = input.optional_area("area").value_or(call.principal.area);
  asked.period = input.text("period");
  if (asked.area.size() != 6 && asked.area.size() != 9) {
    input.refuse(field_type("area", {"区县或乡镇的代码", "a county or town"}));
  }
  return asked;
}

js::object json_of(const Issued& issued) {
  return {{"id", format_id(issued.id)},   {"kind", issued.asked.kind},
          {"area", issued.asked.area},    {"period", issued.asked.period},
          {"number", issued.number},      {"title", issued.title},
          {"digest", issued.digest},      {"issued_at", format_instant(issued.issued_at)},
          {"issued_by", issued.issued_by}};
}

http::Response file_of(const Call& call, const reporting::Report& report, const std::string& label, Instant at,
                       const std::string& format) {
  std::string name = replaced(report.title, "\n", "") + "." + format;
  http::Response response;
  if (format == "pdf") {
    response.body = reporting::pdf_of(report, label, at);
    response.set("Content-Type", "application/pdf");
  } else {
    std::string path =
        call.service.upload_folder() + "/report-" + format_id(call.service.ids().next(call.now)) + ".xlsx";
    reporting::write_book(report, label, at, path);
    response = http::file_response(http::File::open(path), kXlsx);
    std::filesystem::remove(path);
  }
  http::offer_download(response, name);
  return response;
}

http::Response preview(const Call& call) {
  Query query(call);
  reporting::Asked asked = read_asked(call, query);
  std::string format = query.choice("format", {"pdf", "xlsx"});
  query.finish();
  call.require(Permission::coverage_read, asked.area);
  reporting::Report report;
  call.read(
      [&](db::Session& session) { report = reporting::build(session, call.service.policies(), asked, call.now); });
  if (format.empty()) return answer_json(reporting::to_json(report));
  return file_of(call, report, "预览，未印发", call.now, format);
}

http::Response issue(const Call& call) {
  Body body(call);
  reporting::Asked asked = read_asked(call, body);
  std::string reason = body.optional_text("reason").value_or("");
  body.finish();
  // Who sends people on rounds answers for the area's figures.
  call.require(Permission::rounds_manage, asked.area);
  return call.write([&](audit::Work& work) {
    return answer_json(json_of(reporting::issue(work, call.service.policies(), asked, reason)), 201);
  });
}

http::Response list(const Call& call) {
  Query query(call);
  reporting::IssuedFilter filter;
  filter.area = query.optional_area("area").value_or(call.principal.area);
  filter.kind = query.choice("kind", reporting::kinds());
  filter.limit = query.limit();
  if (auto place = query.cursor()) filter.before = place->id;
  query.finish();
  call.require(Permission::coverage_read, filter.area);
  std::vector<Issued> found;
  call.read([&](db::Session& session) { found = reporting::list_issued(session, filter); });
  js::array reports;
  for (const Issued& issued : found) reports.push_back(json_of(issued));
  bool full = found.size() == static_cast<std::size_t>(filter.limit);
  return answer_page("reports", std::move(reports), full ? "report." + format_id(found.back().id) : "");
}

Issued issued_of(const Call& call, db::Session& session) {
  auto id = call.path_id("report");
  if (!id) throw reporting::unknown_report();
  Issued issued = reporting::load_issued(session, call.principal.area, *id);
  call.require(Permission::coverage_read, issued.asked.area);
  return issued;
}

http::Response show(const Call& call) {
  Issued issued;
  call.read([&](db::Session& session) { issued = issued_of(call, session); });
  js::object answer = json_of(issued);
  answer["report"] = json::parse(issued.content);
  return answer_json(answer);
}

http::Response download(const Call& call) {
  Query query(call);
  std::string format = query.choice("format", {"pdf", "xlsx"});
  query.finish();
  Issued issued;
  call.read([&](db::Session& session) { issued = issued_of(call, session); });
  return file_of(call, reporting::read_report(issued.content), issued.label(), issued.issued_at,
                 format.empty() ? "pdf" : format);
}

}  // namespace

void add_report_routes(Api& api) {
  api.get("/reports", Permission::coverage_read, list);
  api.post("/reports", Permission::rounds_manage, issue);
  api.get("/reports/preview", Permission::coverage_read, preview);
  api.get("/reports/{report}", Permission::coverage_read, show);
  api.get("/reports/{report}/file", Permission::coverage_read, download);
}

}  // namespace tanfang::app::server
