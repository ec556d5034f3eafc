// `tanfang people`: the group, and how a command names and changes a person.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "app/app.h"
#include "app/commands/people_command.h"
#include "base/citizen_number.h"
#include "base/problem.h"

namespace tanfang::app::people {

void add_person(CLI::App& command, std::string& person) {
  command.add_option("PERSON", person, "the file's id (13 characters) or the citizen number")->required();
}

registry::PersonKey find(db::Session& session, const crypto::KeyRing& keys, const std::string& person) {
  std::optional<registry::PersonKey> key;
  if (std::optional<Id> id = parse_id(person)) {
    key = registry::find_person(session, "", *id);
  } else {
    CitizenNumberReading reading = read_citizen_number(person);
    if (!reading.number) {
      throw Problem(reading.reason, 422,
                    {"既不是档案编号也不是正确的公民身份号码", "neither an id nor a correct citizen number"});
    }
    key = registry::find_person(session, keys, "", reading.number->text);
  }
  if (!key) {
    throw Problem("person.unknown", 404, {"没有这个人的档案", "there is no file of this person"});
  }
  return *key;
}

registry::PersonKey change(Surroundings& surroundings, const Ground& ground, const std::string& person, Date from,
                           const std::function<void(audit::Work&, const registry::PersonKey&)>& use_case) {
  registry::PersonKey key;
  surroundings.write([&](audit::Work& work) {
    key = find(work.session, work.keys, person);
    use_case(work, key);
    planning::refresh_person(work, ground.policies, key.county, key.id, from);
  });
  return key;
}

void print(const Surroundings& surroundings, const boost::json::object& object, const std::string& plain) {
  fmt::print("{}\n", surroundings.json ? boost::json::serialize(object) : plain);
}

}  // namespace tanfang::app::people

namespace tanfang::app {

void add_people(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("people", "who is known, what is known of them, and their status");
  group->fallthrough();
  group->require_subcommand(1);
  people::add_looking(*group, surroundings);
  people::add_status(*group, surroundings);
  people::add_facts(*group, surroundings);
  people::add_transfers(*group, surroundings);
  people::add_verdicts(*group, surroundings);
}

}  // namespace tanfang::app
