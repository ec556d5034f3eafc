#include "app/commands/scheme_text.h"

#include <fmt/format.h>

#include <boost/json/value.hpp>

namespace tanfang::app {
namespace {

using namespace schemes;
namespace bj = boost::json;

const Words& window_words(Window window) {
  static const Words kWords[] = {{"每周", "each week"},
                                 {"每半月", "each half-month"},
                                 {"每月", "each month"},
                                 {"每季度", "each quarter"},
                                 {"每半年", "each half-year"},
                                 {"每年", "each year"},
                                 {"距上次探访", "since the last visit"},
                                 {"事件之后", "after an event"}};
  return kWords[static_cast<int>(window)];
}

std::string label(const std::vector<Labelled>& labels, std::string_view id, bool english) {
  for (const Labelled& each : labels) {
    if (each.id == id) return in_language(each.words, english);
  }
  return std::string(id);
}

std::string methods_text(MethodSet methods, bool english) {
  std::string out;
  for (int i = 0; i < kMethodCount; ++i) {
    auto method = static_cast<Method>(i);
    if (!methods.holds(method)) continue;
    if (!out.empty()) out += english ? ", " : "、";
    out += in_language(words_of(method), english);
  }
  return out;
}

std::string one_line(std::string text) {
  std::string out;
  for (char c : text) {
    bool space = c == '\n' || c == ' ';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out.push_back(space ? ' ' : c);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string often_text(const Scheme& scheme, const Owed& owed, bool english) {
  if (owed.window == Window::interval) {
    return english ? fmt::format("{} visit(s) within {} days of the last", owed.min, owed.days)
                   : fmt::format("距上次探访 {} 天内 {} 次", owed.days, owed.min);
  }
  if (owed.window == Window::after_event) {
    std::string event = label(scheme.events, owed.event, english);
    return english ? fmt::format("{} visit(s) within {} hours of: {}", owed.min, owed.hours, event)
                   : fmt::format("{}后 {} 小时内 {} 次", event, owed.hours, owed.min);
  }
  const std::string& window = in_language(window_words(owed.window), english);
  return english ? fmt::format("{} visit(s) {}", owed.min, window) : fmt::format("{} {} 次", window, owed.min);
}

void head(const Scheme& scheme, bool english, std::string& out) {
  out += fmt::format("{}  {}\n", scheme.id, in_language(scheme.title, english));
  out += english ? fmt::format("version {}, in force from {}", scheme.version, scheme.in_force.iso())
                 : fmt::format("版本 {}，{} 起施行", scheme.version, scheme.in_force.iso());
  if (scheme.until) out += (english ? " until " : "，至 ") + scheme.until->iso();
  if (scheme.national_floor) {
    out += english ? "; the floor everywhere\n" : "；全国底线\n";
  } else {
    out += (english ? "; area " : "；适用地区 ") + scheme.area + "\n";
  }
}

void choices(const std::vector<MethodChoice>& methods, bool english, std::string_view indent, std::string& out) {
  for (const MethodChoice& choice : methods) {
    std::string when = choice.when.empty() ? "" : (english ? " when " : " 条件：") + one_line(choice.when);
    std::string mark = choice.mark.empty() ? "" : (english ? ", mark " : "，标记 ") + choice.mark;
    out += fmt::format("{}{}{}{}（{}）\n", indent, methods_text(choice.methods, english), when, mark, choice.cite);
  }
}

void named_rules(const Scheme& scheme, bool english, std::string& out) {
  if (!scheme.definitions.empty()) out += english ? "\nDefinitions and scores\n" : "\n定义与评分\n";
  for (const NamedRule& rule : scheme.definitions) {
    std::string of = rule.of.empty() ? "" : " [" + rule.of + "]";
    out += fmt::format("  {}{} {}（{}）\n", rule.id, of, in_language(rule.words, english), rule.cite);
    if (!rule.rule.empty()) out += "      " + one_line(rule.rule) + "\n";
    for (const NamedRule::Points& line : rule.points)
      out += fmt::format("      {} ← {}\n", one_line(line.points), one_line(line.when));
  }
}

void general(const Scheme& scheme, bool english, std::string& out) {
  if (!scheme.methods.empty()) {
    out += english ? "\nMethods, where a line has none of its own: the first that fits\n"
                   : "\n探访方式（未单列的，按第一项符合的）\n";
    choices(scheme.methods, english, "  ", out);
  }
  for (const Labelled& mark : scheme.marks)
    out += fmt::format("{} {} {}\n", english ? "  mark" : "  标记", mark.id, in_language(mark.words, english));
  out += english ? fmt::format("\nFirst visit within {} days\n", scheme.first_visit_days)
                 : fmt::format("\n首次探访：{} 天内\n", scheme.first_visit_days);
  std::string remote = methods_text(scheme.epidemic_methods, english);
  std::string cite = scheme.epidemic_cite.empty() ? "" : "（" + scheme.epidemic_cite + "）";
  out += english ? fmt::format("Where home visits are impossible: {}, {} times as many{}\n", remote,
                               scheme.epidemic_multiplier, cite)
                 : fmt::format("不能上门期间：{}，次数乘以 {}{}\n", remote, scheme.epidemic_multiplier, cite);
  bool add = scheme.below_floor == BelowFloor::add;
  if (scheme.national_floor) return;
  out += english ? fmt::format("Whom only the national scheme includes: {}\n", add ? "owed visits" : "reported")
                 : fmt::format("仅国家方案包括的人：{}\n", add ? "按国家方案探访" : "列示");
}

void rules(const Scheme& scheme, bool english, std::string& out) {
  if (!scheme.eligible_rule.empty()) {
    out += fmt::format("\n{}（{}）\n  {}\n", english ? "Eligible" : "符合条件", scheme.eligible_cite,
                       one_line(scheme.eligible_rule));
  }
  out += english ? "\nCategories\n" : "\n对象类别\n";
  for (const Category& category : scheme.categories) {
    out += fmt::format("  {} {}（{}）{}\n", category.id, in_language(category.words, english), category.cite,
                       category.makes_eligible ? ""
                       : english               ? " only reported"
                                               : " 仅列示");
    if (!category.rule.empty()) out += "      " + one_line(category.rule) + "\n";
  }
  out += english ? "\nTiers, highest first\n" : "\n等级（由高到低）\n";
  for (const Tier& tier : scheme.tiers) {
    out += fmt::format("  {} {}（{}）\n", tier.id, in_language(tier.words, english), tier.cite);
    std::string rest = english ? "everyone else who is eligible" : "其余符合条件者";
    out += "      " + (tier.rule.empty() ? rest : one_line(tier.rule)) + "\n";
    for (const Owed& owed : tier.owed) {
      std::string when = owed.when.empty() ? "" : (english ? ", when " : "，条件：") + one_line(owed.when);
      out += fmt::format("      → {}{}（{}）\n", often_text(scheme, owed, english), when, owed.cite);
      choices(owed.methods, english, "          ", out);
    }
  }
}

void settings(const Scheme& scheme, bool english, std::string& out) {
  out += english ? "\nSettings\n" : "\n设置\n";
  for (const Setting& setting : scheme.settings) {
    std::string_view local = !setting.local ? "" : english ? ", local decision" : "，本地决定";
    out += fmt::format("  {} = {}  {}（{}{}）\n", setting.id, setting.value, in_language(setting.words, english),
                       setting.cite, local);
    if (!in_language(setting.note, english).empty()) out += "      " + in_language(setting.note, english) + "\n";
  }
}

void dues(const Scheme& scheme, bool english, std::string& out) {
  if (scheme.due_day > 0) {
    out += english
               ? fmt::format("\nIn time by day {} of the window's last month ({})\n", scheme.due_day, scheme.due_cite)
               : fmt::format("\n每期最后一个月 {} 日前完成（{}）\n", scheme.due_day, scheme.due_cite);
  }
  if (!scheme.rounds.festivals.empty()) {
    std::string names;
    for (const Festival& festival : scheme.rounds.festivals)
      names += (names.empty() ? "" : english ? ", " : "、") + in_language(festival.words, english);
    bool both = scheme.rounds.visit_also_meets_window;
    out += english
               ? fmt::format("\nFestival rounds, {} days: {}; {} ({})\n", scheme.rounds.festival_days, names,
                             both ? "one visit may meet round and window" : "extra to the windows", scheme.rounds.cite)
               : fmt::format("\n节日探访（节前 {} 天内）：{}；{}（{}）\n", scheme.rounds.festival_days, names,
                             both ? "同一次探访可兼作当期探访" : "在当期探访之外增加", scheme.rounds.cite);
  }
  for (const Season& season : scheme.seasons) {
    out += fmt::format("{}{} {:02}-{:02} – {:02}-{:02}（{}）\n", &season == &scheme.seasons.front() ? "\n" : "",
                       in_language(season.words, english), season.from_month, season.from_day, season.to_month,
                       season.to_day, season.cite);
  }
}

void provisions(const Scheme& scheme, bool english, std::string& out) {
  if (scheme.provisions.empty()) return;
  out += english ? "\nOther provisions\n" : "\n其他规定\n";
  for (const Provision& provision : scheme.provisions) {
    out += fmt::format("  [{}] {}（{}）\n", provision.kind, in_language(provision.words, english), provision.cite);
  }
}

bj::object words_json(const Words& words) { return {{"zh", words.zh}, {"en", words.en}}; }

bj::array names_json(MethodSet methods) {
  bj::array out;
  for (int i = 0; i < kMethodCount; ++i) {
    if (methods.holds(static_cast<Method>(i))) out.emplace_back(name_of(static_cast<Method>(i)));
  }
  return out;
}

bj::array choices_json(const std::vector<MethodChoice>& choices) {
  bj::array out;
  for (const MethodChoice& choice : choices) {
    out.push_back(bj::object{{"when", one_line(choice.when)},
                             {"methods", names_json(choice.methods)},
                             {"mark", choice.mark},
                             {"cite", choice.cite}});
  }
  return out;
}

bj::array definitions_json(const Scheme& scheme) {
  bj::array out;
  for (const NamedRule& rule : scheme.definitions) {
    bj::array points;
    for (const NamedRule::Points& line : rule.points)
      points.push_back(
          bj::object{{"when", one_line(line.when)}, {"points", one_line(line.points)}, {"cite", line.cite}});
    bj::object item{{"id", rule.id}, {"text", words_json(rule.words)}, {"cite", rule.cite}};
    if (!rule.of.empty()) item["of"] = rule.of;
    if (rule.points.empty()) {
      item["rule"] = one_line(rule.rule);
    } else {
      item["points"] = std::move(points);
    }
    out.push_back(std::move(item));
  }
  return out;
}

bj::object tier_json(const Tier& tier) {
  bj::array owed;
  for (const Owed& line : tier.owed) {
    bj::object item{{"window", name_of(line.window)}, {"min", line.min}, {"cite", line.cite}};
    item["when"] = one_line(line.when);
    item["methods"] = choices_json(line.methods);
    if (line.window == Window::interval) item["days"] = line.days;
    if (line.window == Window::after_event) {
      item["event"] = line.event;
      item["hours"] = line.hours;
    }
    owed.push_back(std::move(item));
  }
  return {{"id", tier.id},
          {"text", words_json(tier.words)},
          {"rule", one_line(tier.rule)},
          {"cite", tier.cite},
          {"owed", std::move(owed)}};
}

bj::array labels_json(const std::vector<Labelled>& labels) {
  bj::array out;
  for (const Labelled& each : labels) out.push_back(bj::object{{"id", each.id}, {"text", words_json(each.words)}});
  return out;
}

bj::array seasons_json(const Scheme& scheme) {
  bj::array out;
  for (const Season& season : scheme.seasons) {
    out.push_back(bj::object{{"id", season.id},
                             {"text", words_json(season.words)},
                             {"from", fmt::format("{:02}-{:02}", season.from_month, season.from_day)},
                             {"to", fmt::format("{:02}-{:02}", season.to_month, season.to_day)},
                             {"cite", season.cite}});
  }
  return out;
}

bj::object rounds_json(const Rounds& rounds) {
  bj::array festivals;
  for (const Festival& festival : rounds.festivals) {
    festivals.push_back(bj::object{{"id", festival.id}, {"text", words_json(festival.words)}});
  }
  return {{"festivals", std::move(festivals)},
          {"festival_days", rounds.festival_days},
          {"visit_also_meets_window", rounds.visit_also_meets_window},
          {"on_weather", rounds.on_weather},
          {"cite", rounds.cite}};
}

/// `children[].alive` as people say it, the path behind it.
std::string fact_words(const Vocabulary& vocabulary, const std::string& path, bool english) {
  std::size_t member = path.find("[].");
  const FactDeclaration* fact = vocabulary.find(path.substr(0, member));
  if (!fact) return path;
  std::string out = in_language(fact->words, english);
  for (const FactDeclaration& each : fact->members) {
    if (member == std::string::npos || each.name != path.substr(member + 3)) continue;
    out += (english ? ": " : "：") + in_language(each.words, english);
  }
  return out + (english ? " (" : "（") + path + (english ? ")" : "）");
}

}  // namespace

const std::string& in_language(const Words& words, bool english) { return english ? words.en : words.zh; }

std::string often_text(const Scheme& scheme, const Obligation& owed, bool english) {
  return often_text(scheme, {owed.window, owed.min, owed.days, std::string(owed.event), owed.hours, "", {}, {}},
                    english);
}

std::string owed_text(const Scheme& scheme, const Obligation& owed, bool english) {
  std::string out =
      often_text(scheme, owed, english) + (english ? ": " : "，方式：") + methods_text(owed.methods, english);
  if (!owed.mark.empty()) out += (english ? "; " : "；") + label(scheme.marks, owed.mark, english);
  return out;
}

std::string scheme_text(const Scheme& scheme, bool english) {
  std::string out;
  head(scheme, english, out);
  rules(scheme, english, out);
  named_rules(scheme, english, out);
  general(scheme, english, out);
  settings(scheme, english, out);
  dues(scheme, english, out);
  provisions(scheme, english, out);
  return out;
}

bj::object scheme_json(const Scheme& scheme) {
  bj::object out{{"id", scheme.id},
                 {"version", scheme.version},
                 {"in_force", scheme.in_force.iso()},
                 {"title", words_json(scheme.title)},
                 {"area", scheme.area},
                 {"national_floor", scheme.national_floor},
                 {"due_day", scheme.due_day},
                 {"first_visit_days", scheme.first_visit_days},
                 {"eligible", bj::object{{"rule", one_line(scheme.eligible_rule)}, {"cite", scheme.eligible_cite}}},
                 {"definitions", definitions_json(scheme)},
                 {"methods", choices_json(scheme.methods)},
                 {"epidemic", bj::object{{"multiplier", scheme.epidemic_multiplier},
                                         {"methods", names_json(scheme.epidemic_methods)},
                                         {"cite", scheme.epidemic_cite}}},
                 {"below_floor", scheme.below_floor == BelowFloor::add ? "add" : "report"}};
  out["until"] = scheme.until ? bj::value(scheme.until->iso()) : bj::value();
  out["marks"] = labels_json(scheme.marks);
  bj::array categories;
  for (const Category& category : scheme.categories) {
    categories.push_back(bj::object{{"id", category.id},
                                    {"text", words_json(category.words)},
                                    {"rule", one_line(category.rule)},
                                    {"cite", category.cite},
                                    {"makes_eligible", category.makes_eligible}});
  }
  bj::array tiers;
  for (const Tier& tier : scheme.tiers) tiers.push_back(tier_json(tier));
  bj::array settings;
  for (const Setting& setting : scheme.settings) {
    settings.push_back(bj::object{{"id", setting.id},
                                  {"value", setting.value},
                                  {"text", words_json(setting.words)},
                                  {"note", words_json(setting.note)},
                                  {"cite", setting.cite},
                                  {"local", setting.local}});
  }
  bj::array provisions;
  for (const Provision& provision : scheme.provisions) {
    provisions.push_back(bj::object{{"kind", provision.kind},
                                    {"id", provision.id},
                                    {"text", words_json(provision.words)},
                                    {"cite", provision.cite}});
  }
  out["categories"] = std::move(categories);
  out["tiers"] = std::move(tiers);
  out["settings"] = std::move(settings);
  out["provisions"] = std::move(provisions);
  out["events"] = labels_json(scheme.events);
  out["seasons"] = seasons_json(scheme);
  out["rounds"] = rounds_json(scheme.rounds);
  return out;
}

std::string verdict_text(const Scheme& scheme, const Facts& facts, Date on, bool english) {
  Verdict verdict = classify(scheme, facts, on);
  std::string out = fmt::format("{}  {}\n\n", in_language(scheme.title, english), on.iso());
  for (const Reason& reason : reasons(scheme, facts, on, verdict))
    out += "· " + in_language(reason.text, english) + "\n";
  out += "\n";
  for (const Obligation& owed : verdict.obligations)
    out += (english ? "Owed: " : "应探访：") + owed_text(scheme, owed, english) + "\n";
  if (verdict.obligations.empty()) out += english ? "Nothing is owed.\n" : "没有应探访的义务。\n";
  std::vector<std::string> missing;
  for (const std::string& path : missing_facts(scheme, facts, on, verdict))
    missing.push_back(fact_words(facts.vocabulary(), path, english));
  if (!missing.empty())
    out += fmt::format("{}{}\n", english ? "To be found out: " : "待补充的事实：",
                       fmt::join(missing, english ? ", " : "、"));
  return out;
}

}  // namespace tanfang::app
