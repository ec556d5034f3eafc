#include "schemes/parts_reader.h"

#include <algorithm>
#include <charconv>

#include "base/area_code.h"
#include "base/solar_terms.h"
#include "platform/files/files.h"

namespace tanfang::schemes {
namespace {

struct TypeName {
  std::string_view name;
  FactType type;
};
constexpr TypeName kTypes[] = {{"bool", FactType::boolean},  {"boolean", FactType::boolean},
                               {"int", FactType::integer},   {"integer", FactType::integer},
                               {"choice", FactType::choice}, {"enum", FactType::choice},
                               {"set", FactType::set},       {"date", FactType::date},
                               {"area", FactType::area},     {"list", FactType::list}};

std::optional<FactType> parse_type(std::string_view name) {
  for (const TypeName& type : kTypes) {
    if (type.name == name) return type.type;
  }
  return std::nullopt;
}

/// A key that says nothing of a fact of this type.
void only_for(Table& table, const std::string& key, bool fits, const std::string& types) {
  if (fits || !table.find(key)) return;
  table.mistakes().error(table.place(key), table.name() + " 的 " + key + " 只用于类型 " + types,
                         table.name() + ": " + key + " belongs to the type " + types + " only");
}

void read_values(Table& table, FactDeclaration& fact) {
  for (Table& value : table.tables("values")) {
    value.rename("values of " + fact.name);
    fact.values.push_back(read_labelled(value));
    const std::string& id = fact.values.back().id;
    bool twice = std::count_if(fact.values.begin(), fact.values.end(),
                               [&](const Labelled& other) { return !id.empty() && other.id == id; }) > 1;
    if (twice) {
      table.mistakes().fatal(value.place(), table.name() + " 的取值 “" + id + "” 重复",
                             table.name() + ": value \"" + id + "\" stands twice");
    }
  }
  bool needed = fact.type == FactType::choice || fact.type == FactType::set;
  if (needed && fact.values.empty()) {
    table.mistakes().fatal(table.place("values"), table.name() + " 缺少取值 values = [{id, text, text_en}, …]",
                           table.name() + ": values = [{id, text, text_en}, …] are missing");
  }
  if (fact.values.size() > 60) {
    table.mistakes().fatal(table.place("values"), table.name() + " 取值超过 60 个",
                           table.name() + ": more than 60 values");
    fact.values.resize(60);
  }
}

void read_members(Table& table, FactDeclaration& fact) {
  for (Table& member : table.tables("member")) {
    FactDeclaration declaration = read_fact(member);
    if (declaration.type == FactType::list) {
      table.mistakes().fatal(member.place(), "列表之中不能再有列表", "a list cannot hold lists");
    } else {
      fact.members.push_back(std::move(declaration));
    }
  }
  if (fact.type == FactType::list && fact.members.empty()) {
    table.mistakes().fatal(table.place(), table.name() + " 列表缺少 [[fact.member]]",
                           table.name() + ": a list needs [[fact.member]]");
  }
}

SettingDraft::Type type_of_text(const std::string& text) {
  return is_area_code(text) ? SettingDraft::Type::area : SettingDraft::Type::choice;
}

void read_default(Table& table, SettingDraft& draft) {
  const toml::Node* node = table.find("default");
  if (!node) {
    table.mistakes().fatal(table.place(), table.name() + " 缺少默认值 default", table.name() + ": default is missing");
    return;
  }
  switch (node->kind) {
    case toml::Kind::boolean:
      draft.type = SettingDraft::Type::boolean;
      draft.number = node->boolean;
      draft.setting.value = node->boolean ? "true" : "false";
      return;
    case toml::Kind::integer:
      draft.type = SettingDraft::Type::integer;
      draft.number = node->integer;
      draft.setting.value = std::to_string(node->integer);
      return;
    case toml::Kind::date:
      draft.type = SettingDraft::Type::date;
      draft.number = node->date.days();
      draft.setting.value = node->date.iso();
      return;
    case toml::Kind::string:
      draft.type = type_of_text(node->string);
      draft.text = node->string;
      draft.setting.value = "\"" + node->string + "\"";
      return;
    default:
      table.mistakes().fatal(table.place("default"), table.name() + " 的 default 应为整数、true/false、日期或文字",
                             table.name() + ": default must be a whole number, true or false, a date or a text");
  }
}

void check_bounds(Table& table, const SettingDraft& draft) {
  bool low = draft.min && draft.number < *draft.min;
  bool high = draft.max && draft.number > *draft.max;
  bool listed =
      draft.values.empty() || std::find(draft.values.begin(), draft.values.end(), draft.text) != draft.values.end();
  if (low || high || !listed) {
    table.mistakes().fatal(table.place("default"), table.name() + " 的 default 超出允许范围",
                           table.name() + ": default is out of the range that min, max or values allow");
  }
}

void read_festival_day(Table& table, Festival& festival) {
  std::string lunar = table.text("lunar");
  std::string date = table.text("date");
  std::string term = table.text("solar_term");
  const toml::Node* dates = table.find("dates");
  int given = !lunar.empty() + !date.empty() + !term.empty() + (dates != nullptr);
  Mistakes& mistakes = table.mistakes();
  if (given != 1) {
    mistakes.fatal(table.place(), table.name() + " 没有日期：lunar、date、solar_term、dates 写且只写一个",
                   table.name() + ": no date; give exactly one of lunar, date, solar_term, dates");
    return;
  }
  bool ok = true;
  if (!lunar.empty()) {
    festival.kind = Festival::Kind::lunar;
    ok = read_month_day(lunar, festival.month, festival.day) && festival.day <= 30;
  } else if (!date.empty()) {
    festival.kind = Festival::Kind::calendar;
    ok = read_month_day(date, festival.month, festival.day);
  } else if (!term.empty()) {
    festival.kind = Festival::Kind::solar_term;
    auto known = parse_solar_term(term);
    festival.term = known.value_or(0);
    ok = known.has_value();
  } else {
    festival.kind = Festival::Kind::dates;
    for (const toml::Node& item : dates->items) {
      if (item.kind == toml::Kind::date) festival.dates.push_back(item.date);
      ok = ok && item.kind == toml::Kind::date;
    }
    ok = ok && !festival.dates.empty();
  }
  if (!ok) {
    const char* key = !lunar.empty() ? "lunar" : !date.empty() ? "date" : !term.empty() ? "solar_term" : "dates";
    mistakes.fatal(
        table.place(key),
        table.name() +
            " 的日期无法识别：lunar = \"8-15\"、date = \"10-01\"、solar_term = \"qingming\" 或 dates = [2024-10-01]",
        table.name() +
            ": unreadable date; write lunar = \"8-15\", date = \"10-01\", solar_term = \"qingming\" or dates = "
            "[2024-10-01]");
  }
}

}  // namespace

bool read_month_day(std::string_view text, int& month, int& day) {
  const char* end = text.data() + text.size();
  auto first = std::from_chars(text.data(), end, month);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return false;
  auto second = std::from_chars(first.ptr + 1, end, day);
  return second.ec == std::errc() && second.ptr == end && Date::from_ymd(2024, month, day).has_value();
}

Labelled read_labelled(Table& table) {
  Labelled out;
  out.id = table.id();
  if (!out.id.empty()) table.rename(table.name() + " " + out.id);
  out.words = table.words("text");
  table.finish();
  return out;
}

FactDeclaration read_fact(Table& table) {
  FactDeclaration fact;
  fact.name = table.id();
  if (!fact.name.empty()) table.rename(table.name() + " " + fact.name);
  std::string type = table.text("type", true);
  auto known = parse_type(type);
  if (!known && !type.empty()) {
    table.mistakes().fatal(table.place("type"),
                           "没有类型 “" + type + "”，可用 bool、int、choice、set、date、area、list",
                           "there is no type \"" + type + "\"; use bool, int, choice, set, date, area or list");
  }
  fact.type = known.value_or(FactType::boolean);
  fact.words = table.words("text");
  fact.unit = table.words("unit", false);
  fact.min = table.integer("min", 0, -1'000'000'000, 1'000'000'000);
  fact.max = table.integer("max", 1'000'000, -1'000'000'000, 1'000'000'000);
  if (fact.min > fact.max) {
    table.mistakes().fatal(table.place(table.find("min") ? "min" : "max"), table.name() + " 的 min 大于 max",
                           table.name() + ": min is greater than max");
  }
  fact.ordered = table.boolean("ordered", false);
  only_for(table, "ordered", fact.type == FactType::choice, "choice");
  only_for(table, "values", fact.type == FactType::choice || fact.type == FactType::set, "choice, set");
  only_for(table, "min", fact.type == FactType::integer, "int");
  only_for(table, "max", fact.type == FactType::integer, "int");
  read_values(table, fact);
  read_members(table, fact);
  table.finish();
  return fact;
}

DefinitionDraft read_definition(Table& table) {
  DefinitionDraft out;
  out.id = table.id();
  if (!out.id.empty()) table.rename(table.name() + " " + out.id);
  out.place = table.place();
  out.id_place = table.place("id");
  out.words = table.words("text");
  out.unit = table.words("unit", false);
  out.cite = table.cite();
  out.rule = table.rule("rule", true);
  std::string of = table.text("of");
  if (!of.empty()) {
    std::size_t in = of.find(" in ");
    if (in == std::string::npos) {
      table.mistakes().fatal(table.place("of"), table.name() + " 的 of 应写作 \"child in children\"",
                             table.name() + ": of must be written as \"child in children\"");
    } else {
      out.variable = of.substr(0, in);
      out.list = of.substr(in + 4);
    }
  }
  table.finish();
  return out;
}

DefinitionDraft read_score(Table& table) {
  DefinitionDraft out;
  out.is_score = true;
  out.id = table.id();
  if (!out.id.empty()) table.rename(table.name() + " " + out.id);
  out.place = table.place();
  out.id_place = table.place("id");
  out.words = table.words("text");
  out.unit = table.words("unit", false);
  if (out.unit.zh.empty()) out.unit = {"分", "points"};
  out.cite = table.cite();
  for (Table& line : table.tables("points")) {
    line.rename("[[score.points]] of " + out.id);
    PointsDraft points;
    points.when = line.rule("when", true);
    points.points = line.rule("points", true);
    points.cite = line.text("cite");
    line.finish();
    out.points.push_back(std::move(points));
  }
  if (out.points.empty()) {
    table.mistakes().fatal(table.place(), table.name() + " 缺少 [[score.points]]",
                           table.name() + ": [[score.points]] are missing");
  }
  table.finish();
  return out;
}

SettingDraft read_setting(Table& table) {
  SettingDraft draft;
  draft.setting.id = table.id();
  if (!draft.setting.id.empty()) table.rename(table.name() + " " + draft.setting.id);
  draft.place = table.place();
  draft.id_place = table.place("id");
  draft.values_place = table.place("values");
  draft.setting.words = table.words("text");
  draft.setting.cite = table.cite();
  draft.setting.local = table.boolean("local", true);
  draft.setting.note = table.words("note", false);
  read_default(table, draft);
  constexpr std::int64_t kFar = 1'000'000'000;
  if (table.find("min")) draft.min = table.integer("min", 0, -kFar, kFar);
  if (table.find("max")) draft.max = table.integer("max", 0, -kFar, kFar);
  draft.values = table.texts("values");
  check_bounds(table, draft);
  table.finish();
  return draft;
}

Festival read_festival(Table& table) {
  Festival festival;
  festival.id = table.id();
  if (!festival.id.empty()) table.rename(table.name() + " " + festival.id);
  festival.words = table.words("text");
  read_festival_day(table, festival);
  table.finish();
  return festival;
}

std::optional<toml::Node> read_toml(const std::string& path, Mistakes& mistakes) {
  std::string text = files::read_whole(path, 8u << 20);
  toml::Mistake mistake;
  auto node = toml::parse(text, mistake);
  if (!node) {
    mistakes.fatal({path, mistake.line}, "TOML 语法错误：" + mistake.text, "TOML syntax: " + mistake.text);
  }
  return node;
}

}  // namespace tanfang::schemes
