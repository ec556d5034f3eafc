// `tanfang people search|show|history`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "app/app.h"
#include "app/commands/people_command.h"
#include "app/options.h"

namespace tanfang::app::people {
namespace {

namespace js = boost::json;

std::string line_of(const registry::Found& found) {
  return fmt::format("{} {} {} {} {} {} {}", format_id(found.key.id), found.area, found.name, found.sex,
                     found.birth_date.iso(), found.citizen_number, registry::to_text(found.status));
}

int search(Surroundings& surroundings, const registry::Search& search) {
  const crypto::KeyRing& keys = surroundings.keys();
  registry::FoundPage page;
  surroundings.database().read(
      [&](db::Session& session) { page = registry::search_people(session, keys, search, surroundings.today()); });
  if (surroundings.json) {
    js::array people;
    for (const registry::Found& found : page.people) people.push_back(to_json(found));
    fmt::print("{}\n", js::serialize(js::object{{"people", std::move(people)}, {"next", page.next}}));
    return kDone;
  }
  for (const registry::Found& found : page.people) fmt::print("{}\n", line_of(found));
  if (!page.next.empty()) fmt::print(stderr, "下一页：--cursor '{}'\n", page.next);
  return kDone;
}

/// An empty term would find everybody.
std::string is_given(const std::string& text) { return text.empty() ? "nothing given" : ""; }

Run define_search(CLI::App& command) {
  auto options = std::make_shared<registry::Search>();
  command.add_option("--area", options->area, "only in this area")->check(is_area);
  command.add_option("--name", options->name, "the name, or how it begins")->check(is_given);
  command.add_option("--pinyin", options->pinyin, "initials (zxl) or pinyin (zhangxiaoli), or how they begin")
      ->check(is_given);
  command.add_option("--citizen-number", options->citizen_number, "the whole citizen number")->check(is_given);
  command.add_option("--phone", options->phone, "the whole phone number")->check(is_given);
  command.add_option("--limit", options->limit, "people a page")->capture_default_str()->check(CLI::Range(1, 200));
  command.add_option("--cursor", options->cursor, "`next` of the page before");
  return [options](Surroundings& surroundings) { return search(surroundings, *options); };
}

struct ShowOptions {
  std::string person;
  std::string reason;
  std::vector<std::string> fields;
  bool reveal = false;
};

registry::Person load(Surroundings& surroundings, const ShowOptions& options) {
  registry::Person person;
  if (!options.reveal) {
    const crypto::KeyRing& keys = surroundings.keys();
    surroundings.database().read([&](db::Session& session) {
      person = registry::load_person(session, keys, find(session, keys, options.person));
    });
  } else {
    surroundings.write([&](audit::Work& work) {
      registry::PersonKey key = find(work.session, work.keys, options.person);
      person = registry::reveal_person(work, key, options.fields, options.reason);
    });
  }
  return person;
}

std::string text_of(const registry::Person& person, const std::string& address, std::string_view status) {
  std::string text =
      fmt::format("{} {} {} {} {}\n公民身份号码 {}  电话 {}\n住址 {}（{}）{}\n登记 {}\n", format_id(person.key.id),
                  person.name, person.sex, person.birth_date.iso(), status, person.citizen_number, person.phone,
                  address, person.area, person.address, person.registered_on.iso());
  for (const registry::Contact& contact : person.contacts) {
    text += fmt::format("联系人 {} {} {} {}\n", contact.kind, contact.name, contact.relation, contact.phone);
  }
  for (const registry::FactOrigin& fact : person.facts) {
    text += fmt::format("{} = {}  ({} {})\n", fact.fact, fact.value, registry::to_text(fact.source), fact.date.iso());
  }
  text.pop_back();
  return text;
}

int show(Surroundings& surroundings, const ShowOptions& options) {
  registry::Person person = load(surroundings, options);
  Date today = surroundings.today();
  std::string address;
  registry::Status status{};
  js::array verdicts;
  surroundings.database().read([&](db::Session& session) {
    address = registry::AreaIndex::from_table(session, person.area, today).full_name(person.area);
    status = registry::status_on(registry::load_status_history(session, person.key), today);
    for (const auto& verdict : registry::load_classifications(session, person.key, today, today)) {
      verdicts.push_back(to_json(verdict));
    }
  });
  js::object object = to_json(person);
  object["area_name"] = address;
  object["status"] = registry::to_text(status);
  object["verdicts"] = std::move(verdicts);
  print(surroundings, object, text_of(person, address, registry::to_text(status)));
  return kDone;
}

Run define_show(CLI::App& command) {
  auto options = std::make_shared<ShowOptions>();
  add_person(command, options->person);
  auto* reason = command.add_option("--reveal-reason", options->reason, "show unmasked; the trail keeps the reason");
  command
      .add_option("--fields", options->fields,
                  "only these unmasked: citizen_number, phone, address, contacts, household")
      ->delimiter(',')
      ->needs(reason);
  return [options, reason](Surroundings& surroundings) {
    options->reveal = reason->count() > 0;
    return show(surroundings, *options);
  };
}

Run define_history(CLI::App& command) {
  auto person = std::make_shared<std::string>();
  add_person(command, *person);
  return [person](Surroundings& surroundings) {
    const crypto::KeyRing& keys = surroundings.keys();
    surroundings.database().read([&](db::Session& session) {
      for (const auto& record : registry::load_history(session, find(session, keys, *person))) {
        std::string line = fmt::format("{} {} {} {} {}", record.said_on.iso(), registry::to_text(record.source),
                                       record.speaker, record.actor, fmt::join(record.changed, " "));
        print(surroundings, to_json(record), line);
      }
    });
    return kDone;
  };
}

}  // namespace

void add_looking(CLI::App& group, Surroundings& surroundings) {
  add_command(group, surroundings, "search", "find people by name, pinyin, citizen number, phone or area",
              define_search);
  add_command(group, surroundings, "show", "one file, masked unless --reveal-reason is given", define_show);
  add_command(group, surroundings, "history", "what was said of a person, by whom and when (--json: one a line)",
              define_history);
}

}  // namespace tanfang::app::people
