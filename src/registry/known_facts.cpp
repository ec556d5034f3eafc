#include "registry/known_facts.h"

#include <algorithm>
#include <boost/json.hpp>

#include "platform/json/json.h"

namespace tanfang::registry {
namespace {

const FactValue* find_said(const FactValues& values, std::string_view fact) {
  auto found = std::find_if(values.begin(), values.end(), [&](const FactValue& value) { return value.fact == fact; });
  return found == values.end() ? nullptr : &*found;
}

Origin read_origin(const boost::json::array& line) {
  Origin origin;
  origin.statement = parse_id(line.at(0).as_string()).value();
  origin.source = parse_source(line.at(1).as_string()).value();
  origin.speaker = std::string(line.at(2).as_string());
  origin.date = Date::parse(line.at(3).as_string()).value();
  return origin;
}

}  // namespace

FactValues read_fact_values(std::string_view object_text) {
  FactValues values;
  const boost::json::value parsed = boost::json::parse(object_text);
  for (const auto& member : parsed.as_object()) {
    values.push_back({std::string(member.key()), boost::json::serialize(member.value())});
  }
  return values;
}

std::string write_fact_values(const FactValues& values) {
  std::string text = "{";
  for (const FactValue& value : values) {
    if (text.size() > 1) text += ',';
    json::append_quoted(text, value.fact);
    text += ':';
    text += value.value;
  }
  return text + "}";
}

KnownFacts::KnownFacts(std::string_view facts_text, std::string_view origins_text) {
  const boost::json::value lines = boost::json::parse(origins_text);
  std::vector<std::pair<std::string, std::size_t>> named;
  for (const boost::json::value& value : lines.as_array()) {
    const boost::json::array& line = value.as_array();
    for (std::size_t i = 4; i < line.size(); ++i) {
      named.emplace_back(std::string(line[i].as_string()), origins_.size());
    }
    origins_.push_back(read_origin(line));
  }
  for (FactValue& value : read_fact_values(facts_text)) {
    auto own = std::find_if(named.begin(), named.end(), [&](const auto& pair) { return pair.first == value.fact; });
    facts_.push_back({std::move(value.fact), std::move(value.value), own == named.end() ? 0 : own->second});
  }
}

std::string_view KnownFacts::value_of(std::string_view fact) const {
  auto found = std::lower_bound(facts_.begin(), facts_.end(), fact,
                                [](const Known& known, std::string_view name) { return known.fact < name; });
  return found != facts_.end() && found->fact == fact ? std::string_view(found->value) : std::string_view("null");
}

void KnownFacts::set(const FactValue& said, std::size_t origin) {
  auto place = std::lower_bound(facts_.begin(), facts_.end(), said.fact,
                                [](const Known& known, const std::string& name) { return known.fact < name; });
  if (place == facts_.end() || place->fact != said.fact) {
    facts_.insert(place, {said.fact, said.value, origin});
  } else {
    place->value = said.value;
    place->origin = origin;
  }
}

std::vector<std::string> KnownFacts::Taken::all() const {
  std::vector<std::string> names = changed;
  names.insert(names.end(), earlier.begin(), earlier.end());
  return names;
}

KnownFacts::Taken KnownFacts::take(const FactValues& said, const FactValues& said_before, const Origin& origin) {
  Taken taken;
  std::size_t position = origins_.size();
  for (const FactValue& value : said) {
    const FactValue* before = find_said(said_before, value.fact);
    if (before && before->value == value.value) continue;
    auto current = std::lower_bound(facts_.begin(), facts_.end(), value.fact,
                                    [](const Known& known, const std::string& name) { return known.fact < name; });
    bool known = current != facts_.end() && current->fact == value.fact;
    if (!known && value.value == "null") continue;
    if (known && origins_[current->origin].date > origin.date) {
      taken.earlier.push_back(value.fact);
      continue;
    }
    if (known && current->value == value.value) continue;
    if (taken.changed.empty()) origins_.push_back(origin);
    set(value, position);
    taken.changed.push_back(value.fact);
  }
  return taken;
}

Date KnownFacts::newest() const {
  Date newest = origins_.at(0).date;
  for (const Known& known : facts_) newest = std::max(newest, origins_[known.origin].date);
  return newest;
}

std::vector<Date> KnownFacts::dates() const {
  std::vector<Date> dates;
  for (const Known& known : facts_) {
    if (known.fact == "birth_date") continue;
    // A date is the only JSON text of ten characters between quotes with hyphens in these places.
    for (std::size_t at = known.value.find('"'); at != std::string::npos; at = known.value.find('"', at + 1)) {
      if (at + 11 >= known.value.size() || known.value[at + 5] != '-' || known.value[at + 11] != '"') continue;
      if (auto date = Date::parse(std::string_view(known.value).substr(at + 1, 10))) dates.push_back(*date);
    }
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

std::string KnownFacts::facts_text() const {
  std::string text = "{";
  for (const Known& known : facts_) {
    if (text.size() > 1) text += ',';
    json::append_quoted(text, known.fact);
    text += ':';
    text += known.value;
  }
  return text + "}";
}

std::string KnownFacts::origins_text() const {
  std::string text = "[";
  for (std::size_t i = 0; i < origins_.size(); ++i) {
    const Origin& origin = origins_[i];
    std::string names;
    for (const Known& known : facts_) {
      if (known.origin != i || i == 0) continue;
      names += ',';
      json::append_quoted(names, known.fact);
    }
    if (i > 0 && names.empty()) continue;
    if (text.size() > 1) text += ',';
    text += "[\"" + format_id(origin.statement) + "\",\"" + std::string(to_text(origin.source)) + "\",";
    json::append_quoted(text, origin.speaker);
    text += ",\"" + origin.date.iso() + "\"" + names + "]";
  }
  return text + "]";
}

}  // namespace tanfang::registry
