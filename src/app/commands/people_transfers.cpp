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
  command.add_option("--county", options.county, "the county that holds the file")->required()->check(is_county);
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
  command.add_option("--county", options->county, "the county that holds the files")->required()->check(is_county);
  command.add_flag("--all", options->all, "also those decided");
  return [options](Surroundings& surroundings) {
    surroundings.database().read([&](db::Session& session) {
      for (const auto& transfer : registry::list_transfers(session, options->county, !options->all)) {
        print(surroundings, to_json(transfer),
              fmt::format("{} {} → {} {} {}", format_id(transfer.id), format_id(transfer.person), transfer.to_area,
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
      Id old{};
      for (const auto& open : registry::list_transfers(work.session, options->county)) {
        if (open.id == id) old = open.person;
      }
      key = registry::accept_transfer(work, ground.classifier, options->county, id);
      planning::refresh_person(work, ground.policies, options->county, old, work.today());
      if (key.county != options->county) {
        planning::refresh_person(work, ground.policies, key.county, key.id, work.today());
      }
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
  CLI::App* transfers = group.add_subcommand("transfer", "people who arrived elsewhere, waiting to be let go");
  transfers->fallthrough();
  transfers->require_subcommand(1);
  add_command(*transfers, surroundings, "propose", "ask for the file of a citizen number", define_propose);
  add_command(*transfers, surroundings, "list", "what waits in a county (--json: one a line)", define_list);
  add_command(*transfers, surroundings, "accept", "let the file go", define_accept);
  add_command(*transfers, surroundings, "reject", "keep the file, with a reason", define_reject);
}

}  // namespace tanfang::app::people
