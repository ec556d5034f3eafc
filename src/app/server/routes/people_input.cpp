#include "app/server/routes/people_input.h"

#include <boost/json.hpp>
#include <set>

#include "app/server/server_problems.h"
#include "base/citizen_number.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;

/// The objects of a list; what is none is refused by its place.
std::vector<const js::object*> objects_of(Body& body, const std::string& name) {
  std::vector<const js::object*> objects;
  const js::value* value = body.value(name);
  if (!value) return objects;
  if (!value->is_array()) {
    body.refuse(field_type(name, {"对象的列表", "a list of objects"}));
    return objects;
  }
  for (std::size_t i = 0; i < value->get_array().size(); ++i) {
    const js::object* object = value->get_array()[i].if_object();
    if (object) {
      objects.push_back(object);
    } else {
      body.refuse(field_type(name + "[" + std::to_string(i) + "]", {"对象", "an object"}));
    }
  }
  return objects;
}

/// Reads members that are texts, and refuses every other.
class Members {
 public:
  Members(Body& body, std::string path, const js::object& object)
      : body_(body), path_(std::move(path)), object_(object) {}

  std::string text(std::string_view name) {
    asked_.emplace(name);
    const js::value* value = object_.if_contains(name);
    if (!value || value->is_null()) return {};
    if (value->is_string()) return std::string(value->get_string());
    body_.refuse(field_type(path_ + "." + std::string(name), {"文字", "a text"}));
    return {};
  }
  void finish() {
    for (const auto& [name, value] : object_) {
      if (!asked_.contains(std::string(name))) body_.refuse(field_unknown(path_ + "." + std::string(name)));
    }
  }

 private:
  Body& body_;
  std::string path_;
  const js::object& object_;
  std::set<std::string> asked_;
};

/// Each object of the list as `read` makes it from its texts.
template <typename Made, typename Read>
std::vector<Made> read_list(Body& body, const std::string& name, Read read) {
  std::vector<Made> made;
  std::size_t i = 0;
  for (const js::object* object : objects_of(body, name)) {
    Members members(body, name + "[" + std::to_string(i++) + "]", *object);
    made.push_back(read(members));
    members.finish();
  }
  return made;
}

}  // namespace

registry::FactValues read_facts(Body& body, const std::string& name) {
  registry::FactValues facts;
  const js::value* value = body.value(name);
  if (!value) return facts;
  if (!value->is_object()) {
    body.refuse(field_type(name, {"事实的对象", "an object of facts"}));
    return facts;
  }
  for (const auto& [fact, said] : value->get_object()) facts.push_back({std::string(fact), js::serialize(said)});
  return facts;
}

std::vector<registry::Contact> read_contacts(Body& body, const std::string& name) {
  return read_list<registry::Contact>(body, name, [](Members& members) {
    return registry::Contact{members.text("kind"), members.text("name"), members.text("phone"),
                             members.text("relation"), members.text("note")};
  });
}

std::vector<registry::HouseholdMember> read_household(Body& body, const std::string& name) {
  return read_list<registry::HouseholdMember>(body, name, [](Members& members) {
    return registry::HouseholdMember{members.text("name"),           members.text("relation"), members.text("sex"),
                                     members.text("citizen_number"), members.text("health"),   members.text("welfare")};
  });
}

registry::PersonStatement read_statement(Body& body) {
  registry::PersonStatement statement;
  CitizenNumberReading reading = read_citizen_number(body.text("citizen_number"));
  if (reading.number) {
    statement.citizen_number = reading.number->text;
    statement.birth_date = reading.number->birth_date;
    statement.sex = reading.number->sex;
  } else {
    body.refuse(
        {"citizen_number", reading.reason, {"公民身份号码不正确，请核对", "not a correct citizen number; check it"}});
  }
  statement.name = body.text("name");
  statement.area = body.area("area");
  if (statement.area.size() < 9) {
    body.refuse(field_type("area", {"乡镇或村居的代码", "the code of a town or village"}));
  }
  statement.phone = body.optional_text("phone");
  statement.address = body.optional_text("address");
  statement.contacts = read_contacts(body, "contacts");
  statement.household = read_household(body, "household");
  statement.facts = read_facts(body, "facts");
  return statement;
}

std::optional<Instant> read_instant(Input& input, const std::string& name) {
  auto text = input.optional_text(name);
  if (!text) return std::nullopt;
  auto instant = parse_instant(*text);
  if (instant && (china_date(*instant).year() < 1900 || china_date(*instant).year() > 2100)) instant.reset();
  if (!instant)
    input.refuse(field_type(name, {"时间，如 2024-03-01T09:30:00+08:00", "a time like 2024-03-01T09:30:00+08:00"}));
  return instant;
}

StatusChange read_status_change(Body& body, Date today) {
  std::string status = body.choice("status", {"suspended", "active", "moved_out", "deceased", "corrected"});
  if (status.empty()) body.text("status");
  Date on = body.optional_date("on").value_or(today);
  std::optional<Date> last = body.optional_date("last");
  std::string reason = body.optional_text("reason").value_or("");
  if (status == "suspended") {
    return {on, [=](auto& work, const auto& key) { registry::suspend_person(work, key, on, last, reason); }};
  }
  if (last) body.refuse(field_unknown("last"));
  if (status == "active") return {on, [=](auto& work, const auto& key) { registry::resume_person(work, key, on); }};
  if (status == "moved_out") {
    return {on, [=](auto& work, const auto& key) { registry::move_out_person(work, key, on, reason); }};
  }
  if (status == "deceased") return {on, [=](auto& work, const auto& key) { registry::record_death(work, key, on); }};
  // What was recorded in error may lie far back: everything that is open is looked at.
  return {*Date::from_ymd(1900, 1, 1),
          [=](auto& work, const auto& key) { registry::reopen_person(work, key, reason); }};
}

}  // namespace tanfang::app::server
