// Ledgers and departments' lists: sent, followed, listed, undone, and the refused rows taken back.
#include <boost/json.hpp>

#include "app/json/ledger_json.h"
#include "app/server/api.h"
#include "app/server/delivery.h"
#include "app/server/input.h"
#include "app/server/ledger_tasks.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "base/text.h"
#include "platform/crypto/file_digest.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::size_t kMostListed = 1'000;  // rows in a result; all of them are told page by page
constexpr std::int64_t kMostRows = 10'000'000;
constexpr std::int64_t kMostLooks = 20'000;  // people of a page of imports who are asked for what was built on them

/// A department brings lists; whose people are whose is a matter of ledgers.
Permission needed_for(ledgers::LedgerKind kind) {
  return kind == ledgers::LedgerKind::ledger ? Permission::ledger_import : Permission::department_list_import;
}

/// What makes two ledgers the same; only read where the request has a key.
std::string content_of(const LedgerOrder& order) {
  js::object content{{"area", order.area},
                     {"kind", to_text(order.kind)},
                     {"scheme", order.scheme},
                     {"mapping", order.mapping_text},
                     {"file_name", order.file_name},
                     {"dry_run", order.dry_run},
                     {"from", order.registered_from ? order.registered_from->iso() : ""}};
  content["file"] = crypto::sha256_of_file(order.file->path(), order.file->size());
  return js::serialize(content);
}

http::Response taken(Id ledger) {
  http::Response response = answer_json(js::object{{"id", format_id(ledger)}, {"state", "waiting"}}, 202);
  response.set("Location", std::string(kRoot) + "/ledgers/" + format_id(ledger));
  return response;
}

http::Response send(const Call& call) {
  Form form(call);
  LedgerOrder order;
  order.account = call.principal.account;
  order.actor = identity::actor_of(call.principal);
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
  order.file_name = part->file_name;
  bool keyed = call.request.header("Idempotency-Key") != nullptr;
  std::optional<Delivery> delivery = Delivery::of(call, keyed ? content_of(order) : "");
  std::optional<http::Response> before;
  if (delivery) call.read([&](db::Session& session) { before = delivery->answer(session); });
  if (before) return *before;
  http::Response response;
  call.service.ledgers().take(std::move(order), [&](db::Session& session, Id ledger) {
    // Another delivery may have arrived meanwhile.
    if (delivery) before = delivery->answer(session);
    response = before ? *before : taken(ledger);
    if (delivery && !before) delivery->keep(session, response);
    return !before;
  });
  return response;
}

bool reaches(const Call& call, std::string_view area, ledgers::LedgerKind kind) {
  Permission permission = needed_for(kind);
  return identity::may(call.principal, permission) && identity::reaches(call.principal, area, permission);
}

/// The ledger of the path that was sent within the day, for whoever could have sent it; nullptr for anybody else.
std::shared_ptr<LedgerTasks::Task> find_task(const Call& call) {
  auto task = call.service.ledgers().find(call.path_id("ledger").value_or(Id{}));
  return task && reaches(call, task->order.area, task->order.kind) ? task : nullptr;
}

std::shared_ptr<LedgerTasks::Task> task_of(const Call& call) {
  auto task = find_task(call);
  if (!task) throw ledger_unknown();
  return task;
}

/// With its rows: of the process that took it, within the hour.
std::shared_ptr<LedgerTasks::Task> task_with_rows(const Call& call) {
  auto task = task_of(call);
  if (!task->here) throw ledger_unknown();
  return task;
}

/// What the path's ledger wrote, where it wrote anything.
std::optional<ledgers::ImportRecord> find_record(const Call& call, db::Session& session) {
  auto record = ledgers::find_import(session, call.principal.area, call.path_id("ledger").value_or(Id{}), call.now);
  if (!record || !reaches(call, record->area, *ledgers::parse_ledger_kind(record->kind))) return std::nullopt;
  return record;
}

bool is_undone(const ledgers::ImportRecord& record) { return record.state == "undoing" || record.state == "undone"; }

/// Whether it can be undone, and why not; null where it has been.
js::value undo_of(db::Session& session, const ledgers::ImportRecord& record) {
  if (is_undone(record)) return nullptr;
  std::int64_t built_on = record.state == "running" ? 0 : ledgers::count_built_on(session, record);
  auto refusal = ledgers::refusal_of_undo(record, built_on);
  js::object made{{"possible", !refusal.has_value()}, {"built_on", built_on}};
  made["code"] = refusal ? js::value(refusal->code) : js::value(nullptr);
  made["detail"] = refusal ? js::value(refusal->text.zh) : js::value(nullptr);
  made["detail_en"] = refusal ? js::value(refusal->text.en) : js::value(nullptr);
  return made;
}

/// The ledger as far as its sender may still follow it, and what it wrote.
js::object ledger_of(const Call& call) {
  js::object made;
  auto task = find_task(call);
  if (task) {
    LedgerTasks::Report report = call.service.ledgers().report_of(*task);
    made = {{"id", format_id(task->id)},
            {"area", task->order.area},
            {"kind", ledgers::to_text(task->order.kind)},
            {"dry_run", task->order.dry_run},
            {"state", to_text(report.state)},
            {"step", report.step},
            {"rows", report.rows},
            {"ahead", report.ahead},
            {"result", nullptr},
            {"problem", nullptr}};
    if (report.result) made["result"] = to_json(*report.result, kMostListed);
    if (!report.problem.empty()) made["problem"] = js::parse(report.problem);
  }
  made["import"] = nullptr;
  made["undo"] = nullptr;
  call.read([&](db::Session& session) {
    auto record = find_record(call, session);
    if (!record) return;
    if (!task) {
      made["id"] = format_id(record->id);
      made["area"] = record->area;
      made["kind"] = record->kind;
      made["dry_run"] = false;
      made["step"] = "";
      made["rows"] = record->written;
      made["ahead"] = 0;
      made["result"] = nullptr;
      made["problem"] = nullptr;
    }
    if (!task || is_undone(*record)) made["state"] = record->state;
    made["import"] = to_json(*record);
    made["undo"] = undo_of(session, *record);
  });
  if (!made.contains("id")) throw ledger_unknown();
  return made;
}

http::Response show(const Call& call) { return answer_json(ledger_of(call)); }

/// The kinds whose imports the caller may see in the area; refuses where there is none.
std::vector<ledgers::LedgerKind> kinds_within(const Call& call, const std::string& area) {
  std::vector<ledgers::LedgerKind> kinds;
  for (auto kind : {ledgers::LedgerKind::ledger, ledgers::LedgerKind::health, ledgers::LedgerKind::disabled}) {
    if (reaches(call, area, kind)) kinds.push_back(kind);
  }
  if (kinds.empty()) call.require(needed_for(ledgers::LedgerKind::ledger), area);
  return kinds;
}

/// True, false, or null where too many people would have to be looked at: `GET /ledgers/{ledger}` tells.
js::value undo_possible(db::Session& session, const ledgers::ImportRecord& record, std::int64_t& looks) {
  if (is_undone(record) || ledgers::refusal_of_undo(record, 0)) return false;
  looks -= record.registered + record.changed;
  if (looks < 0) return nullptr;
  return ledgers::count_built_on(session, record, 1) == 0;
}

http::Response list(const Call& call) {
  Query query(call);
  ledgers::ImportFilter filter;
  filter.area = query.optional_area("area").value_or(call.principal.area);
  filter.before = query.optional_id("cursor").value_or(Id{});
  filter.limit = query.limit();
  if (filter.area.size() < 6)
    query.refuse(field_type("area", {"区县、乡镇或村居的代码", "the code of a county, town or village"}));
  query.finish();
  filter.kinds = kinds_within(call, filter.area);
  std::vector<ledgers::ImportRecord> found;
  js::array imports;
  call.read([&](db::Session& session) {
    found = ledgers::list_imports(session, filter, call.now);
    std::int64_t looks = kMostLooks;
    imports.clear();
    for (const auto& record : found) {
      js::object one = to_json(record);
      one["undo_possible"] = undo_possible(session, record, looks);
      imports.push_back(std::move(one));
    }
  });
  bool full = found.size() == static_cast<std::size_t>(filter.limit);
  return answer_page("ledgers", std::move(imports), full ? format_id(found.back().id) : "");
}

http::Response undo(const Call& call) {
  std::string county;
  call.read([&](db::Session& session) {
    if (auto record = find_record(call, session)) county = record->county;
  });
  if (county.empty()) throw ledger_unknown();
  Id import = *call.path_id("ledger");
  bool begun = false;
  call.change([&](audit::Work& work) { begun = ledgers::begin_undo(work, county, import); });
  if (begun) call.service.ledgers().undo(identity::actor_of(call.principal), county, import);
  return answer_json(ledger_of(call), begun ? 202 : 200);
}

http::Response rows(const Call& call) {
  Query query(call);
  ledgers::ShownRows wanted;
  wanted.remarked = query.choice("state", {"refused", "remarked"}) == "remarked";
  wanted.after = static_cast<std::size_t>(query.integer("cursor", 0, kMostRows).value_or(0));
  wanted.limit = static_cast<std::size_t>(query.limit());
  query.finish();
  auto task = task_with_rows(call);
  LedgerTasks::Report report = call.service.ledgers().report_of(*task);
  js::array rows;
  std::size_t all = 0;
  if (report.result) {
    all = wanted.remarked ? report.result->remarked.size() : report.result->refused.size();
    for (const auto& row : call.service.ledgers().rows_of(*task, *report.result, wanted)) {
      rows.push_back(to_json(row, *report.result));
    }
  }
  std::size_t next = wanted.after + wanted.limit;
  return answer_page("rows", std::move(rows), next < all ? std::to_string(next) : "");
}

/// A browser asks again after the end of a stream: 204 tells it that nothing more comes.
http::Response follow(const Call& call) {
  auto task = task_of(call);
  const std::string* last = call.request.header("Last-Event-ID");
  if (last && *last == kLastEvent) return http::no_content();
  auto stream = call.service.ledgers().follow(*task);
  return http::event_response(call.service.stream_places().take(call.principal.account, std::move(stream)));
}

http::Response refused_rows(const Call& call) {
  auto task = task_with_rows(call);
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
  api.add({http::Method::get, "/ledgers", either, list, {}});
  api.add({http::Method::get, "/ledgers/{ledger}", either, show, {}});
  api.add({http::Method::get, "/ledgers/{ledger}/rows", either, rows, {}});
  api.add({http::Method::post, "/ledgers/{ledger}/undo", either, undo, {}});
  api.add({http::Method::get, "/ledgers/{ledger}/events", either, follow, {}});
  api.add({http::Method::post, "/ledgers/{ledger}/refused-rows", either, refused_rows, {}});
}

}  // namespace tanfang::app::server
