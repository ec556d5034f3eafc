// `tanfang people state|correct|contacts|consent`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>
#include <iterator>

#include "app/app.h"
#include "app/commands/people_command.h"
#include "app/options.h"
#include "platform/json/json.h"

namespace tanfang::app::people {
namespace {

namespace js = boost::json;

struct StateOptions {
  std::string person;
  std::vector<std::string> facts;
  std::string source = "clerk";
  std::string speaker;
  std::string said_on;
};

/// `ability=severe`, `dementia=true`, `children=[]`: JSON, or a bare word taken as text.
registry::FactValues read_facts(const std::vector<std::string>& words) {
  registry::FactValues facts;
  for (const std::string& word : words) {
    std::size_t equals = word.find('=');
    if (equals == std::string::npos) throw CLI::ValidationError("FACT=VALUE", word + ": no value");
    std::string value = word.substr(equals + 1);
    js::error_code error;
    js::parse(value, error);
    if (error) value = js::serialize(js::value(value));
    facts.push_back({word.substr(0, equals), value});
  }
  return facts;
}

void print_changed(const Surroundings& surroundings, const registry::PersonKey& key,
                   const std::vector<std::string>& changed) {
  print(surroundings, {{"id", format_id(key.id)}, {"changed", to_json(changed)}},
        fmt::format("{} changed: {}", format_id(key.id), fmt::join(changed, " ")));
}

Run define_state(CLI::App& command) {
  auto options = std::make_shared<StateOptions>();
  add_person(command, options->person);
  command.add_option("FACT=VALUE", options->facts, "e.g. ability=severe children='[]'; null takes a fact back")
      ->required();
  command.add_option("--source", options->source, "who says so")
      ->capture_default_str()
      ->check(CLI::IsMember({"clerk", "visit", "department", "ledger"}));
  command.add_option("--speaker", options->speaker, "which department or visitor");
  command.add_option("--date", options->said_on, "the day it was so (default: today)")->check(is_date);
  return [options](Surroundings& surroundings) {
    Ground ground(surroundings);
    registry::FactValues facts = read_facts(options->facts);
    Date said_on = Date::parse(options->said_on).value_or(surroundings.today());
    std::vector<std::string> changed;
    auto key =
        change(surroundings, ground, options->person, said_on, [&](audit::Work& work, const registry::PersonKey& who) {
          changed = registry::state_facts(work, ground.classifier, who, registry::parse_source(options->source).value(),
                                          options->speaker, said_on, facts);
        });
    print_changed(surroundings, key, changed);
    return kDone;
  };
}

Run define_correct(CLI::App& command) {
  auto person = std::make_shared<std::string>();
  auto correction = std::make_shared<registry::PersonCorrection>();
  add_person(command, *person);
  command.add_option("--name", correction->name, "the name");
  command.add_option("--phone", correction->phone, "the phone");
  command.add_option("--address", correction->address, "the address");
  command.add_option("--area", correction->area, "village or town within the county")->check(is_area);
  return [=](Surroundings& surroundings) {
    std::vector<std::string> changed;
    if (correction->name) changed.emplace_back("name");
    if (correction->phone) changed.emplace_back("phone");
    if (correction->address) changed.emplace_back("address");
    if (correction->area) changed.emplace_back("residence_area");
    if (changed.empty()) throw CLI::RequiredError("one of --name, --phone, --address, --area");
    Ground ground(surroundings);
    auto key = change(surroundings, ground, *person, surroundings.today(),
                      [&](audit::Work& work, const registry::PersonKey& who) {
                        registry::correct_person(work, ground.classifier, who, *correction);
                      });
    print_changed(surroundings, key, changed);
    return kDone;
  };
}

std::vector<registry::Contact> read_contacts(std::string_view text) {
  js::value parsed = json::parse(text);
  if (!parsed.is_array()) throw CLI::ValidationError("stdin", "not a JSON array of contacts");
  std::vector<registry::Contact> contacts;
  for (const js::value& entry : parsed.as_array()) {
    const js::object* object = entry.if_object();
    if (!object) throw CLI::ValidationError("stdin", "not a JSON array of objects");
    auto member = [&](const char* name) {
      const js::value* value = object->if_contains(name);
      return value && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    contacts.push_back({member("kind"), member("name"), member("phone"), member("relation"), member("note")});
  }
  return contacts;
}

Run define_contacts(CLI::App& command) {
  auto person = std::make_shared<std::string>();
  add_person(command, *person);
  return [person](Surroundings& surroundings) {
    std::string text(std::istreambuf_iterator<char>(std::cin), {});
    std::vector<registry::Contact> contacts = read_contacts(text);
    registry::PersonKey key;
    surroundings.write([&](audit::Work& work) {
      key = find(work.session, work.keys, *person);
      registry::set_contacts(work, key, contacts);
    });
    print_changed(surroundings, key, {"contacts"});
    return kDone;
  };
}

Run define_consent(CLI::App& command) {
  auto person = std::make_shared<std::string>();
  auto consent = std::make_shared<registry::Consent>();
  auto on = std::make_shared<std::string>();
  auto refused = std::make_shared<bool>(false);
  add_person(command, *person);
  command.add_option("--kind", consent->kind, "service, data, home_visit, photo or devices")->required();
  command.add_flag("--refused", *refused, "it was refused or taken back");
  command.add_option("--on", *on, "the day (default: today)")->check(is_date);
  command.add_option("--note", consent->note, "how it was given");
  return [=](Surroundings& surroundings) {
    registry::Consent given = *consent;
    given.given = !*refused;
    given.on = Date::parse(*on).value_or(surroundings.today());
    registry::PersonKey key;
    surroundings.write([&](audit::Work& work) {
      key = find(work.session, work.keys, *person);
      registry::record_consent(work, key, given);
    });
    print_changed(surroundings, key, {"consents"});
    return kDone;
  };
}

}  // namespace

void add_facts(CLI::App& group, Surroundings& surroundings) {
  add_command(group, surroundings, "state", "state facts of a person, with their source and date", define_state);
  add_command(group, surroundings, "correct", "correct name, phone, address or village", define_correct);
  add_command(group, surroundings, "contacts", "replace the contacts by a JSON array read from stdin", define_contacts);
  add_command(group, surroundings, "consent", "record a consent given or refused", define_consent);
}

}  // namespace tanfang::app::people
