#include "forms/forms_reader.h"

#include <utility>

#include "forms/forms_names.h"
#include "forms/forms_table.h"

namespace tanfang::forms {
namespace {

Condition read_condition(const Table& table, Mistakes& mistakes) {
  table.allow({"answer", "answered", "fact", "is", "method", "season", "all", "any", "none"});
  Condition condition;
  int kinds = 0;
  auto take = [&](std::string_view key, Condition::Kind kind) {
    if (!table.has(key)) return false;
    condition.kind = kind;
    ++kinds;
    return true;
  };
  if (take("answer", Condition::Kind::answer)) condition.subject = table.required_text("answer");
  if (take("answered", Condition::Kind::answered)) condition.subject = table.required_text("answered");
  if (take("fact", Condition::Kind::fact)) condition.subject = table.required_text("fact");
  if (take("method", Condition::Kind::method)) condition.values = table.texts("method");
  if (take("season", Condition::Kind::season)) condition.values = table.texts("season");
  for (auto [key, kind] : {std::pair{"all", Condition::Kind::all}, std::pair{"any", Condition::Kind::any},
                           std::pair{"none", Condition::Kind::none}}) {
    if (!take(key, kind)) continue;
    for (const Table& part : table.tables(key)) condition.parts.push_back(read_condition(part, mistakes));
  }
  bool asks_values = condition.kind == Condition::Kind::answer || condition.kind == Condition::Kind::fact;
  if (asks_values) condition.values = table.texts("is");
  bool empty = condition.values.empty() && condition.parts.empty() && condition.kind != Condition::Kind::answered;
  if (kinds != 1 || empty || table.has("is") != asks_values) {
    mistakes.error(table.line(),
                   "条件应正好写 answer（加 is）、answered、fact（加 is）、method、season、all、any、none 之一",
                   "a condition holds exactly one of answer (with is), answered, fact (with is), method, season, all, "
                   "any, none");
  }
  return condition;
}

Option read_option(const Table& table, Mistakes& mistakes) {
  table.allow({"code", "zh", "en", "effect", "box", "noted", "blank", "box_when"});
  Option option;
  option.code = table.code("code");
  option.label = table.words();
  if (table.has("effect")) option.effect = table.named<Effect>("effect", kEffects, Effect::same);
  option.box = table.text("box");
  option.noted = table.flag("noted", true);
  option.blank = table.text("blank");
  if (auto condition = table.table("box_when")) option.box_when = read_condition(*condition, mistakes);
  return option;
}

std::optional<Cell> read_cell(const Table& table, Mistakes& mistakes) {
  if (!table.has("cell")) return std::nullopt;
  std::vector<int> numbers = table.integers("cell");
  if (numbers.size() < 3 || numbers.size() > 4 || numbers[0] < 1 || (numbers.size() == 4 && numbers[3] < 1)) {
    mistakes.error(table.line(), "cell 应为 [行, 标签列数, 内容列数] 或再加行数",
                   "cell must be [row, label columns, answer columns] or with the number of rows behind");
    return std::nullopt;
  }
  return Cell{numbers[0], numbers[1], numbers[2], numbers.size() == 4 ? numbers[3] : 1};
}

Field read_field(const Table& table, bool column, Mistakes& mistakes) {
  table.allow({"code", "zh", "en", "kind", "options", "required", "required_when", "min", "max", "max_length", "unit",
               "prefill", "indicator", "scale", "list", "written", "columns", "cell"});
  Field field;
  field.line = table.line();
  field.code = table.code("code");
  field.label = table.words();
  field.kind = table.named<FieldKind>("kind", kFieldKinds, FieldKind::text);
  for (const Table& option : table.tables("options")) field.options.push_back(read_option(option, mistakes));
  field.required = table.flag("required", false);
  if (auto condition = table.table("required_when")) field.required_when = read_condition(*condition, mistakes);
  field.minimum = table.number("min");
  field.maximum = table.number("max");
  field.max_length = table.integer("max_length", field.kind == FieldKind::rows ? 20 : 500, 1, 10000);
  field.unit = table.text("unit");
  field.prefill = table.text("prefill");
  field.indicator = table.text("indicator");
  field.scale = table.text("scale");
  field.list = table.text("list");
  field.written = table.flag("written", false);
  for (const Table& inner : table.tables("columns")) field.columns.push_back(read_field(inner, true, mistakes));
  field.cell = read_cell(table, mistakes);
  if (column && (field.kind == FieldKind::rows || table.has("indicator") || table.has("cell"))) {
    mistakes.error(table.line(), "表格的列不能再有 rows、indicator 或 cell",
                   "a column of rows may not have rows, indicator or cell");
  }
  if (table.has("max_length") && field.kind != FieldKind::text && field.kind != FieldKind::rows) {
    mistakes.error(table.line(), "max_length 只用于 text 和 rows", "max_length is for text and rows only");
  }
  return field;
}

Section read_section(const Table& table, Mistakes& mistakes) {
  table.allow({"code", "zh", "en", "filled_by", "block", "side", "fields"});
  Section section;
  section.line = table.line();
  section.code = table.code("code");
  section.title = table.words();
  section.filled_by = table.named<FilledBy>("filled_by", kFilledBy, FilledBy::visit);
  section.block = table.text("block");
  section.side = table.flag("side", false);
  for (const Table& field : table.tables("fields")) section.fields.push_back(read_field(field, false, mistakes));
  if (section.fields.empty()) {
    mistakes.error(table.line(), "这一部分没有字段", "this section has no fields");
  }
  return section;
}

Block read_block(const Table& table) {
  table.allow({"code", "zh", "en", "side", "repeat"});
  Block block;
  block.line = table.line();
  block.code = table.code("code");
  block.title = table.words();
  block.side = table.texts("side");
  constexpr Names<bool, 1> kRepeats{{{"quarter", true}}};
  if (table.named<bool>("repeat", kRepeats, false)) block.repeat = "quarter";
  return block;
}

std::optional<toml::Node> parse_file(std::string_view text, Mistakes& mistakes) {
  toml::Mistake mistake;
  std::optional<toml::Node> root = toml::parse(text, mistake);
  if (!root) mistakes.error(mistake.line, "TOML 有误：" + mistake.text, "malformed TOML: " + mistake.text);
  return root;
}

template <typename Coded>
bool has_code(const std::vector<Coded>& known, const std::string& code) {
  for (const Coded& item : known) {
    if (item.code == code) return true;
  }
  return false;
}

void duplicate(Mistakes& mistakes, int line, const std::string& code) {
  mistakes.error(line, "代码 " + code + " 重复", "code " + code + " is used twice");
}

void read_scales(const Table& file, std::string_view key, std::vector<Scale>& scales, Mistakes& mistakes) {
  for (const Table& table : file.tables(key)) {
    table.allow({"code", "options"});
    Scale scale;
    scale.code = table.code("code");
    for (const Table& option : table.tables("options")) {
      Option read = read_option(option, mistakes);
      if (read.effect.has_value() != (key == "scale")) {
        mistakes.error(option.line(), "量表的选项要有 effect，列表的不能有",
                       "an option of a scale needs an effect, one of a list may not have it");
      }
      if (has_code(scale.options, read.code)) duplicate(mistakes, option.line(), read.code);
      scale.options.push_back(std::move(read));
    }
    if (scale.options.size() < 2) mistakes.error(table.line(), "至少要有两个选项", "two options are needed at least");
    if (has_code(scales, scale.code)) duplicate(mistakes, table.line(), scale.code);
    scales.push_back(std::move(scale));
  }
}

}  // namespace

Form read_form(std::string_view text, const std::string& id, Mistakes& mistakes) {
  Form form;
  form.id = id;
  std::optional<toml::Node> root = parse_file(text, mistakes);
  if (!root) return form;
  Table table(*root, mistakes);
  table.allow({"use", "version", "zh", "en", "cite", "copies", "copies_zh", "copies_en", "grid_columns", "supplement",
               "block", "section"});
  table.required_text("use");
  form.use = table.named<FormUse>("use", kFormUses, FormUse::visit);
  form.version = table.integer("version", 1, 1, 100000);
  form.title = table.words();
  form.cite = table.required_text("cite");
  form.copies = table.integer("copies", 1, 1, 20);
  form.copies_note = table.words("copies_", false);
  form.grid_columns = table.integer("grid_columns", 12, 1, 60);
  std::string supplement = table.text("supplement");
  if (!supplement.empty()) {
    form.supplement = id.substr(0, id.find('/') + 1) + supplement;
    form.supplement_line = root->find("supplement")->line;
  }
  for (const Table& block : table.tables("block")) form.blocks.push_back(read_block(block));
  for (const Table& section : table.tables("section")) form.sections.push_back(read_section(section, mistakes));
  if (form.sections.empty()) mistakes.error(1, "表单没有内容", "the form has no sections");
  return form;
}

void read_vocabulary(std::string_view text, Vocabulary& vocabulary, Mistakes& mistakes) {
  std::optional<toml::Node> root = parse_file(text, mistakes);
  if (!root) return;
  Table file(*root, mistakes);
  file.allow({"indicator", "scale", "list"});
  for (const Table& table : file.tables("indicator")) {
    table.allow({"code", "zh", "en", "kind"});
    Indicator indicator{table.code("code"), table.words(),
                        table.named<IndicatorKind>("kind", kIndicatorKinds, IndicatorKind::status)};
    if (has_code(vocabulary.indicators, indicator.code)) duplicate(mistakes, table.line(), indicator.code);
    vocabulary.indicators.push_back(std::move(indicator));
  }
  read_scales(file, "scale", vocabulary.scales, mistakes);
  read_scales(file, "list", vocabulary.lists, mistakes);
}

void read_scheme_names(std::string_view text, SchemeNames& names) {
  toml::Mistake mistake;
  std::optional<toml::Node> root = toml::parse(text, mistake);
  if (!root) return;
  auto take = [&](std::string_view key, std::set<std::string>& ids) {
    const toml::Node* tables = root->find(key);
    if (tables == nullptr) return;
    for (const toml::Node& table : tables->items) {
      const toml::Node* id = table.find("id");
      if (id != nullptr) ids.insert(id->string);
    }
  };
  take("season", names.seasons);
  take("fact", names.facts);
  const toml::Node* id = root->find("id");
  if (id != nullptr) names.scheme = {id->string, id->line};
  const toml::Node* supplement = root->find("supplement");
  if (supplement == nullptr) return;
  for (const toml::Node& item : supplement->items) names.indicators.push_back({item.string, item.line});
}

}  // namespace tanfang::forms
