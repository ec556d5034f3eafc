// Lists as Excel: which there are, their columns, and the file itself; unmasked only encrypted and for a reason.
#include "app/server/routes/export_routes.h"

#include <boost/json.hpp>
#include <filesystem>
#include <memory>
#include <mutex>

#include "app/exports/exports.h"
#include "app/exports/exports_problems.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "platform/crypto/sealed_zip.h"
#include "platform/http/file.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using exports::What;
using identity::Permission;

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr const char* kZip = "application/zip";
constexpr const char* kPasswordHeader = "Export-Password";
constexpr int kDaysBefore = 30;

/// The templates of all schemes, read once.
class Shelf {
 public:
  const exports::Templates& of(const Service& service) {
    std::call_once(once_, [&] {
      std::vector<std::string> folders = {service.shipped() + "/schemes"};
      for (const std::string& folder : service.further_schemes()) folders.push_back(folder);
      templates_ = exports::load_templates(folders, service.classifier().schemes()->vocabulary());
    });
    return templates_;
  }

 private:
  std::once_flag once_;
  exports::Templates templates_;
};

exports::Ground ground_of(const Call& call, Shelf& shelf) {
  const Service& service = call.service;
  return {service.rooms().forms, shelf.of(service), service.policies(), service.keys(), call.now};
}

Permission permission_of(What what) {
  if (what == What::obligations) return Permission::plan_read;
  bool of_records = what == What::visits || what == What::findings || what == What::needs;
  return of_records ? Permission::visits_read : Permission::search;
}

/// A whole list in clear is a ledger: for those who keep ledgers and may look at each file.
bool may_reveal(const Call& call) {
  return identity::may(call.principal, Permission::reveal) && identity::may(call.principal, Permission::ledger_import);
}

exports::Order read_order(const Call& call, Input& input) {
  exports::Order order;
  std::string list = input.choice("list", exports::kinds());
  if (list.empty()) input.refuse(field_missing("list"));
  order.what = exports::parse_what(list).value_or(What::registry);
  order.area = input.optional_area("area").value_or(call.principal.area);
  order.template_id = input.optional_text("template").value_or("");
  if (order.what == What::upward && order.template_id.empty()) input.refuse(field_missing("template"));
  if (order.area.size() < 6) input.refuse(field_type("area", {"区县、乡镇或村居的代码", "a county, town or village"}));
  order.to = input.optional_date("to").value_or(call.today());
  order.from = input.optional_date("from").value_or(order.to - kDaysBefore);
  auto month = input.optional_text("month");
  if (order.what == What::obligations) {
    order.from = (month ? planning::parse_month(*month) : planning::month_of(call.today())).first_day();
  }
  return order;
}

/// What there is to be chosen from.
http::Response list_exports(const Call& call, Shelf& shelf) {
  js::array lists;
  for (const std::string& word : exports::kinds()) {
    if (identity::may(call.principal, permission_of(*exports::parse_what(word)))) lists.emplace_back(word);
  }
  js::array templates;
  for (const auto& [id, made] : shelf.of(call.service)) {
    templates.push_back(js::object{{"id", id}, {"title", js::object{{"zh", made.title.zh}, {"en", made.title.en}}}});
  }
  return answer_json(
      js::object{{"lists", std::move(lists)}, {"templates", std::move(templates)}, {"may_reveal", may_reveal(call)}});
}

const char* name_of(exports::CellType type) {
  if (type == exports::CellType::date) return "date";
  return type == exports::CellType::number ? "number" : "text";
}

http::Response show_columns(const Call& call, Shelf& shelf) {
  Query query(call);
  exports::Order order = read_order(call, query);
  query.finish();
  call.require(permission_of(order.what), order.area);
  js::object answer;
  call.read([&](db::Session& session) {
    exports::Export list = exports::prepare(session, ground_of(call, shelf), order);
    js::array columns;
    for (const exports::Column& column : list.columns) {
      columns.push_back(
          js::object{{"heading", column.heading}, {"type", name_of(column.type)}, {"personal", column.personal}});
    }
    answer = {{"title", list.title}, {"columns", std::move(columns)}};
  });
  return answer_json(answer);
}

/// A file of the upload folder, gone when this is.
class Scratch {
 public:
  Scratch(const Call& call, const char* ending)
      : path(call.service.upload_folder() + "/list-" + format_id(call.service.ids().next(call.now)) + ending) {}
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string path;
};

http::Response make_export(const Call& call, Shelf& shelf) {
  Body body(call);
  exports::Order order = read_order(call, body);
  auto reason = body.optional_text("reason");
  body.finish();
  call.require(permission_of(order.what), order.area);
  if (reason) {
    call.require(Permission::reveal, order.area);
    call.require(Permission::ledger_import, order.area);
    exports::require_reason(*reason);
    order.reason = *reason;
  }
  Scratch sheet(call, ".xlsx");
  std::string name;
  std::int64_t rows = 0;
  call.read([&](db::Session& session) {
    exports::Export list = exports::prepare(session, ground_of(call, shelf), order);
    name = exports::file_name(list, order, call.now);
    rows = exports::write_sheet(session, list, sheet.path);
  });
  Scratch archive(call, ".zip");
  std::string password;
  if (!order.masked()) {
    password = exports::new_password();
    crypto::seal_zip(archive.path, sheet.path, std::string(exports::to_text(order.what)) + ".xlsx", password);
  }
  call.change([&](audit::Work& work) {
    if (!order.masked()) identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
    exports::note(work, order, rows);
  });
  auto file = http::File::open(order.masked() ? sheet.path : archive.path);
  http::Response response = http::file_response(std::move(file), order.masked() ? kXlsx : kZip);
  http::offer_download(response, name + (order.masked() ? ".xlsx" : ".zip"));
  if (!order.masked()) response.set(kPasswordHeader, password);
  return response;
}

}  // namespace

void add_export_routes(Api& api) {
  auto shelf = std::make_shared<Shelf>();
  Access access = Access::needs({Permission::search, Permission::visits_read, Permission::plan_read});
  api.add(
      {http::Method::get, "/exports", access, [shelf](const Call& call) { return list_exports(call, *shelf); }, {}});
  api.add({http::Method::get,
           "/exports/columns",
           access,
           [shelf](const Call& call) { return show_columns(call, *shelf); },
           {}});
  api.add({http::Method::post, "/exports", access, [shelf](const Call& call) { return make_export(call, *shelf); },
           http::BodyRule::memory()});
}

}  // namespace tanfang::app::server
