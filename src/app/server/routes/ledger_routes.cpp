// Ledgers and departments' lists: sent, followed, and the refused rows taken back.
#include <boost/json.hpp>

#include "app/json/ledger_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/ledger_tasks.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "base/text.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

/// A department brings lists; whose people are whose is a matter of ledgers.
Permission needed_for(ledgers::LedgerKind kind) {
  return kind == ledgers::LedgerKind::ledger ? Permission::ledger_import : Permission::department_list_import;
}

http::Response send(const Call& call) {
  Form form(call);
  LedgerOrder order;
  order.by = call.principal;
  order.area = form.area("area");
  order.scheme = form.optional_text("scheme").value_or("");
  order.mapping_text = form.optional_text("mapping").value_or("");
  order.registered_from = form.optional_date("registered_from");
  order.dry_run = form.flag("dry_run").value_or(false);
  std::string kind = form.choice("kind", {"ledger", "health", "disabled"});
  const http::Part* part = call.request.part("file");
  if (part == nullptr || !part->file) form.refuse(field_missing("file"));
  if (order.area.size() < 6)
    form.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  form.finish();
  order.kind = ledgers::parse_ledger_kind(kind).value_or(ledgers::LedgerKind::ledger);
  call.require(needed_for(order.kind), order.area);
  order.file = part->file;
  Id id = call.service.ledgers().take(std::move(order));
  http::Response response = answer_json(js::object{{"id", format_id(id)}, {"state", "waiting"}}, 202);
  response.set("Location", std::string(kRoot) + "/ledgers/" + format_id(id));
  return response;
}

/// The ledger of the path, for whoever could have sent it.
std::shared_ptr<LedgerTasks::Task> task_of(const Call& call) {
  auto task = call.service.ledgers().find(call.path_id("ledger").value_or(Id{}));
  if (!task || !identity::reaches(call.principal, task->order.area, needed_for(task->order.kind)) ||
      !identity::may(call.principal, needed_for(task->order.kind))) {
    throw ledger_unknown();
  }
  return task;
}

http::Response show(const Call& call) {
  auto task = task_of(call);
  LedgerTasks::Report report = call.service.ledgers().report_of(*task);
  js::object made{{"id", format_id(task->id)},
                  {"area", task->order.area},
                  {"kind", ledgers::to_text(task->order.kind)},
                  {"dry_run", task->order.dry_run},
                  {"state", to_text(report.state)},
                  {"step", report.step},
                  {"rows", report.rows},
                  {"result", nullptr},
                  {"problem", nullptr}};
  if (report.result) made["result"] = to_json(*report.result);
  if (report.problem) made["problem"] = js::parse(http::problem_response(*report.problem, call.request.id).body);
  return answer_json(made);
}

http::Response follow(const Call& call) { return http::event_response(task_of(call)->progress.follow()); }

http::Response refused_rows(const Call& call) {
  auto task = task_of(call);
  LedgerTasks& ledgers = call.service.ledgers();
  if (ledgers.count_refused(*task) == 0) return http::no_content();
  call.change([&](audit::Work& work) { ledgers.record_refused(*task, work); });
  auto response = http::file_response(ledgers.refused_rows(*task),
                                      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  http::offer_download(response, "退回的行.xlsx");
  return response;
}

}  // namespace

void add_ledger_routes(Api& api) {
  // The edge holds it to the settings' limit for uploads.
  http::BodyRule upload = http::BodyRule::multipart(0);
  upload.request_time = std::chrono::minutes(30);
  // Which of the two is needed depends on the kind, which stands in the form.
  Access either = Access::needs({Permission::ledger_import, Permission::department_list_import});
  api.add({http::Method::post, "/ledgers", either, send, upload});
  api.add({http::Method::get, "/ledgers/{ledger}", either, show, {}});
  api.add({http::Method::get, "/ledgers/{ledger}/events", either, follow, {}});
  api.add({http::Method::post, "/ledgers/{ledger}/refused-rows", either, refused_rows, {}});
}

}  // namespace tanfang::app::server
