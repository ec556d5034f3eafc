// Reports as phones send them: one JSON object. Foreign bytes: everything is checked, and nothing more is asked than
// who helps must know.
#include "alarms/alarms_entry.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>

#include "alarms/alarms_problems.h"
#include "base/text.h"
#include "platform/json/json.h"

namespace tanfang::alarms {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t kLongestContent = 32'768;  // bytes
constexpr std::size_t kMostCalled = 20;
// Characters.
constexpr std::size_t kWord = 40;
constexpr std::size_t kPlace = 200;
constexpr std::size_t kNote = 1'000;
constexpr std::array<std::string_view, 8> kWhats = {"ill",      "fall",    "fire",   "injury",
                                                    "violence", "missing", "danger", "other"};

std::string text_of(const value& given, const std::string& field, std::size_t most) {
  if (given.is_null()) return {};
  if (!given.is_string()) throw problems::malformed(field, {"应为文字", "must be a text"});
  std::string text = trimmed(std::string_view(given.get_string()));
  if (length_of(text) <= most) return text;
  std::string count = std::to_string(most);
  throw problems::malformed(field, {"最多 " + count + " 个字", "at most " + count + " characters"});
}

Instant instant_of(const value& given, const std::string& field) {
  auto at = parse_instant(text_of(given, field, kWord));
  if (at && china_date(*at).year() >= 1900 && china_date(*at).year() <= 2100) return *at;
  throw problems::malformed(field, {"时间，如 2024-03-01T09:30:00+08:00", "a time like 2024-03-01T09:30:00+08:00"});
}

double number_of(const object& given, const char* name, double most) {
  const value* member = given.if_contains(name);
  boost::json::error_code error;
  double number = member ? member->to_number<double>(error) : NAN;
  if (!error && std::isfinite(number) && std::abs(number) <= most) return number;
  throw problems::malformed(std::string("position.") + name, {"数字超出范围", "a number out of its range"});
}

Position position_of(const value& given) {
  if (!given.is_object()) throw problems::malformed("position", {"应为对象", "must be an object"});
  const object& said = given.get_object();
  Position position{number_of(said, "latitude", 90), number_of(said, "longitude", 180), {}};
  const value* accuracy = said.if_contains("accuracy_metres");
  if (accuracy && !accuracy->is_null()) position.accuracy_metres = std::abs(number_of(said, "accuracy_metres", 1e7));
  return position;
}

std::vector<Called> called_of(const value& given) {
  std::vector<Called> called;
  const array* list = given.if_array();
  if (!list || list->size() > kMostCalled) {
    throw problems::malformed("called", {"最多 20 次呼叫的列表", "a list of at most 20 calls"});
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    std::string field = "called[" + std::to_string(i) + "]";
    const object* call = (*list)[i].if_object();
    const value* who = call ? call->if_contains("who") : nullptr;
    const value* at = call ? call->if_contains("at") : nullptr;
    if (!who || !at) throw problems::malformed(field, {"应有 who 和 at", "must hold who and at"});
    called.push_back({text_of(*who, field + ".who", kWord), instant_of(*at, field + ".at")});
    if (called.back().who.empty()) throw problems::malformed(field + ".who", {"不能为空", "must be given"});
  }
  return called;
}

What what_of(const value& given) {
  auto found = std::find(kWhats.begin(), kWhats.end(), text_of(given, "what", kWord));
  if (found != kWhats.end()) return static_cast<What>(found - kWhats.begin());
  throw problems::malformed("what", {"应为 ill、fall、fire、injury、violence、missing、danger 或 other",
                                     "must be ill, fall, fire, injury, violence, missing, danger or other"});
}

void read_member(std::string_view name, const value& given, Report& report) {
  if (name == "what") {
    report.what = what_of(given);
  } else if (name == "at") {
    report.at = instant_of(given, "at");
  } else if (name == "person") {
    // A file that nobody knows does not stop a report.
    report.person = parse_id(text_of(given, "person", kWord)).value_or(Id{});
  } else if (name == "where") {
    report.where = text_of(given, "where", kPlace);
  } else if (name == "note") {
    report.note = text_of(given, "note", kNote);
  } else if (name == "position") {
    if (!given.is_null()) report.position = position_of(given);
  } else if (name == "called") {
    if (!given.is_null()) report.called = called_of(given);
  } else {
    throw problems::malformed(std::string(name), {"不认识的字段，请删去", "unknown field: leave it out"});
  }
}

}  // namespace

std::string_view to_text(What what) { return kWhats[static_cast<std::size_t>(what)]; }

Report read_report(std::string_view text) {
  if (text.size() > kLongestContent) throw problems::malformed("", {"内容过长", "it is too long"});
  const value said = json::parse(text);
  if (!said.is_object()) throw problems::malformed("", {"应为一个 JSON 对象", "must be a JSON object"});
  Report report;
  for (const auto& [name, given] : said.get_object()) read_member(name, given, report);
  if (!said.get_object().contains("what")) throw problems::malformed("what", {"不能为空", "must be given"});
  return report;
}

std::string write_content(const Report& report) {
  array called;
  for (const Called& call : report.called) {
    called.push_back(object{{"who", call.who}, {"at", format_instant(call.at)}});
  }
  object content{{"where", report.where}, {"note", report.note}, {"called", std::move(called)}};
  if (report.position) {
    object position{{"latitude", report.position->latitude}, {"longitude", report.position->longitude}};
    if (report.position->accuracy_metres) position["accuracy_metres"] = *report.position->accuracy_metres;
    content["position"] = std::move(position);
  }
  return serialize(content);
}

void read_content(std::string_view text, Report& report) {
  const value content = json::parse(text);
  for (const auto& [name, given] : content.as_object()) read_member(name, given, report);
}

}  // namespace tanfang::alarms
