// `tanfang people transfer propose|list|accept|reject`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "app/app.h"
#include "app/commands/people_command.h"
#include "app/options.h"

namespace tanfang::app::people {
namespace {

namespace js = boost::json;

constexpr std::int64_t kShown = std::int64_t{31} * 24 * 60 * 60 * 1000;  // what was decided stays in the list so long

struct Options {
  std::string county;
  std::string transfer;
  std::string citizen_number;
  std::string to_area;
  std::string reason;
  bool all = false;
};

void add_transfer(CLI::App& command, Options& options) {
  command.add_option("TRANSFER", options.transfer, "id of the transfer")->required()->check(is_id);
  command.add_option("--county", options.county, "the county where the person arrived, or which holds the file")
      ->required()
      ->check(is_county);
}

/// Today where there is no such transfer.
Date proposed_on(audit::Work& work, const std::string& county, Id id) {
  for (const registry::Transfer& transfer : registry::list_transfers(work.session, county, Instant{0})) {
    if (transfer.id == id) return transfer.proposed_on;
  }
  return work.today();
}

Run define_propose(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--citizen-number", options->citizen_number, "of the person who arrived")->required();
  command.add_option("--to", options->to_area, "village or town where the person lives now")
      ->required()
      ->check(is_area);
  return [options](Surroundings& surroundings) {
    registry::Transfer transfer;
    surroundings.write([&](audit::Work& work) {
      transfer = registry::propose_transfer(work, options->citizen_number, options->to_area);
    });
    // Where the file is and whose it is stays with the county that holds it.
    print(surroundings, {{"id", format_id(transfer.id)}, {"to_area", transfer.to_area}, {"status", transfer.status}},
          fmt::format("{} proposed", format_id(transfer.id)));
    return kDone;
  };
}

Run define_list(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--county", options->county, "the county where people arrive or which they leave")
      ->required()
      ->check(is_county);
  command.add_flag("--all", options->all, "also those decided more than 31 days ago");
  return [options](Surroundings& surroundings) {
    Instant since{options->all ? 0 : surroundings.now().milliseconds - kShown};
    surroundings.database().read([&](db::Session& session) {
      for (const auto& transfer : registry::list_transfers(session, options->county, since)) {
        print(surroundings, to_json(transfer),
              fmt::format("{} {} → {} {} {}", format_id(transfer.id),
                          transfer.county.empty() ? "（他处）" : format_id(transfer.person), transfer.to_area,
                          transfer.proposed_on.iso(), transfer.status));
      }
    });
    return kDone;
  };
}

Run define_accept(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_transfer(command, *options);
  return [options](Surroundings& surroundings) {
    Ground ground(surroundings);
    registry::PersonKey key;
    surroundings.write([&](audit::Work& work) {
      Id id = *parse_id(options->transfer);
      Date since = proposed_on(work, options->county, id);
      auto [from, now] = registry::accept_transfer(work, ground.classifier, options->county, id);
      // What arrived was said then, and within a county it changes the file from that day on.
      planning::refresh_person(work, ground.policies, from.county, from.id, now == from ? since : work.today());
      if (now != from) planning::refresh_person(work, ground.policies, now.county, now.id, work.today());
      key = now;
    });
    print(surroundings, {{"id", format_id(key.id)}, {"county", key.county}, {"status", "accepted"}},
          fmt::format("{} now in {}", format_id(key.id), key.county));
    return kDone;
  };
}

Run define_reject(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_transfer(command, *options);
  command.add_option("--reason", options->reason, "why")->required();
  return [options](Surroundings& surroundings) {
    surroundings.write([&](audit::Work& work) {
      registry::reject_transfer(work, options->county, *parse_id(options->transfer), options->reason);
    });
    print(surroundings, {{"id", options->transfer}, {"status", "rejected"}}, options->transfer + " rejected");
    return kDone;
  };
}

}  // namespace

void add_transfers(CLI::App& group, Surroundings& surroundings) {
  CLI::App* transfers =
      group.add_subcommand("transfer", "people who arrived in one area while another holds their file");
  transfers->fallthrough();
  transfers->require_subcommand(1);
  add_command(*transfers, surroundings, "propose", "ask for the file of a citizen number", define_propose);
  add_command(*transfers, surroundings, "list", "what arrives in a county and what leaves it (--json: one a line)",
              define_list);
  add_command(*transfers, surroundings, "accept", "take over the file of a person who arrived here", define_accept);
  add_command(*transfers, surroundings, "reject", "leave the file where it is, with a reason", define_reject);
}

}  // namespace tanfang::app::people
