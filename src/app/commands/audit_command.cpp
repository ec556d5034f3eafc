// `tanfang audit verify|list`.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/progress.h"
#include "base/area_code.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

std::string place_of(const std::string& county) { return county.empty() ? "-" : county; }

void print_json(const audit::Verification& found) {
  js::value bad = nullptr;
  if (found.first_bad) {
    bad = {{"county", found.first_bad->county}, {"number", found.first_bad->number}, {"what", found.first_bad->what}};
  }
  js::object answer{{"entries", found.entries}, {"sealed", found.sealed}, {"ok", found.ok}, {"first_bad", bad}};
  fmt::print("{}\n", js::serialize(answer));
}

void print_plain(const audit::Verification& found) {
  fmt::print("审计记录 {} 条，已封存 {} 条，未封存 {} 条\n", found.entries, found.sealed, found.entries - found.sealed);
  if (found.ok) {
    fmt::print("审计链完整 (ok)\n");
    return;
  }
  fmt::print("审计链在区县 {} 第 {} 条断裂：{}\n", place_of(found.first_bad->county), found.first_bad->number,
             found.first_bad->what);
}

int verify(Surroundings& surroundings) {
  // The keys first: they refuse a missing or foreign key file before a long work.
  const crypto::KeyRing& keys = surroundings.keys();
  audit::Verification found;
  {
    Progress progress("entries verified");
    found = audit::verify(surroundings.database(), keys, [&](std::int64_t done) { progress.tell(done); });
  }
  surroundings.json ? print_json(found) : print_plain(found);
  return found.ok ? kDone : kRefused;
}

js::object to_json(const audit::Entry& entry) {
  // An entry that somebody edited need not be JSON any more, and must be shown all the same.
  js::error_code error;
  js::value details = js::parse(entry.details, error);
  if (error) details = js::string(entry.details);
  js::value number = nullptr;
  if (entry.number) number = *entry.number;
  return {{"county", entry.county}, {"number", number},   {"id", format_id(entry.id)}, {"at", format_instant(entry.at)},
          {"actor", entry.actor},   {"kind", entry.kind}, {"subject", entry.subject},  {"details", std::move(details)}};
}

int list(Surroundings& surroundings, const audit::Filter& filter) {
  surroundings.database().read([&](db::Session& session) {
    for (const audit::Entry& entry : audit::list(session, filter)) {
      if (surroundings.json) {
        fmt::print("{}\n", js::serialize(to_json(entry)));
      } else {
        fmt::print("{} {} {} {} {} {} {}\n", place_of(entry.county), entry.number ? std::to_string(*entry.number) : "-",
                   format_instant(entry.at), entry.actor, entry.kind, entry.subject, entry.details);
      }
    }
  });
  return kDone;
}

Run define_list(CLI::App& command) {
  auto filter = std::make_shared<audit::Filter>();
  command.add_option("--county", filter->county, "only this county (6 digits)");
  command.add_option("--kind", filter->kind, "only this kind, e.g. field_revealed");
  command.add_option("--subject", filter->subject, "only this subject, e.g. person:06bg3t2w9k4h5");
  command.add_option("--limit", filter->limit, "at most so many, the newest")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000));
  return [filter](Surroundings& surroundings) { return list(surroundings, *filter); };
}

}  // namespace

void add_audit(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("audit", "the trail of every change and every look at unmasked data");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "verify",
              "recompute the hash chains; exit 1 and the first bad entry where one does not hold",
              [](CLI::App&) { return verify; });
  add_command(*group, surroundings, "list", "show entries, the newest first (--json: one object a line)", define_list);
}

}  // namespace tanfang::app
