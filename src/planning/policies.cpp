#include <boost/json.hpp>

#include "planning/planning.h"
#include "planning/planning_file.h"
#include "platform/json/json.h"

namespace tanfang::planning {
namespace {

int number_of(const boost::json::object& line, std::string_view key, int otherwise) {
  const boost::json::value* value = line.if_contains(key);
  return value ? static_cast<int>(value->to_number<std::int64_t>()) : otherwise;
}

std::string text_of(const boost::json::object& line, std::string_view key) {
  const boost::json::value* value = line.if_contains(key);
  return value ? std::string(value->as_string()) : std::string();
}

OwedRule read_rule(const boost::json::object& line) {
  OwedRule rule;
  rule.window = schemes::parse_window(text_of(line, "window")).value_or(schemes::Window::month);
  rule.min = number_of(line, "min", 1);
  rule.days = number_of(line, "days", 0);
  rule.event = text_of(line, "event");
  rule.hours = number_of(line, "hours", 0);
  rule.mark = text_of(line, "mark");
  if (const boost::json::value* methods = line.if_contains("methods")) {
    for (const boost::json::value& name : methods->as_array()) {
      if (auto method = schemes::parse_method(name.as_string())) rule.methods.insert(*method);
    }
  }
  return rule;
}

}  // namespace

std::shared_ptr<const std::vector<OwedRule>> Policies::rules_of(const std::string& obligations) const {
  std::lock_guard lock(mutex_);
  auto& kept = rules_[obligations];
  if (!kept) {
    auto rules = std::make_shared<std::vector<OwedRule>>();
    if (!obligations.empty()) {
      boost::json::value parsed = json::parse(obligations);
      for (const boost::json::value& line : parsed.as_array()) {
        rules->push_back(read_rule(line.as_object()));
      }
    }
    kept = std::move(rules);
  }
  return kept;
}

}  // namespace tanfang::planning
