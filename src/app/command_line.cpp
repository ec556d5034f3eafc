#include "app/command_line.h"

#include <unistd.h>

#include <CLI/Error.hpp>
#include <cstring>
#include <filesystem>

#include "app/app.h"
#include "base/problem.h"
#include "platform/files/files.h"
#include "platform/time/system_clock.h"

namespace tanfang::app {

Instant Surroundings::now() const {
  if (now_text.empty()) return SystemClock().now();
  auto instant = parse_instant(now_text);
  if (!instant) throw CLI::ValidationError("--now", "not a time like 2024-03-01T09:30");
  return *instant;
}

const std::string& Surroundings::shipped() {
  if (shipped_.empty()) shipped_ = files::shipped_folder();
  return shipped_;
}

db::Database& Surroundings::database() {
  if (database_) return *database_;
  if (!database_address.empty()) {
    database_ = db::open_postgresql(database_address);
  } else {
    std::error_code error;
    std::filesystem::create_directories(data_folder, error);
    if (error) throw Failure("cannot make the data folder " + data_folder + ": " + error.message());
    database_ = db::open_sqlite(data_folder + "/tanfang.db");
  }
  db::migrate(*database_, shipped() + "/db/migrations", shipped() + "/db/views");
  return *database_;
}

std::string Surroundings::keys_path() const { return data_folder + "/keys.json"; }

const crypto::KeyRing& Surroundings::keys() {
  if (!keys_) {
    std::error_code error;
    std::filesystem::create_directories(data_folder, error);
    keys_ = std::make_unique<crypto::KeyRing>(crypto::KeyRing::open_or_create(keys_path()));
  }
  return *keys_;
}

IdSource& Surroundings::ids() {
  if (!ids_) {
    std::uint64_t seed = 0;
    std::string bytes = crypto::random_bytes(sizeof seed);
    std::memcpy(&seed, bytes.data(), sizeof seed);
    ids_ = std::make_unique<IdSource>(seed);
  }
  return *ids_;
}

std::string Surroundings::actor() const { return "command:" + std::to_string(::getuid()); }

void Surroundings::write(const std::function<void(audit::Work&)>& use_case) {
  const crypto::KeyRing& ring = keys();
  database().write([&](db::Session& session) {
    audit::Work work(session, now(), ids(), actor(), ring);
    use_case(work);
    if (!work.recorded_or_unchanged()) throw std::logic_error("a write recorded no event");
  });
}

void add_command(CLI::App& parent, Surroundings& surroundings, const std::string& name, const std::string& help,
                 const std::function<Run(CLI::App&)>& define) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->fallthrough();
  Run run = define(*command);
  command->callback([run, &surroundings] {
    int code = run(surroundings);
    if (code != kDone) throw CLI::RuntimeError(code);
  });
}

}  // namespace tanfang::app
