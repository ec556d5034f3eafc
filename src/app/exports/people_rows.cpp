#include "app/exports/people_rows.h"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "app/exports/cells.h"
#include "app/names.h"
#include "app/printing/prefilled.h"
#include "base/text.h"
#include "registry/for_exports.h"
#include "reports/for_exports.h"

namespace tanfang::app::exports {
namespace {

namespace js = boost::json;

constexpr int kRowsAtOnce = 512;

bool is_number(std::string_view source) { return source == "row.number" || source == "person.age"; }
bool is_date(std::string_view source) { return source == "person.birth_date" || source == "person.registered_on"; }
bool is_personal(std::string_view source) {
  return source == "person.citizen_number" || source == "person.phone" || source == "person.address" ||
         source == "person.household" || source.starts_with("emergency_contact.") || source.starts_with("supporter.") ||
         source.starts_with("helper.");
}
double width_of(std::string_view source) {
  if (source == "person.citizen_number") return 20;
  if (source == "person.address" || source == "person.household") return 28;
  if (source.ends_with("phone") || source == "person.id") return 15;
  return is_number(source) ? 8 : 12;
}

std::string household_text(const js::array& rows) {
  std::string text;
  for (const js::value& row : rows) {
    std::string parts;
    for (const char* name : {"relation", "sex", "citizen_number", "health"}) {
      const js::value* part = row.as_object().if_contains(name);
      if (part == nullptr || !part->is_string()) continue;
      std::string_view said = part->get_string();
      parts += (parts.empty() ? "" : "，") + std::string(said == "male" ? "男" : said == "female" ? "女" : said);
    }
    const js::value* name = row.as_object().if_contains("name");
    text += (text.empty() ? "" : "；") + std::string(name && name->is_string() ? name->get_string() : js::string());
    if (!parts.empty()) text += "（" + parts + "）";
  }
  return text;
}

/// What every row of one list rests on.
class PeopleRows {
 public:
  PeopleRows(db::Session& session, const Ground& ground, const Order& order, std::vector<PeopleColumn> columns,
             std::vector<std::string> categories)
      : ground_(ground),
        order_(order),
        columns_(std::move(columns)),
        categories_(std::move(categories)),
        today_(china_date(ground.now)),
        county_(order.area.substr(0, 6)),
        places_(session, county_, today_),
        policy_(ground.policies.classifier.policy_of(session, county_)),
        names_(policy_->schemes(), order.area, today_) {
    // A form of the columns: what fills forms fills them too.
    forms::Section section;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      forms::Field field;
      field.code = std::to_string(i);
      field.prefill = columns_[i].source;
      section.fields.push_back(std::move(field));
      facts_.push_back(columns_[i].source.starts_with("fact.")
                           ? policy_->schemes().vocabulary().find(columns_[i].source.substr(5))
                           : nullptr);
    }
    form_.sections.push_back(std::move(section));
  }

  std::vector<Column> columns() const {
    std::vector<Column> made;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const PeopleColumn& column = columns_[i];
      Column one{column.heading, CellType::text, column.width > 0 ? column.width : width_of(column.source),
                 is_personal(column.source)};
      bool coded = column.as_text || !column.codes.empty();
      if (!coded && (is_date(column.source) || is_fact(i, schemes::FactType::date))) one.type = CellType::date;
      if (!coded && (is_number(column.source) || is_fact(i, schemes::FactType::integer))) one.type = CellType::number;
      made.push_back(std::move(one));
    }
    return made;
  }

  void read(db::Session& session, const TakeRow& take) const {
    reports::Registered after;
    std::int64_t number = 0;
    for (;;) {
      auto listed = reports::list_registered(session, order_.area, today_, after, kRowsAtOnce);
      std::vector<Id> people;
      for (const auto& person : listed) people.push_back(person.person);
      auto files = registry::load_exported(session, ground_.keys, county_, people, today_, order_.masked());
      for (const auto& person : listed) {
        const registry::ExportedFile& file = files.at(person.person);
        const registry::Classification* verdict = verdict_of(file);
        if (is_asked_for(verdict)) take(row(person, file, verdict, ++number));
      }
      if (listed.size() < static_cast<std::size_t>(kRowsAtOnce)) return;
      after = listed.back();
    }
  }

 private:
  bool is_fact(std::size_t column, schemes::FactType type) const {
    return facts_[column] != nullptr && facts_[column]->type == type;
  }

  const registry::Classification* verdict_of(const registry::ExportedFile& file) const {
    auto schemes = policy_->in_force(file.person.area, today_);
    return schemes.empty() ? nullptr : file.verdict_of(schemes.front()->id);
  }

  bool is_asked_for(const registry::Classification* verdict) const {
    if (categories_.empty()) return true;
    return verdict != nullptr && std::any_of(categories_.begin(), categories_.end(), [&](const std::string& category) {
             const auto& all = verdict->categories;
             return std::find(all.begin(), all.end(), category) != all.end();
           });
  }

  Cells row(const reports::Registered& listed, const registry::ExportedFile& file,
            const registry::Classification* verdict, std::int64_t number) const {
    Prefilling from{file.person, verdict, places_.town(file.person.area), places_.village(file.person.area), nullptr,
                    0,           today_};
    js::object values = prefilled(form_, from);
    Cells cells;
    cells.reserve(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& source = columns_[i].source;
      const js::value* value = values.if_contains(form_.sections[0].fields[i].code);
      if (source.empty()) {
        cells.push_back(text_cell(columns_[i].text));
      } else if (source == "row.number") {
        cells.push_back(number_cell(static_cast<double>(number)));
      } else if (value != nullptr) {
        cells.push_back(cell(i, *value));
      } else {
        cells.push_back(cell(i, own_value(source, listed, file.person)));
      }
    }
    return cells;
  }

  /// What forms do not ask for.
  js::value own_value(std::string_view source, const reports::Registered& listed,
                      const registry::Person& person) const {
    if (source == "person.id") return js::value(format_id(listed.person));
    if (source == "person.birth_date") return js::value(person.birth_date.iso());
    if (source == "person.status") return js::value(listed.status);
    if (source == "person.county") return js::value(places_.county());
    if (source == "area.code") return js::value(person.area);
    if (source == "area.town_code") return js::value(person.area.substr(0, 9));
    return nullptr;
  }

  excel::Cell cell(std::size_t column, const js::value& value) const {
    if (value.is_null()) return {};
    const PeopleColumn& asked = columns_[column];
    bool coded = asked.as_text || !asked.codes.empty();
    if (value.is_number() && !coded) return number_cell(value.to_number<double>());
    if (value.is_string() && !coded && (is_date(asked.source) || is_fact(column, schemes::FactType::date))) {
      if (auto day = Date::parse(value.get_string())) return date_cell(*day);
    }
    return text_cell(words(column, value));
  }

  std::string words(std::size_t column, const js::value& value) const {
    const PeopleColumn& asked = columns_[column];
    if (!value.is_array()) return word(column, value);
    const js::array& items = value.get_array();
    if (asked.source == "person.household") return household_text(items);
    if (items.empty()) {
      auto none = asked.codes.find("[]");
      return none == asked.codes.end() ? "无" : none->second;
    }
    std::string text;
    for (const js::value& item : items) text += (text.empty() ? "" : "、") + word(column, item);
    return text;
  }

  std::string word(std::size_t column, const js::value& value) const {
    const PeopleColumn& asked = columns_[column];
    std::string plain = value.is_string() ? std::string(value.get_string()) : js::serialize(value);
    if (auto code = asked.codes.find(plain); code != asked.codes.end()) return code->second;
    if (value.is_bool()) return value.get_bool() ? "是" : "否";
    if (value.is_object()) return "";  // a list of people, such as children: no single word says it
    if (asked.source == "person.sex") return plain == "female" ? "女" : "男";
    if (asked.source == "person.tier") return names_.tier(plain);
    if (asked.source == "person.categories") return names_.category(plain);
    if (asked.source == "person.status") return status_name(plain);
    if (facts_[column] == nullptr) return plain;
    const schemes::Labelled* known = facts_[column]->find_value(plain);
    return known == nullptr ? plain : known->words.zh;
  }

  Ground ground_;
  Order order_;
  std::vector<PeopleColumn> columns_;
  std::vector<std::string> categories_;
  Date today_;
  std::string county_;
  Places places_;
  std::shared_ptr<const registry::CountyPolicy> policy_;
  Names names_;
  forms::Form form_;
  std::vector<const schemes::FactDeclaration*> facts_;
};

Export list_of(db::Session& session, const Ground& ground, const Order& order, std::string title,
               std::vector<PeopleColumn> columns, std::vector<std::string> categories) {
  auto rows = std::make_shared<PeopleRows>(session, ground, order, std::move(columns), std::move(categories));
  return {std::move(title), rows->columns(),
          [rows](db::Session& reader, const TakeRow& take) { rows->read(reader, take); }};
}

/// The form that the scheme has for files, else the record form, whose first parts are about the file.
const forms::Form* form_of(const Ground& ground, const registry::CountyPolicy& policy, const std::string& area,
                           Date today) {
  for (const schemes::Scheme* scheme : policy.in_force(area, today)) {
    for (forms::FormUse use : {forms::FormUse::registration, forms::FormUse::visit}) {
      for (const forms::Form* form : ground.forms.all()) {
        if (form->use == use && form->id.starts_with(scheme->id + "/")) return form;
      }
    }
  }
  return nullptr;
}

/// Its fields of the file, each with the words of the one before it where its own stand twice.
std::vector<PeopleColumn> columns_of(const forms::Form& form) {
  std::vector<PeopleColumn> columns;
  std::map<std::string, int> times;
  std::vector<std::string> before;
  for (const forms::Section& section : form.sections) {
    if (section.filled_by != forms::FilledBy::person) continue;
    std::string last;
    for (const forms::Field& field : section.fields) {
      if (field.kind == forms::FieldKind::signature) continue;
      PeopleColumn column;
      column.heading = field.label.zh;
      if (!field.unit.empty() && column.heading.find(field.unit) == std::string::npos) {
        column.heading += "（" + field.unit + "）";
      }
      column.source = field.prefill.starts_with("visit.") ? "" : field.prefill;
      ++times[column.heading];
      before.push_back(last);
      last = replaced(column.heading, "姓名", "");
      columns.push_back(std::move(column));
    }
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (times[columns[i].heading] > 1) columns[i].heading = before[i] + columns[i].heading;
  }
  return columns;
}

PeopleColumn column(const char* heading, const char* source) {
  PeopleColumn made;
  made.heading = heading;
  made.source = source;
  return made;
}

}  // namespace

Places::Places(db::Session& session, const std::string& county, Date on)
    : county_(county), areas_(registry::AreaIndex::from_table(session, county, on)) {}

std::string Places::county() const {
  const registry::Area* found = areas_.find(county_);
  return found == nullptr ? county_ : found->name;
}

std::string Places::name(const std::string& area, std::size_t digits) const {
  const registry::Area* found = area.size() < digits ? nullptr : areas_.find(area.substr(0, digits));
  return found == nullptr ? "" : found->name;
}

Export registry_list(db::Session& session, const Ground& ground, const Order& order) {
  Date today = china_date(ground.now);
  auto policy = ground.policies.classifier.policy_of(session, order.area.substr(0, 6));
  const forms::Form* form = form_of(ground, *policy, order.area, today);
  std::vector<PeopleColumn> own = form == nullptr ? std::vector<PeopleColumn>() : columns_of(*form);
  std::vector<PeopleColumn> columns = {column("序号", "row.number"), column("编号", "person.id"),
                                       column("乡镇（街道）", "person.town"), column("村（社区）", "person.village")};
  // What a ledger needs stands in every register, whatever the form asks.
  for (const PeopleColumn& needed :
       {column("姓名", "person.name"), column("性别", "person.sex"), column("公民身份号码", "person.citizen_number"),
        column("出生日期", "person.birth_date")}) {
    bool asked =
        std::any_of(own.begin(), own.end(), [&](const PeopleColumn& one) { return one.source == needed.source; });
    if (!asked) columns.push_back(needed);
  }
  for (PeopleColumn& one : own) {
    if (one.source != "person.town" && one.source != "person.village") columns.push_back(std::move(one));
  }
  std::string title = (form == nullptr ? "特殊困难老年人" : form->title.zh) + "（名册）";
  return list_of(session, ground, order, std::move(title), std::move(columns), {});
}

Export template_list(db::Session& session, const Ground& ground, const Order& order, const Template& made) {
  return list_of(session, ground, order, made.title.zh, made.columns, made.categories);
}

}  // namespace tanfang::app::exports
