// `tanfang print blank|person|visit|month`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "app/app.h"
#include "app/commands/archive_command.h"
#include "app/commands/people_command.h"
#include "app/commands/press.h"
#include "app/commands/print_command.h"
#include "app/options.h"
#include "app/printing/printing.h"
#include "app/printing/printing_problems.h"
#include "base/text.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

struct Options {
  std::string scheme;
  std::string form;
  std::string person;
  std::string county;
  std::string visit;
  std::string reason;
  std::string out;
  int copies = 1;
};

void add_copies(CLI::App& command, Options& options) {
  command.add_option("--copies", options.copies, "so many copies, each numbered")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
}

void add_file(CLI::App& command, Options& options) {
  command.add_option("--out", options.out, "the PDF to write")->required();
}

/// Only the account itself may read what has a person's data in it.
int write(Surroundings& surroundings, const std::string& path, const std::string& pdf) {
  files::write_whole(path, pdf, 0600);
  if (!surroundings.json) fmt::print("{}\n", path);
  return kDone;
}

Run define_blank(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--scheme", options->scheme, "id of the scheme, such as luzhou-2023")->required();
  command.add_option("--out", options->out, "the folder for its forms, a PDF each")->required();
  add_copies(command, *options);
  return [options](Surroundings& surroundings) {
    Press press(surroundings);
    std::filesystem::create_directories(options->out);
    int printed = 0;
    for (const forms::Form* form : press.rooms.forms.all()) {
      if (!form->id.starts_with(options->scheme + "/")) continue;
      std::string path = (std::filesystem::path(options->out) / (replaced(form->id, "/", "-") + ".pdf")).string();
      std::string pdf = print_blank(press.ground(), form->id, options->copies, surroundings.now());
      files::write_whole(path, pdf);
      if (!surroundings.json) fmt::print("{}  {}\n", path, form->title.zh);
      ++printed;
    }
    if (printed == 0) throw unknown_form();
    return kDone;
  };
}

Run define_person(CLI::App& command) {
  auto options = std::make_shared<Options>();
  people::add_person(command, options->person);
  command.add_option("--form", options->form, "such as luzhou-2023/registration (default: that of the person's area)");
  command.add_option("--reveal-reason", options->reason, "print unmasked; the trail keeps the reason");
  add_copies(command, *options);
  add_file(command, *options);
  return [options](Surroundings& surroundings) {
    Press press(surroundings);
    Print print;
    surroundings.write([&](audit::Work& work) {
      registry::PersonKey key = people::find(work.session, work.keys, options->person);
      std::string form = options->form;
      if (form.empty()) form = form_of_person(work.session, press.ground(), key, work.today());
      print = print_person(work, press.ground(), key, form, options->reason, options->copies);
    });
    return write(surroundings, options->out, draw(print));
  };
}

Run define_visit(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--county", options->county, "code of the county, 6 digits")->required()->check(is_county);
  command.add_option("--visit", options->visit, "id of the record")->required()->check(is_id);
  command.add_option("--reason", options->reason, "why it is printed unmasked; the trail keeps it")->required();
  add_copies(command, *options);
  add_file(command, *options);
  return [options](Surroundings& surroundings) {
    Press press(surroundings);
    Print print;
    surroundings.write([&](audit::Work& work) {
      Id visit = *parse_id(options->visit);
      print = print_visit(work, press.ground(), options->county, visit, options->reason, options->copies);
    });
    return write(surroundings, options->out, draw(print));
  };
}

}  // namespace

void add_print(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("print", "forms on paper, as PDF");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "blank", "the empty forms of a scheme, for filling by hand", define_blank);
  add_command(*group, surroundings, "person",
              "a form with the head data of a person's file, masked unless a reason is given", define_person);
  add_command(*group, surroundings, "visit", "a record on its form", define_visit);
  add_command(*group, surroundings, "month", "a town's or village's month as a ZIP, filed as an archive",
              define_print_month);
}

}  // namespace tanfang::app
