#include "ledgers/children_facts.h"

#include <vector>

#include "ledgers/children_cell.h"

namespace tanfang::ledgers {
namespace {

struct Child {
  std::string place;  // same_town, …, together, or empty
  bool stands_for_all = false;
};

bool is_value(const Said* said) { return said != nullptr && said->kind == Said::Kind::value; }

std::string child_text(const Child& child, const ChildrenSaid& said, std::size_t all) {
  std::string text = "{\"alive\":true";
  auto add = [&](std::string_view name, std::string_view value) {
    text += ",\"";
    text += name;
    text += "\":";
    text += value;
  };
  bool together = child.place == "together";
  if (together) {
    add("lives_in", "\"same_town\"");
  } else if (!child.place.empty()) {
    add("lives_in", '"' + child.place + '"');
  }
  if (together) {
    add("lives_together", "true");
  } else if (said.lives_with_child && (!*said.lives_with_child || (all == 1 && !child.stands_for_all))) {
    // Who lives with nobody's child lives with none; who lives with a child and has one lives with that one.
    add("lives_together", *said.lives_with_child ? "true" : "false");
  }
  if (is_value(said.away_half_year)) {
    add("away", said.away_half_year->value);
    add("away_half_year", said.away_half_year->value);
  } else if (is_value(said.away)) {
    add("away", said.away->value);
  }
  if (is_value(said.returns)) add("returns_within_half_year", said.returns->value);
  if (child.stands_for_all) add("stands_for_all", "true");
  return text + "}";
}

/// Children by place. `count` -1: the number is unknown, one entry stands for all who live there.
std::vector<Child> spread(int count, const std::vector<std::pair<int, std::string>>& places) {
  std::vector<Child> children;
  int said = 0;
  bool all_counted = !places.empty();
  for (const auto& [number, place] : places) {
    said += number;
    all_counted = all_counted && number > 0;
  }
  bool each_one = static_cast<int>(places.size()) == count && said == 0;
  if (all_counted && (count < 0 || said == count)) {
    for (const auto& [number, place] : places)
      children.insert(children.end(), static_cast<std::size_t>(number), {place, false});
  } else if (each_one) {
    for (const auto& [number, place] : places) children.push_back({place, false});
  } else if (count < 0) {
    for (const auto& [number, place] : places) children.push_back({place, true});
  } else {
    Child one{places.size() == 1 ? places[0].second : std::string(), false};
    children.assign(static_cast<std::size_t>(count), one);
  }
  return children;
}

}  // namespace

std::string children_fact(const ChildrenSaid& said, bool& contradicts) {
  int count = -1;
  bool exist = false;
  std::vector<std::pair<int, std::string>> places;
  bool none = false;
  for (const Said* one : {said.count, said.description, said.places}) {
    if (!is_value(one)) continue;
    if (one->count == 0) none = true;
    if (one->count > 0 && count < 0) count = one->count;
    if (places.empty()) places = one->places;
    exist = exist || one->value == "some";
  }
  for (auto& [number, place] : places) place = place_seen_from(said.area, place);
  exist = exist || count > 0 || !places.empty();
  bool away = is_value(said.away_half_year) && said.away_half_year->value == "true";
  if (none && (exist || away)) {
    contradicts = true;
    return {};
  }
  if (none) return "[]";
  if (!exist && !away) return {};
  std::vector<Child> children = spread(count, places);
  if (children.empty()) children.push_back({"", true});
  std::string text;
  for (const Child& child : children) {
    text += text.empty() ? "[" : ",";
    text += child_text(child, said, children.size());
  }
  return text + "]";
}

}  // namespace tanfang::ledgers
