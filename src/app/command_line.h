// What every command shares: the time, the database, the keys, the ids, and how errors leave the program.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "audit/audit.h"
#include "base/id.h"
#include "platform/crypto/crypto.h"
#include "platform/db/database.h"
#include "platform/db/sqlite.h"

namespace tanfang::app {

struct Settings;

/// Options that stand before or after any command, and what they open. Nothing is opened before it is asked for, so
/// that a dry run needs no data folder.
class Surroundings {
 public:
  std::string data_folder;                  // --data
  std::string database_address;             // --database
  std::string now_text;                     // --now
  std::string settings_file;                // --settings
  bool json = false;                        // --json
  std::vector<std::string> scheme_folders;  // --schemes

  /// `--now`, else the clock.
  Instant now() const;
  Date today() const { return china_date(now()); }
  /// Read once. Throws as `load_settings`.
  const Settings& settings();
  /// The folder of areas, schemes and migrations.
  const std::string& shipped();
  /// Schemes beside the shipped ones: those of `--schemes`, and `schemes` in the data folder where it is.
  std::vector<std::string> further_schemes() const;
  /// For a command that may be asked for much and shall be small beside a server: before the database is opened.
  void spare_memory();
  /// Opened once, with the schema brought up to date; Failure where it is newer than the program.
  db::Database& database();
  /// Opens it, brings the schema up to date and says which steps that took.
  std::vector<std::string> migrate();
  /// Does with the keys what a step of the schema left to be done.
  void upgrade();
  /// The file of the embedded database.
  std::string embedded_path() const;
  /// Read once; made where both the file and the database are new. Throws Problem `keys.missing` for a database whose
  /// key file is gone, `keys.foreign` for keys of another database, or as `KeyRing::open`.
  const crypto::KeyRing& keys();
  std::string keys_path() const;
  /// Takes the changed ring from now on (rotation).
  void use_keys(const crypto::KeyRing& ring);
  IdSource& ids();
  std::string actor() const;
  /// Runs one use case in a transaction of its own; refuses a write that recorded nothing and did not say unchanged.
  void write(const std::function<void(audit::Work&)>& use_case);
  /// Seals what was recorded so far. Every command does so at its end, so that the trail's tail stays short.
  void seal();
  /// The same, telling a failure on stderr: the command's own work is done and stays done.
  void seal_at_end() noexcept;

 private:
  std::unique_ptr<db::Database> open_embedded();

  std::string shipped_;
  std::shared_ptr<const Settings> settings_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<crypto::KeyRing> keys_;
  std::unique_ptr<IdSource> ids_;
  db::SqliteOptions store_;
};

/// A command's work; returns an exit code. Problem and Failure may leave it.
using Run = std::function<int(Surroundings&)>;

/// Adds a command `name` below `parent`; `define` adds its options and returns what runs.
void add_command(CLI::App& parent, Surroundings& surroundings, const std::string& name, const std::string& help,
                 const std::function<Run(CLI::App&)>& define);

/// Each adds its commands to the program; one file a function in `commands/`.
void add_classify(CLI::App& program, Surroundings& surroundings);
void add_schemes(CLI::App& program, Surroundings& surroundings);
void add_areas(CLI::App& program, Surroundings& surroundings);
void add_ledger(CLI::App& program, Surroundings& surroundings);
void add_people(CLI::App& program, Surroundings& surroundings);
void add_plan(CLI::App& program, Surroundings& surroundings);
void add_visits(CLI::App& program, Surroundings& surroundings);
void add_report(CLI::App& program, Surroundings& surroundings);
void add_accounts(CLI::App& program, Surroundings& surroundings);
void add_audit(CLI::App& program, Surroundings& surroundings);
void add_operation(CLI::App& program, Surroundings& surroundings);
void add_demo(CLI::App& program, Surroundings& surroundings);
void add_settings(CLI::App& program, Surroundings& surroundings);
void add_jobs(CLI::App& program, Surroundings& surroundings);
void add_serve(CLI::App& program, Surroundings& surroundings);

}  // namespace tanfang::app
