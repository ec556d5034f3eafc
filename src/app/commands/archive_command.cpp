// `tanfang print month`, `tanfang archive list|verify|corrections|issue`.
#include "app/commands/archive_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "app/app.h"
#include "app/archives/archives.h"
#include "app/archives/archives_problems.h"
#include "app/commands/command_clock.h"
#include "app/commands/press.h"
#include "app/options.h"
#include "app/settings/settings.h"
#include "app/table.h"
#include "platform/http/file.h"
#include "platform/process/memory.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

struct Options {
  std::string area;
  std::string month;
  std::string archive;
  std::string reason;
  std::string out;
};

void add_archive_id(CLI::App& command, Options& options) {
  command.add_option("--archive", options.archive, "id of the archive")->required()->check(is_id);
}
void add_reason(CLI::App& command, Options& options) {
  command.add_option("--reason", options.reason, "why it is printed unmasked; the trail keeps it")->required();
}
void add_file(CLI::App& command, Options& options) {
  command.add_option("--out", options.out, "the ZIP to write")->required();
}

archives::Archive load(Surroundings& surroundings, Id id) {
  surroundings.spare_memory();
  std::optional<archives::Archive> found;
  surroundings.database().read([&](db::Session& session) { found = archives::find_archive(session, "", id); });
  if (!found) throw archives::problems::unknown();
  return *found;
}

/// Named only when it is whole; only the account itself may read what has people's data in it.
void issue(Surroundings& surroundings, const archives::Archive& archive, const Options& options) {
  std::filesystem::path path = std::filesystem::absolute(options.out);
  auto file = http::File::temporary(path.parent_path().string());
  archives::Verification found;
  surroundings.database().read([&](db::Session& session) {
    found = archives::read_archive(session, surroundings.keys(), archive,
                                   [&](std::string_view bytes) { file->write(bytes); });
  });
  surroundings.write([&](audit::Work& work) { archives::note_issued(work, archive, found, options.reason); });
  file->sync();
  std::filesystem::remove(path);
  file->keep_as(path.string());
}

void tell(Surroundings& surroundings, const archives::Archive& archive) {
  std::string hash = crypto::to_hex(archive.hash);
  if (surroundings.json) {
    fmt::print("{}\n", js::serialize(js::object{{"id", format_id(archive.id)},
                                                {"area", archive.area},
                                                {"month", archive.month},
                                                {"state", archive.state},
                                                {"records", archive.records},
                                                {"pages", archive.pages},
                                                {"copies", archive.copies},
                                                {"bytes", archive.bytes},
                                                {"sha256", hash}}));
  } else {
    fmt::print("{}  {}  records={} pages={} copies={} sha256={}\n", format_id(archive.id), archive.state,
               archive.records, archive.pages, archive.copies, hash);
  }
}

/// What was asked for is drawn here and now, as the service would.
archives::Archive make(Surroundings& surroundings, Press& press, const archives::Order& order) {
  process::return_memory_at_once();  // whatever the month, it stays as small as a part
  archives::Archive asked;
  surroundings.write([&](audit::Work& work) { asked = archives::ask_archive(work, press.ground(), order); });
  CommandClock clock(surroundings);
  jobs::Ground ground{surroundings.database(),       surroundings.keys(),         surroundings.ids(),          clock,
                      press.rooms.ground.classifier, press.rooms.ground.policies, surroundings.settings().jobs};
  archives::make_archives(jobs::Run(ground, archives::kArchiveJob, "", [] { return true; }), press.ground());
  return load(surroundings, asked.id);
}

Run define_list(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--area", options->area, "county, town or village")->required()->check(is_area);
  return [options](Surroundings& surroundings) {
    std::vector<archives::Archive> found;
    archives::ArchiveFilter filter{options->area, Id{0}, 200};
    surroundings.database().read([&](db::Session& session) { found = archives::list_archives(session, filter); });
    std::vector<std::vector<std::string>> table{{"archive", "area", "month", "state", "records", "pages", "sha256"}};
    for (const archives::Archive& each : found) {
      if (surroundings.json) tell(surroundings, each);
      table.push_back({format_id(each.id), each.area, each.month, each.state, std::to_string(each.records),
                       std::to_string(each.pages), crypto::to_hex(each.hash)});
    }
    if (!surroundings.json) fmt::print("{}", table_text(table));
    return kDone;
  };
}

Run define_verify(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_archive_id(command, *options);
  return [options](Surroundings& surroundings) {
    archives::Archive archive = load(surroundings, *parse_id(options->archive));
    archives::Verification found;
    surroundings.database().read([&](db::Session& session) {
      found = archives::read_archive(session, surroundings.keys(), archive, [](std::string_view) {});
    });
    surroundings.write([&](audit::Work& work) { archives::note_verified(work, archive, found); });
    for (const archives::Fault& fault : found.faults) fmt::print("{}  {}\n", fault.what, fault.name);
    if (!found.whole) throw archives::problems::damaged();
    tell(surroundings, archive);
    return kDone;
  };
}

Run define_corrections(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_archive_id(command, *options);
  return [options](Surroundings& surroundings) {
    archives::Archive archive = load(surroundings, *parse_id(options->archive));
    std::vector<archives::Correction> found;
    surroundings.database().read(
        [&](db::Session& session) { found = archives::list_corrections(session, archive, 10'000); });
    std::vector<std::vector<std::string>> table{{"what", "visit", "person", "by", "at"}};
    for (const archives::Correction& each : found) {
      table.push_back({each.what, format_id(each.visit), format_id(each.person),
                       each.by.value == 0 ? "" : format_id(each.by), format_instant(each.at)});
    }
    fmt::print("{}", table_text(table));
    return kDone;
  };
}

Run define_issue(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_archive_id(command, *options);
  add_reason(command, *options);
  add_file(command, *options);
  return [options](Surroundings& surroundings) {
    archives::Archive archive = load(surroundings, *parse_id(options->archive));
    issue(surroundings, archive, *options);
    tell(surroundings, archive);
    return kDone;
  };
}

}  // namespace

Run define_print_month(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--area", options->area, "town (9 digits) or village (12)")->required()->check(is_area);
  command.add_option("--month", options->month, "such as 2024-05")->required();
  add_reason(command, *options);
  add_file(command, *options);
  return [options](Surroundings& surroundings) {
    Press press(surroundings);
    archives::Archive archive = make(surroundings, press, {options->area, options->month, options->reason});
    issue(surroundings, archive, *options);
    tell(surroundings, archive);
    return kDone;
  };
}

void add_archive(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("archive", "months on paper that were filed");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "list", "archives of an area, the newest first", define_list);
  add_command(*group, surroundings, "verify", "compare every file with its hash", define_verify);
  add_command(*group, surroundings, "corrections", "what was changed since it was filed", define_corrections);
  add_command(*group, surroundings, "issue", "the same bytes again", define_issue);
}

}  // namespace tanfang::app
