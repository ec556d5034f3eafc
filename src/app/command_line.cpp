#include "app/command_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/Error.hpp>
#include <cstring>
#include <filesystem>
#include <set>

#include "app/app.h"
#include "app/operation/data_folder.h"
#include "app/settings/settings.h"
#include "base/problem.h"
#include "platform/crypto/crypto_problems.h"
#include "platform/files/files.h"
#include "platform/time/system_clock.h"
#include "registry/registry.h"
#include "visits/visits.h"

namespace tanfang::app {
namespace {

constexpr int kSpareCache = 4096;  // kilobytes

/// What needs no data, or may be a deployment's first command. Every other one refuses a folder without data, which may
/// be a slip, instead of making an empty deployment there.
bool may_come_first(const std::string& group, const std::string& name) {
  static const std::set<std::string> kGroups = {"schemes", "settings"};
  static const std::set<std::string> kCommands = {
      "tanfang classify", "tanfang demo", "tanfang backup", "tanfang restore", "tanfang migrate", "areas import",
      "ledger import",    "plan open",    "people schemes", "keys import",     "accounts create", "print blank"};
  return kGroups.contains(group) || kCommands.contains(group + " " + name);
}

/// A county that nobody knows is a slip: nothing is opened, recorded or answered for it.
void require_counties(Surroundings& surroundings, const std::vector<std::string>& counties) {
  if (counties.empty()) return;
  surroundings.database().read([&](db::Session& session) {
    for (const std::string& county : counties) registry::require_area(session, county);
  });
}

}  // namespace

Instant Surroundings::now() const {
  if (now_text.empty()) return SystemClock().now();
  auto instant = parse_instant(now_text);
  if (!instant) throw CLI::ValidationError("--now", "not a time like 2024-03-01T09:30");
  return *instant;
}

const Settings& Surroundings::settings() {
  if (!settings_) settings_ = std::make_shared<const Settings>(load_settings(settings_file, data_folder));
  return *settings_;
}

const std::string& Surroundings::shipped() {
  if (shipped_.empty()) shipped_ = files::shipped_folder();
  return shipped_;
}

std::vector<std::string> Surroundings::further_schemes() const {
  std::vector<std::string> folders = scheme_folders;
  std::string own = data_folder + "/schemes";
  if (std::filesystem::is_directory(own)) folders.push_back(own);
  return folders;
}

void Surroundings::spare_memory() { store_.cache_kilobytes = kSpareCache; }

db::Database& Surroundings::database() {
  if (!database_) migrate();
  return *database_;
}

std::vector<std::string> Surroundings::migrate() {
  std::unique_ptr<db::Database> opened;
  if (!database_address.empty()) {
    opened = db::open_postgresql(database_address, static_cast<int>(settings().database.connections));
  } else {
    opened = open_embedded();
  }
  std::vector<std::string> steps = db::migrate(*opened, shipped() + "/db/migrations", shipped() + "/db/views");
  registry::seed_areas(*opened, shipped() + "/data/areas.csv");
  database_ = std::move(opened);
  if (!steps.empty()) upgrade();
  return steps;
}

/// A folder that may not be written, such as a mounted backup, is still read.
std::unique_ptr<db::Database> Surroundings::open_embedded() {
  make_data_folder(data_folder);
  const std::string path = embedded_path();
  store_.read_only = std::filesystem::exists(path) && !db::may_write_sqlite(path);
  return db::open_sqlite(path, store_);
}

void Surroundings::upgrade() {
  if (store_.read_only) return;

  bool needed = false;
  database().read([&](db::Session& session) { needed = registry::needs_upgrade(session); });
  if (needed) write([](audit::Work& work) { registry::upgrade_registry(work); });
  database().read([&](db::Session& session) { needed = visits::needs_upgrade(session); });
  if (needed) write([](audit::Work& work) { visits::upgrade_visits(work); });
}

std::string Surroundings::embedded_path() const { return data_folder + "/tanfang.db"; }

std::string Surroundings::keys_path() const { return data_folder + "/keys.json"; }

const crypto::KeyRing& Surroundings::keys() {
  if (keys_) return *keys_;
  db::Database& opened = database();
  // Fresh keys for a database that has its own would find and open nothing of what is in it. Asked in this order,
  // because another program may be making both: its keys are there before the database is bound to them.
  if (audit::is_bound(opened) && !std::filesystem::exists(keys_path())) throw crypto::keys_missing(keys_path());
  make_data_folder(data_folder);
  auto ring = std::make_unique<crypto::KeyRing>(crypto::KeyRing::open_or_create(keys_path()));
  audit::bind_keys(opened, *ring);
  keys_ = std::move(ring);
  return *keys_;
}

void Surroundings::use_keys(const crypto::KeyRing& ring) { keys_ = std::make_unique<crypto::KeyRing>(ring); }

IdSource& Surroundings::ids() {
  if (!ids_) {
    std::uint64_t seed = 0;
    std::string bytes = crypto::random_bytes(sizeof seed);
    std::memcpy(&seed, bytes.data(), sizeof seed);
    // With --now many programs work at one moment; the clock's time of day tells their ids apart and keeps their order.
    constexpr std::int64_t kDay = 24 * 60 * 60 * 1000;
    std::int64_t ahead = now_text.empty() ? 0 : SystemClock().now().milliseconds % kDay;
    ids_ = std::make_unique<IdSource>(seed, ahead);
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

void Surroundings::seal() { audit::seal(database(), keys()); }

void Surroundings::seal_at_end() noexcept {
  try {
    if (database_ && keys_ && !store_.read_only) seal();
  } catch (const std::exception& failure) {
    fmt::print(stderr, "warning: the audit trail could not be sealed: {}\n", failure.what());
  }
}

void add_command(CLI::App& parent, Surroundings& surroundings, const std::string& name, const std::string& help,
                 const std::function<Run(CLI::App&)>& define) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->fallthrough();
  Run run = define(*command);
  bool needs_data = !may_come_first(parent.get_name(), name);
  const CLI::Option* county = command->get_option_no_throw("--county");
  command->callback([run, needs_data, county, &surroundings] {
    if (needs_data) require_data(surroundings);
    if (county != nullptr) require_counties(surroundings, county->results());
    struct Sealing {
      Surroundings& surroundings;
      ~Sealing() { surroundings.seal_at_end(); }
    } sealing{surroundings};
    int code = run(surroundings);
    if (code != kDone) throw CLI::RuntimeError(code);
  });
}

}  // namespace tanfang::app
