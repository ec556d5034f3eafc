#include "app/exports/record_rows.h"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "app/exports/cells.h"
#include "app/exports/exports_problems.h"
#include "app/exports/needs.h"
#include "app/exports/people_rows.h"
#include "platform/json/json.h"
#include "registry/for_exports.h"
#include "visits/for_exports.h"
#include "visits/visits.h"

namespace tanfang::app::exports {
namespace {

namespace js = boost::json;

constexpr int kRowsAtOnce = 512;

std::string method_name(const std::string& method) {
  auto known = schemes::parse_method(method);
  return known ? schemes::words_of(*known).zh : method;
}

std::string outcome_name(visits::Outcome outcome) {
  if (outcome == visits::Outcome::met) return "已探访";
  return outcome == visits::Outcome::not_home ? "无人在家" : "谢绝";
}

std::string validity(const visits::Visit& visit) {
  if (visit.struck_at) return "已作废";
  return visit.corrected_by.value != 0 ? "已更正" : "有效";
}

bool counts(const visits::Visit& visit) {
  return visit.outcome == visits::Outcome::met && !visit.struck_at && visit.corrected_by.value == 0;
}

std::string effect_name(const std::string& effect) {
  static const std::map<std::string, std::string> kNames = {{"good", "好"},   {"fair", "一般"}, {"poor", "较差"},
                                                            {"up", "转好"},   {"down", "变差"}, {"same", "无变化"},
                                                            {"more", "增加"}, {"fewer", "减少"}};
  auto found = kNames.find(effect);
  return found == kNames.end() ? effect : found->second;
}

/// What every list of records rests on: pages of them, each with the files of its people.
class RecordRows {
 public:
  using People = std::map<Id, registry::ExportedFile>;
  using TakeVisit = std::function<void(const visits::Visit&, const registry::Person&)>;

  RecordRows(db::Session& session, const Ground& ground, const Order& order)
      : ground_(ground),
        order_(order),
        county_(order.area.substr(0, 6)),
        places_(session, county_, china_date(ground.now)) {}

  const Ground& ground() const { return ground_; }
  const Order& order() const { return order_; }
  const std::string& county() const { return county_; }

  /// `page` is told of each page's records before they are handed on.
  void read(db::Session& session, const std::function<void(const std::vector<visits::Visit>&)>& page,
            const TakeVisit& take) const {
    visits::VisitFilter filter;
    filter.area = order_.area;
    filter.from = order_.from;
    filter.to = order_.to;
    filter.limit = kRowsAtOnce;
    for (;;) {
      auto found = visits::find_visits(session, ground_.keys, filter);
      std::vector<Id> people;
      for (const visits::Visit& visit : found) people.push_back(visit.person);
      auto files = registry::load_exported(session, ground_.keys, county_, distinct(people), china_date(ground_.now),
                                           order_.masked());
      page(found);
      for (const visits::Visit& visit : found) {
        auto file = files.find(visit.person);
        if (file != files.end()) take(visit, file->second.person);
      }
      if (found.size() < static_cast<std::size_t>(kRowsAtOnce)) return;
      filter.before_day = china_date(found.back().started_at);
      filter.before = found.back().id;
    }
  }

  /// Where and who, as every list of records begins.
  static std::vector<Column> head() {
    return {{"日期", CellType::date, 12, false},
            {"乡镇（街道）", CellType::text, 14, false},
            {"村（社区）", CellType::text, 14, false},
            {"姓名", CellType::text, 10, false},
            {"公民身份号码", CellType::text, 20, true}};
  }
  Cells head(const visits::Visit& visit, const registry::Person& person) const {
    return {date_cell(china_date(visit.started_at)), text_cell(places_.town(person.area)),
            text_cell(places_.village(person.area)), text_cell(person.name), text_cell(person.citizen_number)};
  }

 private:
  static std::vector<Id> distinct(std::vector<Id> people) {
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return people;
  }

  Ground ground_;
  Order order_;
  std::string county_;
  Places places_;
};

std::vector<Column> with(std::vector<Column> head, std::vector<Column> rest) {
  head.insert(head.end(), rest.begin(), rest.end());
  return head;
}

Cells with(Cells head, Cells rest) {
  head.insert(head.end(), rest.begin(), rest.end());
  return head;
}

std::string time_text(Instant at) { return format_instant(at).substr(11, 5); }

const forms::Form* form_of(const RecordRows& rows, const visits::Visit& visit) {
  return rows.ground().forms.find(visit.form);
}

/// The label of the option that was chosen for the indicator; a number as it was given.
std::string given_text(const forms::Catalog& catalog, const forms::Form& form, const std::string& indicator,
                       const std::string& given) {
  for (const forms::Form* asked : {&form, catalog.supplement_of(form)}) {
    if (asked == nullptr) continue;
    for (const forms::Section& section : asked->sections) {
      for (const forms::Field& field : section.fields) {
        if (field.indicator != indicator) continue;
        if (field.kind == forms::FieldKind::yes_no) return given == "yes" || given == "true" ? "是" : "否";
        for (const forms::Option& option : field.options) {
          if (option.code == given) return option.label.zh;
        }
      }
    }
  }
  return given;
}

std::string indicator_name(const forms::Catalog& catalog, const forms::Form& form, const std::string& code) {
  const forms::Indicator* known = catalog.vocabulary(form.id.substr(0, form.id.find('/'))).indicator(code);
  return known == nullptr ? code : known->label.zh;
}

std::string member(const js::object& object, std::string_view name) {
  const js::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

void take_findings(const RecordRows& rows, const visits::Visit& visit, const registry::Person& person,
                   const TakeRow& take) {
  const forms::Form* form = form_of(rows, visit);
  if (form == nullptr || !counts(visit)) return;
  const forms::Catalog& catalog = rows.ground().forms;
  js::value findings = json::parse(visit.findings);
  for (const auto& [indicator, given] : findings.as_object()) {
    const js::object& finding = given.as_object();
    const js::value* number = finding.if_contains("number");
    take(with(rows.head(visit, person),
              {text_cell(indicator_name(catalog, *form, indicator)),
               text_cell(given_text(catalog, *form, indicator, member(finding, "given"))),
               text_cell(effect_name(member(finding, "effect"))),
               number != nullptr && number->is_number() ? number_cell(number->to_number<double>()) : excel::Cell(),
               text_cell(form->title.zh), text_cell(format_id(visit.id))}));
  }
}

void take_needs(const RecordRows& rows, const visits::Visit& visit, const registry::Person& person,
                const std::string& answers, const TakeRow& take) {
  const forms::Form* form = form_of(rows, visit);
  if (form == nullptr || answers.empty() || !counts(visit)) return;
  js::value parsed = json::parse(answers);
  for (const Need& need : needs_of(*form, parsed.as_object())) {
    std::string words = rows.order().masked() ? "" : need.words;
    std::string met = !need.met ? "" : *need.met ? "是" : "否";
    take(with(rows.head(visit, person), {text_cell(need.label), text_cell(words), text_cell(met),
                                         text_cell(form->title.zh), text_cell(format_id(visit.id))}));
  }
}

}  // namespace

Export visits_list(db::Session& session, const Ground& ground, const Order& order) {
  auto rows = std::make_shared<RecordRows>(session, ground, order);
  std::vector<Column> columns = with(RecordRows::head(), {{"探访人", CellType::text, 12, false},
                                                          {"方式", CellType::text, 8, false},
                                                          {"开始", CellType::text, 8, false},
                                                          {"结束", CellType::text, 8, false},
                                                          {"结果", CellType::text, 10, false},
                                                          {"状态", CellType::text, 8, false},
                                                          {"表单", CellType::text, 28, false},
                                                          {"记录编号", CellType::text, 15, false}});
  return {"探访记录", std::move(columns), [rows](db::Session& reader, const TakeRow& take) {
            rows->read(
                reader, [](const auto&) {},
                [&](const visits::Visit& visit, const registry::Person& person) {
                  const forms::Form* form = form_of(*rows, visit);
                  take(with(rows->head(visit, person),
                            {text_cell(visit.visitor), text_cell(method_name(visit.method)),
                             text_cell(time_text(visit.started_at)), text_cell(time_text(visit.ended_at)),
                             text_cell(outcome_name(visit.outcome)), text_cell(validity(visit)),
                             text_cell(form == nullptr ? "" : form->title.zh), text_cell(format_id(visit.id))}));
                });
          }};
}

Export findings_list(db::Session& session, const Ground& ground, const Order& order) {
  auto rows = std::make_shared<RecordRows>(session, ground, order);
  std::vector<Column> columns = with(RecordRows::head(), {{"指标", CellType::text, 14, false},
                                                          {"填写", CellType::text, 12, false},
                                                          {"结果", CellType::text, 8, false},
                                                          {"数值", CellType::number, 8, false},
                                                          {"表单", CellType::text, 28, false},
                                                          {"记录编号", CellType::text, 15, false}});
  return {"探访发现", std::move(columns), [rows](db::Session& reader, const TakeRow& take) {
            rows->read(
                reader, [](const auto&) {},
                [&](const visits::Visit& visit, const registry::Person& person) {
                  take_findings(*rows, visit, person, take);
                });
          }};
}

Export needs_list(db::Session& session, const Ground& ground, const Order& order) {
  auto rows = std::make_shared<RecordRows>(session, ground, order);
  std::vector<Column> columns = with(RecordRows::head(), {{"需求", CellType::text, 16, false},
                                                          {"说明", CellType::text, 32, true},
                                                          {"是否满足", CellType::text, 10, false},
                                                          {"表单", CellType::text, 28, false},
                                                          {"记录编号", CellType::text, 15, false}});
  return {"服务需求", std::move(columns), [rows](db::Session& reader, const TakeRow& take) {
            std::map<Id, std::string> answers;
            rows->read(
                reader,
                [&](const std::vector<visits::Visit>& page) {
                  std::vector<Id> ids;
                  for (const visits::Visit& visit : page) {
                    if (counts(visit)) ids.push_back(visit.id);
                  }
                  answers = visits::open_answers(reader, rows->ground().keys, rows->county(), ids);
                },
                [&](const visits::Visit& visit, const registry::Person& person) {
                  take_needs(*rows, visit, person, answers[visit.id], take);
                });
          }};
}

}  // namespace tanfang::app::exports
