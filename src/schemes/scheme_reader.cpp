#include "schemes/scheme_reader.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/area_code.h"
#include "schemes/parts_reader.h"
#include "schemes/tiers_reader.h"

namespace tanfang::schemes {
namespace {

CategoryDraft read_category(Table& table, const Common& common) {
  CategoryDraft draft;
  draft.place = table.place();
  draft.id_place = table.place("id");
  draft.category.id = table.id();
  if (!draft.category.id.empty()) table.rename("[[category]] " + draft.category.id);
  auto shared = std::find_if(common.categories.begin(), common.categories.end(),
                             [&](const Labelled& category) { return category.id == draft.category.id; });
  draft.category.words = table.words("text", shared == common.categories.end());
  if (shared != common.categories.end()) {
    if (draft.category.words.zh.empty()) draft.category.words.zh = shared->words.zh;
    if (draft.category.words.en.empty()) draft.category.words.en = shared->words.en;
  }
  draft.category.cite = table.cite();
  draft.rule = table.rule("rule");
  draft.category.makes_eligible = table.boolean("makes_eligible", true);
  table.finish();
  return draft;
}

Season read_season(Table& table) {
  Season season;
  season.id = table.id();
  if (!season.id.empty()) table.rename("[[season]] " + season.id);
  season.words = table.words("text");
  season.cite = table.cite();
  bool from = read_month_day(table.text("from", true), season.from_month, season.from_day);
  bool to = read_month_day(table.text("to", true), season.to_month, season.to_day);
  if (!from || !to) {
    table.mistakes().fatal(table.place(from ? "to" : "from"), table.name() + " 的 from 和 to 应写作 \"06-01\"",
                           table.name() + ": from and to must be written as \"06-01\"");
  }
  table.finish();
  return season;
}

Provision read_provision(Table& table) {
  Provision out;
  out.kind = table.id("kind");
  out.id = table.id();
  if (!out.id.empty()) table.rename("[[provision]] " + out.id);
  out.words = table.words("text");
  out.cite = table.cite();
  table.finish();
  return out;
}

/// An id that stands for two things of one kind.
class TakenIds {
 public:
  TakenIds(std::string zh, std::string en) : zh_(std::move(zh)), en_(std::move(en)) {}
  void add(const Table& table, const std::string& id) {
    if (id.empty()) return;
    auto [found, fresh] = lines_.emplace(id, table.place().line);
    if (fresh) return;
    std::string line = std::to_string(found->second);
    table.mistakes().fatal(table.place("id"), zh_ + " “" + id + "” 重复，第 " + line + " 行已有",
                           en_ + " \"" + id + "\" stands twice; see line " + line);
  }

 private:
  std::string zh_, en_;
  std::map<std::string, int> lines_;
};

void choose_festivals(Table& table, const Common& common, const std::vector<Festival>& own, Rounds& rounds) {
  bool given = table.find("festivals") != nullptr;
  std::vector<std::string> chosen = given ? table.texts("festivals") : common.default_festivals;
  for (const std::string& id : chosen) {
    if (std::count(chosen.begin(), chosen.end(), id) > 1) {
      table.mistakes().fatal(table.place("festivals"), "节日 “" + id + "” 列了两次",
                             "festival \"" + id + "\" is listed twice");
    }
    auto named = [&](const Festival& festival) { return festival.id == id; };
    auto mine = std::find_if(own.begin(), own.end(), named);
    auto shared = std::find_if(common.festivals.begin(), common.festivals.end(), named);
    if (mine != own.end()) {
      rounds.festivals.push_back(*mine);
    } else if (shared != common.festivals.end()) {
      rounds.festivals.push_back(*shared);
    } else {
      std::vector<std::string> names;
      for (const Festival& festival : common.festivals) names.push_back(festival.id);
      Words hint = suggestion(id, names);
      table.mistakes().fatal(table.place("festivals"), "没有节日 “" + id + "”，请用 [[festival]] 写明日期" + hint.zh,
                             "there is no festival \"" + id + "\"; give it a date in [[festival]]" + hint.en);
    }
  }
}

void read_rounds(Table& file, const Common& common, Rounds& rounds) {
  std::vector<Festival> own;
  std::vector<Place> places;
  TakenIds taken("节日", "festival");
  for (Table& table : file.tables("festival")) {
    places.push_back(table.place());
    own.push_back(read_festival(table));
    const std::string& id = own.back().id;
    taken.add(table, id);
    bool known = std::any_of(common.festivals.begin(), common.festivals.end(),
                             [&](const Festival& festival) { return festival.id == id; });
    if (known) {
      file.mistakes().fatal(table.place("id"), "节日 “" + id + "” 是通用节日，请换一个 id",
                            "festival \"" + id + "\" is a known one; take another id");
    }
  }
  auto table = file.table("rounds");
  if (table) {
    choose_festivals(*table, common, own, rounds);
    rounds.festival_days = static_cast<int>(table->integer("festival_days", 7, 1, 60));
    rounds.visit_also_meets_window = table->boolean("visit_also_meets_window", false);
    rounds.on_weather = table->boolean("on_weather", true);
    rounds.cite = table->cite();
    table->finish();
  }
  for (std::size_t i = 0; i < own.size(); ++i) {
    bool used = std::any_of(rounds.festivals.begin(), rounds.festivals.end(),
                            [&](const Festival& festival) { return festival.id == own[i].id; });
    if (!used) {
      file.mistakes().warn(places[i], "节日 “" + own[i].id + "” 没有列入 [rounds] 的 festivals",
                           "festival \"" + own[i].id + "\" is not listed in festivals of [rounds]");
    }
  }
}

void read_dues(Table& file, Draft& draft) {
  Scheme& scheme = draft.scheme;
  if (auto due = file.table("due")) {
    scheme.due_day = static_cast<int>(due->integer("day", 0, 1, 31));
    if (!due->find("day")) {
      file.mistakes().fatal(due->place(), "[due] 缺少 day", "[due]: day is missing");
    }
    scheme.due_cite = due->cite();
    due->finish();
  }
  scheme.epidemic_methods = *parse_methods("phone,video");
  if (auto epidemic = file.table("epidemic")) {
    draft.epidemic_multiplier = epidemic->rule("multiplier");
    MethodSet methods = read_methods(*epidemic, false);
    if (!methods.empty()) scheme.epidemic_methods = methods;
    scheme.epidemic_cite = epidemic->cite();
    epidemic->finish();
  }
  draft.first_visit_days = file.rule("first_visit_days");
  std::string below = file.text("below_floor");
  scheme.below_floor = below == "add" ? BelowFloor::add : BelowFloor::report;
  if (!below.empty() && below != "add" && below != "report") {
    file.mistakes().fatal(file.place("below_floor"), "below_floor 只能是 add 或 report",
                          "below_floor must be add or report");
  }
}

void read_head(Table& file, Draft& draft) {
  Scheme& scheme = draft.scheme;
  scheme.id = file.id("id", true);
  auto in_force = file.date("in_force", true);
  draft.in_force_place = file.find("in_force") ? file.place("in_force") : draft.place;
  scheme.in_force = in_force.value_or(Date());
  scheme.until = file.date("until");
  if (scheme.until && in_force && *scheme.until < *in_force) {
    file.mistakes().fatal(file.place("until"), "until 早于 in_force", "until is before in_force");
  }
  scheme.version = file.text("version");
  if (scheme.version.empty() && in_force) scheme.version = in_force->iso();
  scheme.title = file.words("title");
  scheme.short_title = file.words("short", false);
  if (scheme.short_title.zh.empty()) scheme.short_title.zh = scheme.title.zh;
  if (scheme.short_title.en.empty()) scheme.short_title.en = scheme.title.en;
  scheme.national_floor = file.boolean("national_floor", false);
  scheme.area = file.text("area", !scheme.national_floor);
  if (scheme.national_floor && !scheme.area.empty()) {
    file.mistakes().fatal(file.place("area"), "national_floor = true 的方案适用于全国，请去掉 area",
                          "a scheme with national_floor = true is in force everywhere: leave area out");
  }
  if (!scheme.area.empty() && !is_area_code(scheme.area)) {
    file.mistakes().fatal(file.place("area"), "area 应为 2、4、6、9 或 12 位区划代码",
                          "area must be an area code of 2, 4, 6, 9 or 12 digits");
  }
  scheme.supplement = file.texts("supplement");
  file.text("source");
}

std::vector<Place> read_labels(Table& file, std::string_view key, TakenIds taken, std::vector<Labelled>& out) {
  std::vector<Place> places;
  for (Table& table : file.tables(key)) {
    places.push_back(table.place("id"));
    out.push_back(read_labelled(table));
    taken.add(table, out.back().id);
  }
  return places;
}

void read_parts(Table& file, const Common& common, Draft& draft) {
  for (Table& table : file.tables("fact")) {
    draft.fact_places.push_back(table.place("id"));
    draft.facts.push_back(read_fact(table));
  }
  for (Table& table : file.tables("setting")) draft.settings.push_back(read_setting(table));
  for (Table& table : file.tables("definition")) draft.definitions.push_back(read_definition(table));
  for (Table& table : file.tables("score")) draft.definitions.push_back(read_score(table));
  if (auto eligible = file.table("eligible")) {
    draft.eligible = eligible->rule("rule", true);
    draft.eligible_cite = eligible->cite();
    eligible->finish();
  }
  for (Table& table : file.tables("category")) draft.categories.push_back(read_category(table, common));
  for (Table& table : file.tables("tier")) draft.tiers.push_back(read_tier(table));
  draft.methods = read_method_choice(file, "method");
  draft.event_places = read_labels(file, "event", {"事件", "event"}, draft.scheme.events);
  draft.scheme.marks = common.marks;
  read_labels(file, "mark", {"标记", "mark"}, draft.scheme.marks);
  TakenIds seasons("季节", "season");
  for (Table& table : file.tables("season")) {
    draft.scheme.seasons.push_back(read_season(table));
    seasons.add(table, draft.scheme.seasons.back().id);
  }
  TakenIds provisions("规定", "provision");
  for (Table& table : file.tables("provision")) {
    draft.scheme.provisions.push_back(read_provision(table));
    const Provision& read = draft.scheme.provisions.back();
    provisions.add(table, read.id.empty() ? "" : read.kind + " " + read.id);
  }
}

}  // namespace

std::optional<Draft> read_scheme(const std::string& path, const Common& common, Mistakes& mistakes) {
  auto node = read_toml(path, mistakes);
  if (!node) return std::nullopt;
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  Table file(*node, path, std::filesystem::path(path).filename().string(), mistakes);
  Draft draft;
  draft.place = {path, 1};
  draft.scheme.folder = folder.string();
  read_head(file, draft);
  read_dues(file, draft);
  read_parts(file, common, draft);
  read_rounds(file, common, draft.scheme.rounds);
  file.finish();
  std::string stem = std::filesystem::path(path).stem().string();
  std::string table = "cases" + (stem.size() > 6 ? stem.substr(6) : std::string()) + ".jsonl";
  if (std::filesystem::exists(folder / table)) draft.case_table = (folder / table).string();
  return draft;
}

}  // namespace tanfang::schemes
