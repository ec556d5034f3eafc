#include "app/server/input.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "app/server/server_problems.h"
#include "base/area_code.h"
#include "base/text.h"
#include "platform/http/percent.h"
#include "platform/json/json.h"
#include "registry/registry.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;

const Words kDate = {"日期，如 2024-03-01（1900 至 2100 年）", "a date like 2024-03-01 (years 1900 to 2100)"};
const Words kId = {"13 位编号", "an id of 13 characters"};
const Words kArea = {"2、4、6、9 或 12 位区划代码", "an area code of 2, 4, 6, 9 or 12 digits"};
const Words kFlag = {"true 或 false", "true or false"};
const Words kText = {"文字", "a text"};
const Words kList = {"文字的列表", "a list of texts"};

std::optional<std::string> area_of(std::string_view text) {
  return is_area_code(text) ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<Date> date_of(std::string_view text) {
  auto date = Date::parse(text);
  return date && date->year() >= 1900 && date->year() <= 2100 ? date : std::nullopt;
}

std::optional<bool> flag_of(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

template <typename Value>
std::optional<Value> Input::parsed(const std::string& name, const Words& wanted,
                                   std::optional<Value> (*parse)(std::string_view), Kind kind) {
  auto given = plain(name, kind);
  if (!given) return std::nullopt;
  std::optional<Value> value = parse(*given);
  if (!value) refuse(field_type(name, wanted));
  return value;
}

template <typename Value>
Value Input::required(const std::string& name, const std::optional<Value>& value) {
  if (value) return *value;
  bool told = std::any_of(problems_.begin(), problems_.end(), [&](const auto& found) { return found.field == name; });
  if (!told) refuse(field_missing(name));
  return Value{};
}

std::optional<std::string> Input::optional_text(const std::string& name) {
  auto given = plain(name, Kind::text);
  if (given) given = trimmed(*given);
  return given && given->empty() ? std::nullopt : given;
}

std::string Input::text(const std::string& name) { return required(name, optional_text(name)); }

std::string Input::raw_text(const std::string& name) {
  auto given = plain(name, Kind::text);
  if (given && given->empty()) given.reset();
  return required(name, given);
}

std::optional<Date> Input::optional_date(const std::string& name) { return parsed(name, kDate, &date_of); }
Date Input::date(const std::string& name) { return required(name, optional_date(name)); }

std::optional<bool> Input::flag(const std::string& name) { return parsed(name, kFlag, &flag_of, Kind::flag); }

std::optional<std::int64_t> Input::integer(const std::string& name, std::int64_t least, std::int64_t most) {
  auto given = plain(name, Kind::number);
  if (!given) return std::nullopt;
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), value);
  if (error == std::errc() && end == given->data() + given->size() && value >= least && value <= most) return value;
  std::string range = std::to_string(least) + " – " + std::to_string(most);
  refuse(field_type(name, {"整数（" + range + "）", "a whole number (" + range + ")"}));
  return std::nullopt;
}

std::optional<Id> Input::optional_id(const std::string& name) { return parsed(name, kId, &parse_id); }
Id Input::id(const std::string& name) { return required(name, optional_id(name)); }

std::optional<std::string> Input::optional_area(const std::string& name) {
  auto area = parsed(name, kArea, &area_of);
  if (area) areas_[name] = *area;
  return area;
}
std::string Input::area(const std::string& name) { return required(name, optional_area(name)); }

std::string Input::choice(const std::string& name, const std::vector<std::string>& words) {
  auto given = optional_text(name);
  if (!given) return {};
  if (std::find(words.begin(), words.end(), *given) != words.end()) return *given;
  refuse(field_type(name, {"其中之一：" + joined(words), "one of: " + joined(words)}));
  return {};
}

std::optional<Input::Place> Input::cursor() {
  auto text = optional_text("cursor");
  if (!text) return std::nullopt;
  std::size_t dot = text->find('.');
  auto id = dot == std::string::npos ? std::nullopt : parse_id(std::string_view(*text).substr(dot + 1));
  if (!id) throw cursor_malformed();
  return Place{text->substr(0, dot), *id};
}

void Input::refuse_unknown_areas() {
  if (areas_.empty()) return;
  call_.read([&](db::Session& session) {
    for (const auto& [name, code] : areas_) {
      try {
        registry::require_area(session, code);
      } catch (const Problem&) {
        refuse(area_not_known(name));
      }
    }
  });
}

void Input::finish() {
  refuse_unknown_areas();
  for (const std::string& name : names()) {
    if (!asked_.contains(name)) refuse(field_unknown(name));
  }
  if (!problems_.empty()) throw invalid_request(std::move(problems_));
}

Body::Body(const Call& call) : Input(call) {
  const http::Request& request = call.request;
  if (request.media_type() != "application/json") throw body_type();
  js::value value = json::parse(request.body);
  if (!value.is_object()) throw body_not_object();
  object_ = std::make_unique<js::object>(std::move(value.get_object()));
}

Body::~Body() = default;

const js::value* Body::value(const std::string& name) {
  asked_.insert(name);
  const js::value* found = object_->if_contains(name);
  return found && !found->is_null() ? found : nullptr;
}

std::optional<std::string> Body::plain(const std::string& name, Kind kind) {
  const js::value* found = value(name);
  if (!found) return std::nullopt;
  if (kind != Kind::text) return js::serialize(*found);
  if (found->is_string()) return std::string(found->get_string());
  refuse(field_type(name, kText));
  return std::nullopt;
}

std::vector<std::string> Body::texts(const std::string& name) {
  const js::value* found = value(name);
  std::vector<std::string> words;
  if (!found) return words;
  if (!found->is_array()) {
    refuse(field_type(name, kList));
    return words;
  }
  for (const js::value& item : found->get_array()) {
    if (item.is_string()) {
      words.emplace_back(item.get_string());
    } else {
      refuse(field_type(name, kList));
    }
  }
  return words;
}

std::vector<std::string> Body::names() const {
  std::vector<std::string> names;
  for (const auto& [name, member] : *object_) names.emplace_back(name);
  return names;
}

void Fields::add(const std::string& name, std::string value) {
  if (!fields_.emplace(name, std::move(value)).second) refuse(field_repeated(name));
}

std::optional<std::string> Fields::plain(const std::string& name, Kind) {
  asked_.insert(name);
  auto found = fields_.find(name);
  return found == fields_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Fields::names() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : fields_) names.push_back(name);
  return names;
}

Query::Query(const Call& call) : Fields(call) {
  call.note_query();
  for (http::Field& field : http::parse_query(call.request.query)) add(field.name, std::move(field.value));
}

Form::Form(const Call& call) : Fields(call) {
  for (const http::Part& part : call.request.parts) {
    if (!part.file) add(part.name, part.text);
  }
}

}  // namespace tanfang::app::server
