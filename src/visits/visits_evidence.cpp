#include "visits/visits_evidence.h"

#include <boost/json.hpp>
#include <cmath>

#include "base/text.h"
#include "platform/json/json.h"
#include "visits/visits_problems.h"

namespace tanfang::visits {
namespace {

namespace js = boost::json;

constexpr std::size_t kLongestReason = 500;
constexpr double kLeastAccuracy = 0;
constexpr double kMostAccuracy = 1'000'000;

double number_in(const js::object& position, const char* name, double least, double most) {
  const js::value* given = position.if_contains(name);
  js::error_code error;
  double number = given ? given->to_number<double>(error) : 0;
  if (!given || error || !std::isfinite(number) || number < least || number > most) {
    throw malformed_entry("position." + std::string(name), {"应为合理范围内的数", "must be a number within reason"});
  }
  return number;
}

js::value read_position(const js::value& given) {
  if (!given.is_object() || given.get_object().size() != 3) {
    throw malformed_entry("position", {"应写 latitude、longitude 和 accuracy_metres",
                                       "must hold latitude, longitude and accuracy_metres"});
  }
  const js::object& position = given.get_object();
  return js::object{{"latitude", number_in(position, "latitude", -90, 90)},
                    {"longitude", number_in(position, "longitude", -180, 180)},
                    {"accuracy_metres", number_in(position, "accuracy_metres", kLeastAccuracy, kMostAccuracy)}};
}

std::string text_of(std::string_view key, const js::value& given) {
  if (!given.is_string()) throw malformed_entry(std::string(key), {"应为文字", "must be a string"});
  return trimmed(std::string_view(given.get_string()));
}

js::value read_text(std::string_view key, const js::value& given, VisitEntry& entry) {
  std::string text = text_of(key, given);
  auto refuse = [&](const Words& wanted) { throw malformed_entry(std::string(key), wanted); };
  if (key == "position_missing" && text != "denied" && text != "unavailable" && text != "timeout") {
    refuse({"应为 denied、unavailable 或 timeout", "must be denied, unavailable or timeout"});
  }
  if (key == "next_on" && !Date::parse(text)) refuse({"应为日期 YYYY-MM-DD", "must be a date YYYY-MM-DD"});
  if (key == "unchanged_from" && !parse_id(text)) refuse({"应为探访记录编号", "must be the id of a record"});
  if (key == "method_reason" && length_of(text) > kLongestReason) {
    refuse({"最多 500 字", "has at most 500 characters"});
  }
  if (key == "signature") entry.attachments.push_back(text);
  return js::string(text);
}

}  // namespace

bool read_evidence(std::string_view key, const js::value& given, VisitEntry& entry) {
  bool position = key == "position";
  if (!position && key != "position_missing" && key != "signature" && key != "next_on" && key != "method_reason" &&
      key != "unchanged_from") {
    return false;
  }
  if (given.is_null()) return true;
  js::object evidence;
  if (!entry.evidence.empty()) evidence = json::parse(entry.evidence).as_object();
  evidence[key] = position ? read_position(given) : read_text(key, given, entry);
  entry.evidence = js::serialize(evidence);
  return true;
}

}  // namespace tanfang::visits
