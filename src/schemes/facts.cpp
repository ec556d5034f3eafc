#include "schemes/facts.h"

#include <algorithm>
#include <boost/json/value.hpp>

#include "base/area_code.h"
#include "schemes/schemes_problems.h"

namespace tanfang::schemes {
namespace {

namespace bj = boost::json;

/// `children[1].alive`, put together only where something is wrong.
struct Path {
  std::string_view fact;
  int index = -1;
  std::string_view member = {};
  std::string text() const {
    std::string out(fact);
    if (index >= 0) out += "[" + std::to_string(index) + "]";
    if (!member.empty()) out.append(".").append(member);
    return out;
  }
};

std::string names_of(const std::vector<Labelled>& values) {
  std::string out;
  for (const Labelled& value : values) out += (out.empty() ? "" : ", ") + value.id;
  return out;
}

std::optional<std::size_t> place_of(const FactDeclaration& fact, std::string_view id) {
  for (std::size_t i = 0; i < fact.values.size(); ++i) {
    if (fact.values[i].id == id) return i;
  }
  return std::nullopt;
}

std::optional<FieldProblem> encode_boolean(const bj::value& value, const Path& path, std::int64_t& out) {
  if (!value.is_bool()) return fact_type(path.text(), " true 或 false", "true or false");
  out = value.get_bool() ? 1 : 0;
  return std::nullopt;
}

std::optional<FieldProblem> encode_integer(const FactDeclaration& fact, const bj::value& value, const Path& path,
                                           std::int64_t& out) {
  if (value.is_double()) {
    double real = value.get_double();
    if (real < -9e15 || real > 9e15 || real != static_cast<double>(static_cast<std::int64_t>(real))) {
      return fact_type(path.text(), "整数", "a whole number");
    }
    out = static_cast<std::int64_t>(real);
  } else if (value.is_int64()) {
    out = value.get_int64();
  } else if (value.is_uint64()) {
    return fact_range(path.text(), fact.min, fact.max);
  } else {
    return fact_type(path.text(), "整数", "a whole number");
  }
  if (out < fact.min || out > fact.max) return fact_range(path.text(), fact.min, fact.max);
  return std::nullopt;
}

std::optional<FieldProblem> encode_choice(const FactDeclaration& fact, const bj::value& value, const Path& path,
                                          std::int64_t& out) {
  if (!value.is_string())
    return fact_type(path.text(), "文字：" + names_of(fact.values), "one of: " + names_of(fact.values));
  auto place = place_of(fact, value.get_string());
  if (!place) return fact_value(path.text(), names_of(fact.values));
  out = static_cast<std::int64_t>(*place);
  return std::nullopt;
}

std::optional<FieldProblem> encode_set(const FactDeclaration& fact, const bj::value& value, const Path& path,
                                       std::int64_t& out) {
  if (!value.is_array()) {
    return fact_type(path.text(), "数组，取值：" + names_of(fact.values), "an array of: " + names_of(fact.values));
  }
  out = 0;
  for (const bj::value& item : value.get_array()) {
    auto place = item.is_string() ? place_of(fact, item.get_string()) : std::nullopt;
    if (!place) return fact_value(path.text(), names_of(fact.values));
    out |= std::int64_t{1} << *place;
  }
  return std::nullopt;
}

/// Encodes anything but a list; null is unknown.
std::optional<FieldProblem> encode(const FactDeclaration& fact, const bj::value& value, const Path& path,
                                   std::int64_t& out) {
  out = kUnknown;
  if (value.is_null()) return std::nullopt;
  switch (fact.type) {
    case FactType::boolean:
      return encode_boolean(value, path, out);
    case FactType::integer:
      return encode_integer(fact, value, path, out);
    case FactType::choice:
      return encode_choice(fact, value, path, out);
    case FactType::set:
      return encode_set(fact, value, path, out);
    case FactType::date: {
      auto date = value.is_string() ? Date::parse(value.get_string()) : std::nullopt;
      if (!date) return fact_date(path.text());
      out = date->days();
      return std::nullopt;
    }
    case FactType::area:
      if (!value.is_string() || !is_area_code(value.get_string())) return fact_area(path.text());
      out = pack_area(value.get_string());
      return std::nullopt;
    case FactType::list:
      break;
  }
  return fact_type(path.text(), "数组", "an array");
}

std::string member_names(const FactDeclaration& list) {
  std::string out;
  for (const FactDeclaration& member : list.members) out += (out.empty() ? "" : ", ") + member.name;
  return out;
}

std::optional<FieldProblem> encode_entry(const FactDeclaration& list, const bj::object& entry, int index,
                                         std::int64_t* row) {
  std::fill(row, row + row_width(list), kUnknown);
  row[kStandsForAll] = 0;
  for (const auto& [key, value] : entry) {
    std::string_view name(key.data(), key.size());
    Path path{list.name, index, name};
    if (name == "stands_for_all") {
      if (auto problem = encode_boolean(value, path, row[kStandsForAll])) return problem;
      continue;
    }
    auto member = std::find_if(list.members.begin(), list.members.end(),
                               [&](const FactDeclaration& candidate) { return candidate.name == name; });
    if (member == list.members.end()) return fact_member(path.text(), member_names(list));
    auto cell = static_cast<std::size_t>(member - list.members.begin()) + 1;
    if (auto problem = encode(*member, value, path, row[cell])) return problem;
  }
  return std::nullopt;
}

std::optional<FieldProblem> encode_list(const FactDeclaration& list, const bj::value& value, Facts::List& out) {
  out.known = false;
  out.cells.clear();
  if (value.is_null()) return std::nullopt;
  if (!value.is_array()) return fact_type(list.name, "数组", "an array of objects");
  const bj::array& entries = value.get_array();
  std::size_t width = row_width(list);
  out.cells.resize(entries.size() * width);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    int index = static_cast<int>(i);
    if (!entries[i].is_object()) return fact_type(Path{list.name, index}.text(), "对象", "an object");
    if (auto problem = encode_entry(list, entries[i].get_object(), index, &out.cells[i * width])) return problem;
  }
  out.known = true;
  return std::nullopt;
}

/// A set's values in the order of the vocabulary, each once.
void normalise_set(const FactDeclaration& fact, std::int64_t bits, bj::value& value) {
  bj::array out;
  for (std::size_t i = 0; i < fact.values.size(); ++i) {
    if (bits >> i & 1) out.emplace_back(fact.values[i].id);
  }
  value = std::move(out);
}

void normalise_entry(const FactDeclaration& list, bj::object& entry) {
  std::vector<std::string> unknown;
  for (auto& [key, value] : entry) {
    if (value.is_null()) unknown.emplace_back(key);
  }
  for (const std::string& key : unknown) entry.erase(key);
  for (const FactDeclaration& member : list.members) {
    bj::value* value = entry.if_contains(member.name);
    std::int64_t bits = 0;
    if (value && member.type == FactType::set && !encode(member, *value, {}, bits)) normalise_set(member, bits, *value);
  }
}

bool same_declaration(const FactDeclaration& left, const FactDeclaration& right) {
  auto same_values = [](const Labelled& a, const Labelled& b) { return a.id == b.id; };
  return left.name == right.name && left.type == right.type && left.min == right.min && left.max == right.max &&
         left.ordered == right.ordered &&
         std::equal(left.values.begin(), left.values.end(), right.values.begin(), right.values.end(), same_values) &&
         std::equal(left.members.begin(), left.members.end(), right.members.begin(), right.members.end(),
                    same_declaration);
}

}  // namespace

const Labelled* FactDeclaration::find_value(std::string_view id) const {
  auto place = place_of(*this, id);
  return place ? &values[*place] : nullptr;
}

std::string_view name_of(FactType type) {
  static constexpr std::string_view kNames[] = {"bool", "int", "choice", "set", "date", "area", "list"};
  return kNames[static_cast<int>(type)];
}

Vocabulary::Vocabulary() : slots_(std::make_shared<Slots>()) {}

const FactDeclaration* Vocabulary::find(std::string_view name) const {
  auto found = slots_->by_name.find(name);
  return found == slots_->by_name.end() ? nullptr : &facts_[found->second.front()];
}

std::size_t Vocabulary::add(FactDeclaration declaration) {
  std::vector<std::uint16_t>& places = slots_->by_name[declaration.name];
  for (std::uint16_t place : places) {
    if (!same_declaration(facts_[place], declaration)) continue;
    for (std::string& scheme : declaration.schemes) facts_[place].schemes.push_back(std::move(scheme));
    return place;
  }
  places.push_back(static_cast<std::uint16_t>(facts_.size()));
  slots_->list_of.push_back(declaration.type == FactType::list ? slots_->list_count++ : -1);
  facts_.push_back(std::move(declaration));
  return places.back();
}

std::optional<FieldProblem> validate_fact(const Vocabulary& vocabulary, std::string_view name, bj::value& value) {
  const FactDeclaration* fact = vocabulary.find(name);
  if (!fact) return fact_unknown(std::string(name));
  if (value.is_null()) return std::nullopt;
  if (fact->type == FactType::list) {
    Facts::List list;
    if (auto problem = encode_list(*fact, value, list)) return problem;
    for (bj::value& entry : value.get_array()) normalise_entry(*fact, entry.get_object());
    return std::nullopt;
  }
  std::int64_t number = 0;
  if (auto problem = encode(*fact, value, {name}, number)) return problem;
  if (fact->type == FactType::set) normalise_set(*fact, number, value);
  if (fact->type == FactType::integer) value = number;
  return std::nullopt;
}

Facts::Facts(const Vocabulary& vocabulary, std::string_view scheme) : vocabulary_(&vocabulary), scheme_(scheme) {
  values.assign(vocabulary.facts().size(), kUnknown);
  lists.resize(static_cast<std::size_t>(vocabulary.slots().list_count));
}

void Facts::clear() {
  std::fill(values.begin(), values.end(), kUnknown);
  for (List& list : lists) {
    list.known = false;
    list.cells.clear();
  }
}

std::optional<FieldProblem> Facts::set_at(std::size_t place, const bj::value& value) {
  const FactDeclaration& fact = vocabulary_->facts()[place];
  int list = vocabulary_->slots().list_of[place];
  if (list >= 0) return encode_list(fact, value, lists[static_cast<std::size_t>(list)]);
  auto problem = encode(fact, value, {fact.name}, values[place]);
  if (problem) values[place] = kUnknown;
  return problem;
}

std::optional<FieldProblem> Facts::set(std::string_view name, const bj::value& value) {
  const Slots& slots = vocabulary_->slots();
  auto found = slots.by_name.find(name);
  if (found == slots.by_name.end()) return fact_unknown(std::string(name));
  const std::vector<std::uint16_t>& places = found->second;
  if (places.size() == 1) return set_at(places.front(), value);
  // Schemes declare this name differently: each gets the value if it can be, the asked scheme must.
  std::optional<FieldProblem> first;
  bool taken = false;
  for (std::uint16_t place : places) {
    auto problem = set_at(place, value);
    const std::vector<std::string>& declared_by = vocabulary_->facts()[place].schemes;
    bool asked = std::find(declared_by.begin(), declared_by.end(), scheme_) != declared_by.end();
    if (problem && asked) return problem;
    if (!problem) taken = true;
    if (problem && !first) first = std::move(problem);
  }
  return taken ? std::nullopt : first;
}

std::optional<FieldProblem> Facts::set_all(const bj::object& facts) {
  for (const auto& [key, value] : facts) {
    if (auto problem = set(std::string_view(key.data(), key.size()), value)) return problem;
  }
  return std::nullopt;
}

}  // namespace tanfang::schemes
