// What one form must satisfy beyond its shape: codes, options, ranges, indicators, scales, conditions.
#include <algorithm>
#include <array>
#include <set>

#include "forms/forms_grid.h"
#include "forms/forms_names.h"
#include "forms/forms_reader.h"

namespace tanfang::forms {
namespace {

/// What a field may be filled from before anybody writes: `fact.<name>` or one of these.
constexpr std::array<std::string_view, 38> kSources{"visit.date",
                                                    "visit.year",
                                                    "visit.quarter",
                                                    "person.town",
                                                    "visit.number",
                                                    "visit.visitor",
                                                    "visit.method",
                                                    "visit.town",
                                                    "visit.village",
                                                    "visit.clerk",
                                                    "visit.signature",
                                                    "visitor.name",
                                                    "visitor.sex",
                                                    "visitor.age",
                                                    "visitor.citizen_number",
                                                    "visitor.kind",
                                                    "person.name",
                                                    "person.sex",
                                                    "person.age",
                                                    "person.birth_month",
                                                    "person.citizen_number",
                                                    "person.phone",
                                                    "person.address",
                                                    "person.village",
                                                    "person.house_number",
                                                    "person.area",
                                                    "person.registered_on",
                                                    "person.household",
                                                    "person.categories",
                                                    "person.tier",
                                                    "person.visits_per_month",
                                                    "emergency_contact.name",
                                                    "emergency_contact.phone",
                                                    "helper.name",
                                                    "helper.phone",
                                                    "helper.unit",
                                                    "supporter.name",
                                                    "supporter.phone"};

bool is_number(FieldKind kind) { return kind == FieldKind::integer || kind == FieldKind::decimal; }
bool is_choice(FieldKind kind) { return kind == FieldKind::choice || kind == FieldKind::choices; }

const Option* find_option(const Field& field, std::string_view code) {
  for (const Option& option : field.options) {
    if (option.code == code) return &option;
  }
  return nullptr;
}

class FormLint {
 public:
  FormLint(const Form& form, const Form* supplement, const Vocabulary& vocabulary, const SchemeNames& names,
           Mistakes& mistakes)
      : form_(form), supplement_(supplement), vocabulary_(vocabulary), names_(names), mistakes_(mistakes) {}

  void run() {
    check_supplement();
    check_blocks();
    std::set<std::string> sections;
    for (const Section& section : form_.sections) {
      if (!sections.insert(section.code).second) repeated(section.line, section.code);
      for (const Field& field : section.fields) {
        if (!fields_.insert(field.code).second) repeated(field.line, field.code);
        check_field(field);
        check_indicator(field, section.filled_by);
      }
      check_grid(form_, section, mistakes_);
    }
    if (supplement_ == nullptr) return;
    for (const Section& section : supplement_->sections) {
      for (const Field& field : section.fields) {
        if (fields_.contains(field.code)) {
          mistakes_.error(form_.find(field.code)->line, "字段 " + field.code + " 在附表中又出现",
                          "field " + field.code + " is in the supplement too");
        }
      }
    }
  }

 private:
  void repeated(int line, const std::string& code) {
    mistakes_.error(line, "代码 " + code + " 重复", "code " + code + " is used twice");
  }

  /// A field of the form or its supplement.
  const Field* known(std::string_view code) const {
    const Field* field = form_.find(code);
    return field == nullptr && supplement_ != nullptr ? supplement_->find(code) : field;
  }

  void check_supplement() {
    if (form_.supplement.empty()) return;
    if (supplement_ == nullptr || supplement_->use != FormUse::supplement) {
      mistakes_.error(form_.supplement_line, "没有附表 " + form_.supplement,
                      "there is no supplement " + form_.supplement);
    }
  }

  void check_blocks() {
    std::set<std::string> codes;
    for (const Block& block : form_.blocks) {
      if (!codes.insert(block.code).second) repeated(block.line, block.code);
      for (const std::string& side : block.side) {
        if (form_.find(side) == nullptr) unknown_field(block.line, side);
      }
    }
    for (const Section& section : form_.sections) {
      if (section.block.empty() || codes.contains(section.block)) continue;
      mistakes_.error(section.line, "没有区块 " + section.block, "there is no block " + section.block);
    }
  }

  void unknown_field(int line, const std::string& code) {
    mistakes_.error(line, "没有字段 " + code, "there is no field " + code);
  }

  void check_field(const Field& field) {
    check_range(field);
    check_options(field);
    if ((field.kind == FieldKind::rows) != !field.columns.empty()) {
      mistakes_.error(field.line, "rows 要有 columns，其他类型不能有",
                      "rows need columns, other kinds may not have them");
    }
    std::set<std::string> columns;
    for (const Field& column : field.columns) {
      if (!columns.insert(column.code).second) repeated(column.line, column.code);
      check_field(column);
    }
    if (field.required_when) check_condition(*field.required_when, field.line);
    check_prefill(field);
  }

  void check_range(const Field& field) {
    bool ranged = field.minimum || field.maximum;
    if (ranged && !is_number(field.kind)) {
      mistakes_.error(field.line, "min、max 只用于 integer 和 decimal", "min and max are for integer and decimal only");
    }
    if (field.minimum && field.maximum && *field.minimum > *field.maximum) {
      mistakes_.error(field.line, "min 大于 max", "min is above max");
    }
  }

  void check_options(const Field& field) {
    if (!field.list.empty() && vocabulary_.list(field.list) == nullptr) {
      mistakes_.error(field.line, "没有列表 " + field.list, "there is no list " + field.list);
    }
    bool has_options = !field.options.empty() || !field.scale.empty() || !field.list.empty();
    if (has_options != is_choice(field.kind)) {
      mistakes_.error(field.line, "choice、choices 要有 options 或 scale，其他类型不能有",
                      "choice and choices need options or a scale, other kinds may not have them");
    }
    std::set<std::string> codes;
    for (const Option& option : field.options) {
      if (!codes.insert(option.code).second) repeated(field.line, option.code);
      if (!option.box.empty() && (option.box == option.code || find_option(field, option.box) == nullptr)) {
        mistakes_.error(field.line, "没有可打勾的方框 " + option.box, "there is no box " + option.box + " to tick");
      }
      if (option.box_when) check_condition(*option.box_when, field.line);
      if (!option.blank.empty() && known(option.blank) == nullptr) unknown_field(field.line, option.blank);
    }
  }

  void check_prefill(const Field& field) {
    if (field.prefill.empty()) return;
    bool fact = field.prefill.starts_with("fact.");
    if (fact) check_fact(field.prefill.substr(5), field.line);
    if (!fact && std::find(kSources.begin(), kSources.end(), field.prefill) == kSources.end()) {
      mistakes_.error(field.line, "不能从 " + field.prefill + " 预填", "cannot be prefilled from " + field.prefill);
    }
    if (field.required && field.prefill.starts_with("visit.")) {
      mistakes_.warning(field.line, "随记录自带的字段不必设为必填",
                        "what the record itself brings need not be required");
    }
  }

  void check_indicator(const Field& field, FilledBy filled_by) {
    if (field.indicator.empty()) {
      if (!field.scale.empty()) {
        mistakes_.error(field.line, "有量表而没有指标", "a scale without an indicator");
      }
      return;
    }
    const Indicator* indicator = vocabulary_.indicator(field.indicator);
    if (indicator == nullptr) {
      mistakes_.error(field.line, "没有指标 " + field.indicator, "no indicator knows " + field.indicator);
      return;
    }
    if (!indicators_.emplace(field.indicator, filled_by).second) {
      mistakes_.error(field.line, "指标 " + field.indicator + " 在表单中用了两次",
                      "indicator " + field.indicator + " is used twice in the form");
    }
    check_indicator_kind(field, *indicator);
  }

  void check_indicator_kind(const Field& field, const Indicator& indicator) {
    using Kind = IndicatorKind;
    bool fits = indicator.kind == Kind::number ? is_number(field.kind)
                : indicator.kind == Kind::code ? field.kind == FieldKind::choice || field.kind == FieldKind::yes_no
                                               : field.kind == FieldKind::choice;
    if (!fits) {
      mistakes_.error(field.line, "字段类型与指标 " + indicator.code + " 不合",
                      "the field's kind does not fit indicator " + indicator.code);
    }
    if (indicator.kind == Kind::number || indicator.kind == Kind::code || !fits) return;
    if (!field.scale.empty() && vocabulary_.scale(field.scale) == nullptr) {
      mistakes_.error(field.line, "没有量表 " + field.scale, "there is no scale " + field.scale);
      return;
    }
    for (const Option& option : field.options) check_effect(field, option, indicator.kind);
  }

  void check_effect(const Field& field, const Option& option, IndicatorKind kind) {
    if (!option.effect) {
      mistakes_.error(field.line, "量表没有选项 " + option.code, "the scale does not cover option " + option.code);
      return;
    }
    bool counts = *option.effect == Effect::more || *option.effect == Effect::fewer;
    if (*option.effect == Effect::same || counts == (kind == IndicatorKind::count_change)) {
      if (!counts) return;
      const Field* blank = option.blank.empty() ? nullptr : known(option.blank);
      if (blank != nullptr && blank->kind == FieldKind::integer) return;
      mistakes_.error(field.line, "选项 " + option.code + " 要有整数的 blank",
                      "option " + option.code + " needs an integer blank");
      return;
    }
    mistakes_.error(field.line, "选项 " + option.code + " 的 effect 与指标不合",
                    "the effect of option " + option.code + " does not fit the indicator");
  }

  void check_condition(const Condition& condition, int line) {
    using Kind = Condition::Kind;
    if (condition.kind == Kind::answer || condition.kind == Kind::answered) {
      const Field* field = known(condition.subject);
      if (field == nullptr) return unknown_field(line, condition.subject);
      for (const std::string& value : condition.values) check_value(*field, value, line);
    }
    if (condition.kind == Kind::method) {
      for (const std::string& method : condition.values) {
        if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
          mistakes_.error(line, "没有探访方式 " + method, "there is no method " + method);
        }
      }
    }
    if (condition.kind == Kind::season) {
      for (const std::string& season : condition.values) {
        if (names_.seasons.contains(season)) continue;
        mistakes_.error(line, "方案没有季节 " + season, "the scheme has no season " + season);
      }
    }
    if (condition.kind == Kind::fact) check_fact(condition.subject, line);
    for (const Condition& part : condition.parts) check_condition(part, line);
  }

  void check_fact(const std::string& fact, int line) {
    if (!names_.facts.contains(fact)) mistakes_.error(line, "没有事实 " + fact, "there is no fact " + fact);
  }

  void check_value(const Field& field, const std::string& value, int line) {
    bool possible = field.kind == FieldKind::yes_no ? value == "yes" || value == "no"
                    : is_choice(field.kind)         ? find_option(field, value) != nullptr
                                                    : true;
    if (possible) return;
    mistakes_.error(line, "字段 " + field.code + " 没有选项 " + value,
                    "field " + field.code + " has no option " + value);
  }

  const Form& form_;
  const Form* supplement_;
  const Vocabulary& vocabulary_;
  const SchemeNames& names_;
  Mistakes& mistakes_;
  std::set<std::string> fields_;
  std::set<std::pair<std::string, FilledBy>> indicators_;
};

}  // namespace

void check_form(const Form& form, const Form* supplement, const Vocabulary& vocabulary, const SchemeNames& names,
                Mistakes& mistakes) {
  FormLint(form, supplement, vocabulary, names, mistakes).run();
}

}  // namespace tanfang::forms
