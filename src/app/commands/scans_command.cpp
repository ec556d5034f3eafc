// `tanfang scans add|list`: paper that comes back, from files on this machine.
#include "app/commands/scans_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "app/app.h"
#include "app/options.h"
#include "app/table.h"
#include "scans/scans.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

constexpr int kTogether = 200;

struct Options {
  std::string area;
  std::vector<std::string> files;
};

void add_area(CLI::App& command, Options& options) {
  auto is_place = [](const std::string& text) {
    return is_area(text).empty() && text.size() >= 6 ? "" : "not the code of a county, town or village";
  };
  command.add_option("--area", options.area, "county, town or village whose paper it is")
      ->required()
      ->check(CLI::Validator(is_place, "AREA"));
}

std::int64_t read_all(Surroundings& surroundings) {
  scans::Reading reading{surroundings.database(), surroundings.keys(),
                         [&](const std::function<void(audit::Work&)>& use_case) { surroundings.write(use_case); },
                         [] {}};
  std::int64_t pages = 0;
  for (bool more = true; more;) {
    scans::Read read = scans::read_waiting(reading);
    pages += read.pages;
    more = read.more;
  }
  return pages;
}

scans::Added take(Surroundings& surroundings, const std::string& area, const std::string& path) {
  scans::Sealing sealing{surroundings.keys(), surroundings.ids(), surroundings.now(),
                         std::filesystem::temp_directory_path().string()};
  auto write = [&](const std::function<void(audit::Work&)>& use_case) { surroundings.write(use_case); };
  return scans::take_file(surroundings.database(), write, sealing, area, path, *http::File::open(path));
}

/// A file that is refused leaves those before it kept.
Run define_add(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->files, "PDF, JPEG or PNG")->required()->check(CLI::ExistingFile);
  add_area(command, *options);
  return [options](Surroundings& surroundings) {
    int fresh = 0;
    for (const std::string& path : options->files) {
      scans::Added added = take(surroundings, options->area, path);
      fresh += added.fresh;
      if (!surroundings.json) {
        fmt::print("{}  {}\n", format_id(added.batch), added.fresh ? "taken 已收" : "known 已有");
      }
    }
    std::int64_t pages = read_all(surroundings);
    scans::Counts counts;
    surroundings.database().read([&](db::Session& session) { counts = scans::count_open(session, options->area); });
    if (surroundings.json) {
      fmt::print("{}\n",
                 js::serialize(js::object{
                     {"files", fresh}, {"pages", pages}, {"waiting", counts.waiting}, {"unclear", counts.unclear}}));
    } else {
      fmt::print("pages read 已识别 {}, to enter 待录入 {}, unclear 待认领 {}\n", pages, counts.waiting,
                 counts.unclear);
    }
    return kDone;
  };
}

std::vector<scans::Page> pages_in(Surroundings& surroundings, const std::string& area) {
  std::vector<scans::Page> found;
  surroundings.database().read([&](db::Session& session) {
    for (auto state : {scans::State::unclear, scans::State::waiting}) {
      scans::PageFilter filter;
      filter.area = area;
      filter.state = state;
      filter.limit = kTogether;
      for (bool more = true; more;) {
        std::vector<scans::Page> some = scans::list_pages(session, surroundings.keys(), filter);
        more = some.size() == kTogether;
        if (more) filter.after = some.back().id;
        std::move(some.begin(), some.end(), std::back_inserter(found));
      }
    }
  });
  return found;
}

Run define_list(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_area(command, *options);
  return [options](Surroundings& surroundings) {
    std::vector<std::vector<std::string>> rows;
    for (const scans::Page& page : pages_in(surroundings, options->area)) {
      std::string person = page.person.value == 0 ? "" : format_id(page.person);
      std::vector<std::string> row = {format_id(page.id),
                                      format_id(page.batch),
                                      std::to_string(page.number),
                                      std::string(scans::to_text(page.state)),
                                      std::string(scans::to_text(page.why)),
                                      page.form,
                                      person};
      if (surroundings.json) {
        fmt::print("{}\n", js::serialize(js::object{{"id", row[0]},
                                                    {"batch", row[1]},
                                                    {"number", page.number},
                                                    {"state", row[3]},
                                                    {"why", row[4]},
                                                    {"form", row[5]},
                                                    {"person", row[6]}}));
      }
      rows.push_back(std::move(row));
    }
    if (!surroundings.json) fmt::print("{}", table_text(rows));
    return kDone;
  };
}

}  // namespace

void add_scans(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("scans", "forms that came back on paper, scanned or photographed");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "add", "takes files and reads their pages by the codes on them", define_add);
  add_command(*group, surroundings, "list", "pages that wait to be entered, or for somebody to say whose they are",
              define_list);
}

}  // namespace tanfang::app
