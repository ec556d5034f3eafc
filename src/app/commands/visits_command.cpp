// `tanfang visits`: records in, corrections, strikes, lists.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/ground.h"
#include "app/commands/visit_recording.h"
#include "app/json/visits_json.h"
#include "app/options.h"
#include "base/citizen_number.h"

namespace tanfang::app {
namespace {

constexpr int kPage = 500;
constexpr int kMostOfPerson = 10000;

struct Options {
  std::string county;
  std::string person;
  std::string citizen_number;
  std::string month;
  std::string visit;
  std::string reason;
  int writers = 32;
  bool rebuild = false;
};

void add_county(CLI::App& command, Options& options, bool required = true) {
  command.add_option("--county", options.county, "code of the county, 6 digits")->required(required)->check(is_county);
}

void add_visit(CLI::App& command, Options& options) {
  command.add_option("--visit", options.visit, "id of the record")->required()->check(is_id);
}

constexpr const char* kRecordFormat =
    "A line on stdin is one JSON object:\n"
    "  key         text of your own, at most 100 characters; the same key sent again is answered, not recorded twice\n"
    "  person      {\"citizen_number\":\"…\"} or {\"id\":\"13 characters\"}\n"
    "  visitor     who visited\n"
    "  method      home, phone, video, encounter, monitoring, other\n"
    "  started_at, ended_at   2024-05-03T09:00 (official time of China)\n"
    "  outcome     met, not_home, refused\n"
    "  form        such as luzhou-2023/visit; may be left out where nobody was met\n"
    "  answers     an object by the form's field codes (docs/forms.md)\n"
    "e.g. {\"key\":\"a-1\",\"person\":{\"id\":\"0000000000001\"},\"visitor\":\"王敏\",\"method\":\"home\","
    "\"started_at\":\"2024-05-03T09:00\",\"ended_at\":\"2024-05-03T09:20\",\"outcome\":\"not_home\"}\n"
    "A line on stdout answers it, in the same order: {\"key\",\"id\",\"status\":\"recorded\"|\"repeated\"|\"refused\","
    "\"problems\":[{\"field\",\"code\",\"text\",\"text_en\"}]}";

Run define_record(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.footer(kRecordFormat);
  add_county(command, *options);
  command.add_option("--writers", options->writers, "records in flight at once")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  return [options](Surroundings& surroundings) {
    VisitsGround rooms(surroundings);
    std::ios::sync_with_stdio(false);
    VisitRecording(surroundings, rooms.visits, options->county, options->writers).run(std::cin, stdout);
    return kDone;
  };
}

visits::Recorded correct(Surroundings& surroundings, const Options& options, const visits::VisitEntry& entry) {
  VisitsGround rooms(surroundings);
  const crypto::KeyRing& keys = surroundings.keys();
  visits::PreparedVisit prepared;
  surroundings.database().read([&](db::Session& session) {
    prepared = visits::prepare_visit(session, rooms.visits, keys, surroundings.ids(), surroundings.now(),
                                     options.county, entry);
  });
  visits::make_correction(prepared, *parse_id(options.visit), options.reason);
  visits::Recorded recorded;
  surroundings.write([&](audit::Work& work) { recorded = visits::record_visit(work, rooms.visits, prepared); });
  return recorded;
}

Run define_correct(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options);
  add_visit(command, *options);
  command.add_option("--reason", options->reason, "why it is corrected")->required();
  return [options](Surroundings& surroundings) {
    std::string line;
    std::getline(std::cin, line);
    std::string key;
    visits::VisitEntry entry = visits::read_entry(line, key);
    fmt::print("{}\n", recorded_json(key, correct(surroundings, *options, entry)));
    return kDone;
  };
}

Run define_strike(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options);
  add_visit(command, *options);
  command.add_option("--reason", options->reason, "what supervision found")->required();
  return [options](Surroundings& surroundings) {
    VisitsGround rooms(surroundings);
    surroundings.write([&](audit::Work& work) {
      visits::strike_visit(work, rooms.visits, options->county, *parse_id(options->visit), options->reason);
    });
    if (!surroundings.json) fmt::print("已剔除 {} / struck out\n", options->visit);
    return kDone;
  };
}

Run define_show(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options);
  add_visit(command, *options);
  command.add_option("--reason", options->reason, "shows the answers too; the reason is kept in the trail");
  return [options](Surroundings& surroundings) {
    visits::Visit visit;
    Id id = *parse_id(options->visit);
    if (options->reason.empty()) {
      surroundings.database().read(
          [&](db::Session& session) { visit = visits::load_visit(session, surroundings.keys(), options->county, id); });
    } else {
      surroundings.write(
          [&](audit::Work& work) { visit = visits::reveal_visit(work, options->county, id, options->reason); });
    }
    fmt::print("{}\n", visit_json(visit));
    return kDone;
  };
}

registry::PersonKey find_person(Surroundings& surroundings, const Options& options) {
  const crypto::KeyRing& keys = surroundings.keys();
  std::optional<registry::PersonKey> found;
  surroundings.database().read([&](db::Session& session) {
    if (!options.citizen_number.empty()) {
      auto number = read_citizen_number(options.citizen_number).number;
      if (number) found = registry::find_person(session, keys, options.county, number->text);
    } else if (auto id = parse_id(options.person)) {
      found = registry::find_person(session, options.county, *id);
    }
  });
  if (!found) throw Problem("person.unknown", 404, {"没有这位老人的档案", "there is no file of this person"});
  return *found;
}

void add_person(CLI::App& command, Options& options) {
  auto* person = command.add_option("--person", options.person, "id of the person");
  command.add_option("--citizen-number", options.citizen_number, "instead of the id")->excludes(person);
}

void print_visit(const Surroundings& surroundings, const visits::Visit& visit) {
  fmt::print("{}\n", surroundings.json ? visit_json(visit) : visit_line(visit));
}

void list_month(Surroundings& surroundings, const Options& options) {
  planning::Month month = planning::parse_month(options.month);
  Date after_day = month.first_day() - 1;
  Id after;
  for (;;) {
    std::vector<visits::Visit> page;
    surroundings.database().read([&](db::Session& session) {
      page = visits::list_visits(session, surroundings.keys(), options.county, month.first_day(), month.last_day(),
                                 after_day, after, kPage);
    });
    for (const visits::Visit& visit : page) print_visit(surroundings, visit);
    if (page.size() < kPage) return;
    after_day = china_date(page.back().started_at);
    after = page.back().id;
  }
}

Run define_list(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options, false);
  add_person(command, *options);
  command.add_option("--month", options->month, "YYYY-MM, with --county");
  return [options](Surroundings& surroundings) {
    bool of_person = !options->person.empty() || !options->citizen_number.empty();
    if (of_person == (!options->county.empty() && !options->month.empty())) {
      throw CLI::ValidationError("visits list", "give --person or --citizen-number, or --county with --month");
    }
    if (!of_person) {
      list_month(surroundings, *options);
      return kDone;
    }
    registry::PersonKey person = find_person(surroundings, *options);
    std::vector<visits::Visit> found;
    surroundings.database().read([&](db::Session& session) {
      found = visits::list_visits_of_person(session, surroundings.keys(), person, kMostOfPerson);
    });
    for (const visits::Visit& visit : found) print_visit(surroundings, visit);
    return kDone;
  };
}

Run define_statuses(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options, false);
  add_person(command, *options);
  return [options](Surroundings& surroundings) {
    registry::PersonKey person = find_person(surroundings, *options);
    std::vector<visits::StatusChange> changes;
    surroundings.database().read([&](db::Session& session) { changes = visits::load_status_changes(session, person); });
    for (const visits::StatusChange& change : changes) {
      if (surroundings.json) {
        fmt::print("{}\n", status_json(change));
      } else {
        fmt::print("{}  {:24} {} -> {}\n", format_instant(change.at).substr(0, 16), change.indicator,
                   change.before ? forms::name_of(*change.before) : "unknown", forms::name_of(change.after));
      }
    }
    return kDone;
  };
}

Run define_recount(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_county(command, *options);
  command.add_flag("--rebuild", options->rebuild, "write anew what differs");
  return [options](Surroundings& surroundings) {
    std::int64_t wrong = 0;
    surroundings.write(
        [&](audit::Work& work) { wrong = visits::recount_statuses(work, options->county, options->rebuild); });
    if (surroundings.json) {
      fmt::print("{{\"wrong\":{}}}\n", wrong);
    } else {
      fmt::print("状态与原始记录不符的人数 {} / people whose statuses disagree with the records: {}\n", wrong, wrong);
    }
    return kDone;
  };
}

}  // namespace

void add_visits(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("visits", "visit records: recording, correcting, striking out, listing");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "record",
              "record visits and attempts, a JSON object a line on stdin; an answer a line on stdout", define_record);
  add_command(*group, surroundings, "correct", "record the correction (a JSON object on stdin) of an older record",
              define_correct);
  add_command(*group, surroundings, "strike", "strike a record out: it stays and counts for nothing", define_strike);
  add_command(*group, surroundings, "show", "show one record", define_show);
  add_command(*group, surroundings, "list", "list the records of a person, or of a county's month", define_list);
  add_command(*group, surroundings, "statuses", "how a person fares in each indicator, change by change",
              define_statuses);
  add_command(*group, surroundings, "recount", "compare the statuses kept with a recount from the records",
              define_recount);
}

}  // namespace tanfang::app
