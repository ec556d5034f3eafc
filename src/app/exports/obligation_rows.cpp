// What is owed in a month.
#include <memory>

#include "app/exports/cells.h"
#include "app/exports/people_rows.h"
#include "app/exports/record_rows.h"
#include "app/json/obligation_words.h"
#include "app/names.h"
#include "registry/for_exports.h"

namespace tanfang::app::exports {
namespace {

constexpr int kRowsAtOnce = 512;

std::string state_of(const planning::PlannedVisit& planned) {
  return planned.state == "taken_out" ? "已撤销" : state_name(planned.state);
}

std::string methods_of(const planning::PlannedVisit& planned) {
  std::string text;
  for (const std::string& name : planned.methods) {
    auto method = schemes::parse_method(name);
    text += (text.empty() ? "" : "、") + (method ? schemes::words_of(*method).zh : name);
  }
  return text;
}

class ObligationRows {
 public:
  ObligationRows(db::Session& session, const Ground& ground, const Order& order)
      : ground_(ground),
        order_(order),
        county_(order.area.substr(0, 6)),
        places_(session, county_, china_date(ground.now)),
        words_(session, ground.policies, county_),
        policy_(ground.policies.classifier.policy_of(session, county_)),
        names_(policy_->schemes(), order.area, order.from) {}

  void read(db::Session& session, const TakeRow& take) const {
    planning::PlannedFilter filter;
    filter.area = order_.area;
    filter.month = planning::month_of(order_.from);
    filter.limit = kRowsAtOnce;
    do {
      planning::PlannedPage page = planning::list_planned(session, filter, ground_.now);
      std::vector<Id> people;
      for (const planning::PlannedVisit& planned : page.items) {
        if (people.empty() || people.back() != planned.person) people.push_back(planned.person);
      }
      auto files =
          registry::load_exported(session, ground_.keys, county_, people, china_date(ground_.now), order_.masked());
      for (const planning::PlannedVisit& planned : page.items) {
        auto file = files.find(planned.person);
        take(row(planned, file == files.end() ? "" : file->second.person.citizen_number));
      }
      filter.after = page.next;
    } while (!filter.after.empty());
  }

 private:
  Cells row(const planning::PlannedVisit& planned, const std::string& number) const {
    OwedWords owed = words_.of(planned);
    return {text_cell(places_.town(planned.village)),
            text_cell(places_.village(planned.village)),
            text_cell(planned.name),
            text_cell(number),
            text_cell(names_.tier(planned.tier)),
            text_cell(owed.text.zh),
            text_cell(owed.clause),
            date_cell(planned.first_day),
            date_cell(planned.last_day),
            date_cell(planned.due_day),
            number_cell(planned.min),
            number_cell(planned.counted),
            text_cell(methods_of(planned)),
            text_cell(state_of(planned)),
            planned.met_on ? date_cell(*planned.met_on) : excel::Cell(),
            text_cell(format_id(planned.person))};
  }

  Ground ground_;
  Order order_;
  std::string county_;
  Places places_;
  ObligationWords words_;
  std::shared_ptr<const registry::CountyPolicy> policy_;
  Names names_;
};

}  // namespace

Export obligations_list(db::Session& session, const Ground& ground, const Order& order) {
  auto rows = std::make_shared<ObligationRows>(session, ground, order);
  std::vector<Column> columns = {
      {"乡镇（街道）", CellType::text, 14, false}, {"村（社区）", CellType::text, 14, false},
      {"姓名", CellType::text, 10, false},         {"公民身份号码", CellType::text, 20, true},
      {"层级", CellType::text, 10, false},         {"应探访", CellType::text, 28, false},
      {"依据", CellType::text, 12, false},         {"起", CellType::date, 12, false},
      {"止", CellType::date, 12, false},           {"应于", CellType::date, 12, false},
      {"次数", CellType::number, 8, false},        {"已计", CellType::number, 8, false},
      {"方式", CellType::text, 16, false},         {"状态", CellType::text, 10, false},
      {"完成日期", CellType::date, 12, false},     {"编号", CellType::text, 15, false}};
  return {"应探访任务", std::move(columns),
          [rows](db::Session& reader, const TakeRow& take) { rows->read(reader, take); }};
}

}  // namespace tanfang::app::exports
