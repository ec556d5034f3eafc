#include "app/json/forms_json.h"

#include <array>
#include <boost/json.hpp>
#include <cmath>

namespace tanfang::app {
namespace {

namespace js = boost::json;

js::object words_json(const Words& words) { return {{"zh", words.zh}, {"en", words.en}}; }

js::value text_or_null(const std::string& text) { return text.empty() ? js::value(nullptr) : js::value(text); }

/// Whole numbers as such: 1, not 1E0.
js::value number_or_null(const std::optional<double>& number) {
  if (!number) return nullptr;
  if (std::trunc(*number) == *number && std::abs(*number) < 1e15) return static_cast<std::int64_t>(*number);
  return *number;
}

js::array list_of(const std::vector<std::string>& words) { return js::array(words.begin(), words.end()); }

js::value condition_json(const std::optional<forms::Condition>& condition);

js::object condition_json(const forms::Condition& condition) {
  constexpr std::array<std::string_view, 8> kKinds = {"answer", "answered", "fact", "method",
                                                      "season", "all",      "any",  "none"};
  js::object made{{"kind", kKinds[static_cast<std::size_t>(condition.kind)]}};
  if (condition.kind >= forms::Condition::Kind::all) {
    js::array parts;
    for (const forms::Condition& part : condition.parts) parts.push_back(condition_json(part));
    made["parts"] = std::move(parts);
    return made;
  }
  if (!condition.subject.empty()) made["subject"] = condition.subject;
  made["values"] = list_of(condition.values);
  return made;
}

js::value condition_json(const std::optional<forms::Condition>& condition) {
  return condition ? js::value(condition_json(*condition)) : js::value(nullptr);
}

js::array options_json(const std::vector<forms::Option>& options) {
  js::array made;
  for (const forms::Option& option : options) {
    made.push_back(
        js::object{{"code", option.code},
                   {"label", words_json(option.label)},
                   {"effect", option.effect ? js::value(forms::name_of(*option.effect)) : js::value(nullptr)},
                   {"blank", text_or_null(option.blank)}});
  }
  return made;
}

js::object field_json(const forms::Field& field) {
  js::object made{{"code", field.code},
                  {"label", words_json(field.label)},
                  {"kind", forms::name_of(field.kind)},
                  {"required", field.required},
                  {"required_when", condition_json(field.required_when)},
                  {"unit", text_or_null(field.unit)},
                  {"prefill", text_or_null(field.prefill)},
                  {"indicator", text_or_null(field.indicator)}};
  using forms::FieldKind;
  if (field.kind == FieldKind::choice || field.kind == FieldKind::choices)
    made["options"] = options_json(field.options);
  if (field.kind == FieldKind::integer || field.kind == FieldKind::decimal) {
    made["minimum"] = number_or_null(field.minimum);
    made["maximum"] = number_or_null(field.maximum);
  }
  if (field.kind == FieldKind::text) made["max_length"] = field.max_length;
  if (field.kind == FieldKind::rows) {
    made["max_rows"] = field.max_length;
    js::array columns;
    for (const forms::Field& column : field.columns) columns.push_back(field_json(column));
    made["columns"] = std::move(columns);
  }
  if (field.cell) {
    made["cell"] = js::object{{"row", field.cell->row},
                              {"label", field.cell->label},
                              {"width", field.cell->width},
                              {"height", field.cell->height}};
  }
  return made;
}

js::array blocks_json(const forms::Form& form) {
  js::array made;
  for (const forms::Block& block : form.blocks) {
    made.push_back(js::object{{"code", block.code},
                              {"title", words_json(block.title)},
                              {"side", list_of(block.side)},
                              {"repeat", text_or_null(block.repeat)}});
  }
  return made;
}

js::array sections_json(const forms::Form& form) {
  js::array made;
  for (const forms::Section& section : form.sections) {
    js::array fields;
    for (const forms::Field& field : section.fields) fields.push_back(field_json(field));
    made.push_back(js::object{{"code", section.code},
                              {"title", words_json(section.title)},
                              {"filled_by", forms::name_of(section.filled_by)},
                              {"block", text_or_null(section.block)},
                              {"fields", std::move(fields)}});
  }
  return made;
}

}  // namespace

js::object form_head_json(const forms::Form& form) {
  return {{"id", form.id},
          {"version", form.version},
          {"use", forms::name_of(form.use)},
          {"title", words_json(form.title)},
          {"cite", form.cite}};
}

js::object form_json(const forms::Form& form, const forms::Form* supplement) {
  js::object made = form_head_json(form);
  made["grid_columns"] = form.grid_columns;
  made["blocks"] = blocks_json(form);
  made["sections"] = sections_json(form);
  made["supplement"] = supplement ? js::value(form_json(*supplement, nullptr)) : js::value(nullptr);
  return made;
}

}  // namespace tanfang::app
