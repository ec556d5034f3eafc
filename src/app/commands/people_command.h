// What the files of `tanfang people` share.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/commands/ground.h"
#include "app/json/people_json.h"
#include "planning/planning.h"
#include "registry/registry.h"

namespace tanfang::app::people {

/// Who is meant: an id of 13 characters or a citizen number.
void add_person(CLI::App& command, std::string& person);
/// Throws Problem `person.unknown`, `citizen_number.*`.
registry::PersonKey find(db::Session& session, const crypto::KeyRing& keys, const std::string& person);

/// Runs a change of one person and brings what is owed to them up to date in the same transaction; `from` is the day
/// from which it may be otherwise.
registry::PersonKey change(Surroundings& surroundings, const Ground& ground, const std::string& person, Date from,
                           const std::function<void(audit::Work&, const registry::PersonKey&)>& use_case);

/// One object on a line of its own, with --json; else `plain`.
void print(const Surroundings& surroundings, const boost::json::object& object, const std::string& plain);

/// Each adds some of the commands.
void add_looking(CLI::App& group, Surroundings& surroundings);
void add_status(CLI::App& group, Surroundings& surroundings);
void add_facts(CLI::App& group, Surroundings& surroundings);
void add_transfers(CLI::App& group, Surroundings& surroundings);
void add_verdicts(CLI::App& group, Surroundings& surroundings);

}  // namespace tanfang::app::people
