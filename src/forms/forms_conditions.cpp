// Conditions inside a form, in three values; and what an answer does to a status.
#include <algorithm>
#include <boost/json.hpp>

#include "forms/forms.h"
#include "forms/forms_names.h"

namespace tanfang::forms {
namespace {

bool is_one_of(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool answers_one_of(const boost::json::value& answer, const std::vector<std::string>& values) {
  if (answer.is_bool()) return is_one_of(values, answer.get_bool() ? "yes" : "no");
  if (answer.is_string()) return is_one_of(values, std::string_view(answer.get_string()));
  if (answer.is_int64()) return is_one_of(values, std::to_string(answer.get_int64()));
  if (!answer.is_array()) return false;
  for (const boost::json::value& item : answer.get_array()) {
    if (answers_one_of(item, values)) return true;
  }
  return false;
}

bool is_answered(const boost::json::object& answers, std::string_view field) {
  const boost::json::value* answer = answers.if_contains(field);
  return answer != nullptr && !answer->is_null();
}

/// `and` of the parts, each negated first where `negated`.
std::optional<bool> all_of(const Condition& condition, const boost::json::object& answers, const Context& context,
                           bool negated) {
  bool unknown = false;
  for (const Condition& part : condition.parts) {
    std::optional<bool> held = holds(part, answers, context);
    if (!held) {
      unknown = true;
    } else if (*held == negated) {
      return false;
    }
  }
  return unknown ? std::nullopt : std::optional(true);
}

}  // namespace

std::optional<bool> holds(const Condition& condition, const boost::json::object& answers, const Context& context) {
  switch (condition.kind) {
    case Condition::Kind::answered:
      return is_answered(answers, condition.subject);
    case Condition::Kind::answer:
      return is_answered(answers, condition.subject) && answers_one_of(answers.at(condition.subject), condition.values);
    case Condition::Kind::fact: {
      auto fact = context.facts.find(condition.subject);
      if (fact == context.facts.end()) return std::nullopt;
      return std::any_of(fact->second.begin(), fact->second.end(),
                         [&](const std::string& value) { return is_one_of(condition.values, value); });
    }
    case Condition::Kind::method:
      return is_one_of(condition.values, context.method);
    case Condition::Kind::season:
      return std::any_of(condition.values.begin(), condition.values.end(),
                         [&](const std::string& season) { return context.seasons.contains(season); });
    case Condition::Kind::all:
      return all_of(condition, answers, context, false);
    case Condition::Kind::none:
      return all_of(condition, answers, context, true);
    case Condition::Kind::any:
      break;
  }
  bool unknown = false;
  for (const Condition& part : condition.parts) {
    std::optional<bool> held = holds(part, answers, context);
    if (held == true) return true;
    unknown = unknown || !held;
  }
  return unknown ? std::nullopt : std::optional(false);
}

std::optional<Status> resolve(Effect effect, std::optional<Status> last) {
  switch (effect) {
    case Effect::good:
      return Status::good;
    case Effect::fair:
      return Status::fair;
    case Effect::poor:
      return Status::poor;
    case Effect::up:
      if (!last) return Status::good;
      return *last == Status::poor ? Status::fair : Status::good;
    case Effect::down:
      if (!last) return Status::poor;
      return *last == Status::good ? Status::fair : Status::poor;
    case Effect::same:
    case Effect::more:
    case Effect::fewer:
      break;
  }
  return last;
}

std::string_view name_of(Status status) { return name_in(kStatuses, status); }
std::optional<Status> read_status(std::string_view name) { return value_of(kStatuses, name); }
std::string_view name_of(Effect effect) { return name_in(kEffects, effect); }
std::string_view name_of(FieldKind kind) { return name_in(kFieldKinds, kind); }
std::string_view name_of(FilledBy filled_by) { return name_in(kFilledBy, filled_by); }
std::string_view name_of(FormUse use) { return name_in(kFormUses, use); }
std::optional<Effect> read_effect(std::string_view name) { return value_of(kEffects, name); }

}  // namespace tanfang::forms
