// The registry as a list whose filters combine, on the screen and as a sheet.
#include <boost/json.hpp>
#include <filesystem>

#include "app/json/coverage_json.h"
#include "app/names.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/chosen_people.h"
#include "app/server/server_problems.h"
#include "base/text.h"
#include "planning/planning.h"
#include "platform/excel/table_writer.h"
#include "platform/http/file.h"
#include "registry/registry.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr int kRowsAtOnce = 500;

struct Asked {
  std::string area;
  std::string month;
  reports::ListFilter filter;
  std::optional<std::vector<Id>> people;  // to export: these alone
};

void read_facts(Body& body, reports::ListFilter& filter) {
  const js::value* facts = body.value("facts");
  if (!facts) return;
  if (!facts->is_object()) {
    return body.refuse(field_type("facts", {"信息项与取值，例如 {\"ability\": \"severe\"}",
                                            "facts with a value each, such as {\"ability\": \"severe\"}"}));
  }
  for (const auto& [fact, value] : facts->get_object()) {
    std::string text = value.is_string() ? std::string(value.get_string()) : js::serialize(value);
    filter.facts.emplace_back(std::string(fact), text);
  }
}

Asked read_asked(const Call& call, Body& body) {
  Asked asked;
  asked.area = body.optional_area("area").value_or(call.principal.area);
  asked.month = body.optional_text("month").value_or(call.today().iso().substr(0, 7));
  reports::ListFilter& filter = asked.filter;
  filter.state = body.choice("state", {"met", "owed", "overdue", "declined", "suspended", "unknown", "none", "due",
                                       "open", "counted", "visited", "below_floor"});
  filter.status = body.choice("status", {"active", "declined", "suspended", "moved_out", "deceased", "all"});
  filter.tier = body.optional_text("tier").value_or("");
  filter.category = body.optional_text("category").value_or("");
  filter.name = body.optional_text("name").value_or("");
  filter.pinyin = lower_ascii(body.optional_text("pinyin").value_or(""));
  filter.unknown_facts = body.texts("unknown_facts");
  filter.import = body.optional_id("ledger").value_or(Id{});
  filter.import_part = body.choice("ledger_part", {"registered", "changed"});
  read_facts(body, filter);
  planning::parse_month(asked.month);
  return asked;
}

/// Since when and until when somebody is suspended; why is for those who keep the file.
void add_suspension(const Call& call, db::Session& session, js::object& row, const reports::PersonListed& person) {
  for (const char* name : {"suspended_from", "suspended_to", "suspended_reason"}) row[name] = nullptr;
  if (person.status != "suspended") return;
  registry::PersonKey key{person.county, person.person};
  bool keeps = identity::may(call.principal, Permission::status_change);
  auto spans = keeps ? registry::load_status_history(session, call.service.keys(), key)
                     : registry::load_status_history(session, key);
  for (const auto& span : spans) {
    bool holds = span.valid_from <= call.today() && (!span.valid_to || call.today() < *span.valid_to);
    if (span.status != registry::Status::suspended || !holds) continue;
    row["suspended_from"] = span.valid_from.iso();
    if (span.valid_to) row["suspended_to"] = span.valid_to->iso();
    if (keeps) row["suspended_reason"] = span.reason;
  }
}

http::Response list(const Call& call) {
  Body body(call);
  Asked asked = read_asked(call, body);
  asked.filter.limit = static_cast<int>(body.integer("limit", 1, 200).value_or(50));
  // The last person of the page before, with their village.
  if (auto place = body.cursor()) {
    asked.filter.after_area = place->word;
    asked.filter.after = place->id;
  }
  body.finish();
  call.require(Permission::search, asked.area);
  std::vector<reports::PersonListed> found;
  js::array people;
  call.read([&](db::Session& session) {
    found = reports::list_people(session, asked.area, asked.month, call.now, asked.filter);
    for (const auto& person : found) {
      people.push_back(to_json(person));
      add_suspension(call, session, people.back().as_object(), person);
    }
  });
  bool full = found.size() == static_cast<std::size_t>(asked.filter.limit);
  return answer_page("people", std::move(people), full ? found.back().area + "." + format_id(found.back().person) : "");
}

std::string categories_text(const Names& names, const std::vector<std::string>& categories) {
  std::string text;
  for (const std::string& category : categories) text += (text.empty() ? "" : "、") + names.category(category);
  return text;
}

/// Who was chosen must be of the area: nobody is left out silently.
std::vector<reports::PersonListed> chosen_people(const Call& call, db::Session& session, const Asked& asked) {
  std::string county = asked.area.substr(0, 6);
  for (Id person : *asked.people) {
    auto key = person_reached(call, session, county, person, Permission::search);
    if (!registry::area_of(session, key).starts_with(asked.area)) throw registry::unknown_person();
  }
  return reports::list_chosen(session, county, asked.month, call.now, *asked.people);
}

void write_sheet(const Call& call, db::Session& session, const Asked& asked, excel::TableWriter& sheet,
                 std::int64_t& people) {
  auto policy = call.service.classifier().policy_of(session, asked.area.substr(0, 6));
  Names names(policy->schemes(), asked.area, planning::parse_month(asked.month).last_day());
  auto cells = [](std::initializer_list<std::string> texts) {
    std::vector<excel::Cell> row;
    for (const std::string& text : texts) row.push_back(excel::Cell{excel::CellKind::text, 0, text});
    return row;
  };
  auto add = [&](const reports::PersonListed& person) {
    sheet.add_row(
        cells({format_id(person.person), person.town_name, person.village_name, person.name,
               person.sex == "female" ? "女" : "男", person.birth_date.iso(), status_name(person.status),
               names.tier(person.tier), categories_text(names, person.categories), state_name(person.state)}));
    ++people;
  };
  sheet.add_row(cells({"编号", "乡镇（街道）", "村（社区）", "姓名", "性别", "出生日期", "状态", "层级", "对象类型",
                       asked.month + " 探访"}),
                excel::Look::heading);
  if (asked.people) {
    for (const auto& person : chosen_people(call, session, asked)) add(person);
    return;
  }
  reports::ListFilter filter = asked.filter;
  filter.limit = kRowsAtOnce;
  for (;;) {
    auto found = reports::list_people(session, asked.area, asked.month, call.now, filter);
    for (const auto& person : found) {
      add(person);
      filter.after_area = person.area;
      filter.after = person.person;
    }
    if (found.size() < static_cast<std::size_t>(kRowsAtOnce)) return;
  }
}

/// The same people as one sheet. Its making is in the trail; names are in it, numbers are not.
http::Response export_sheet(const Call& call) {
  Body body(call);
  Asked asked = read_asked(call, body);
  asked.people = read_chosen(body);
  if (asked.area.size() < 6) body.refuse(field_type("area", {"区县、乡镇或村居的代码", "a county, town or village"}));
  body.finish();
  call.require(Permission::search, asked.area);
  std::string path = call.service.upload_folder() + "/list-" + format_id(call.service.ids().next(call.now)) + ".xlsx";
  std::int64_t people = 0;
  {
    excel::TableWriter sheet(path, "名册");
    call.read([&](db::Session& session) { write_sheet(call, session, asked, sheet, people); });
    sheet.close();
  }
  auto file = http::File::open(path);
  std::filesystem::remove(path);
  call.change([&](audit::Work& work) {
    work.record({asked.area.substr(0, 6), "list_exported", "area:" + asked.area,
                 js::serialize(js::object{{"month", asked.month}, {"people", people}})});
  });
  http::Response response = http::file_response(std::move(file), kXlsx);
  http::offer_download(response, "名册-" + asked.area + "-" + asked.month + ".xlsx");
  return response;
}

}  // namespace

void add_people_list_routes(Api& api) {
  api.post("/people/list", Permission::search, list);
  api.post("/people/export", Permission::search, export_sheet);
}

}  // namespace tanfang::app::server
