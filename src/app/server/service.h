// What lives as long as the server, shared by all its routes.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/commands/ground.h"
#include "app/jobs/runner.h"
#include "app/server/address_limit.h"
#include "app/server/run_folder.h"
#include "app/server/stream_places.h"
#include "app/settings/settings.h"
#include "base/clock.h"
#include "identity/identity.h"
#include "platform/db/metered_database.h"

namespace tanfang::app::oidc {
class Provider;
}

namespace tanfang::app::server {

class LedgerTasks;

class Service {
 public:
  /// Opens the database and the keys. What it is given must outlive it.
  Service(Surroundings& surroundings, const Clock& clock, const Settings& settings);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  db::MeteredDatabase& database() const { return *database_; }
  const crypto::KeyRing& keys() const { return *keys_; }
  IdSource& ids() const { return *ids_; }
  Instant now() const { return clock_.now(); }
  const std::string& shipped() const { return shipped_; }
  /// Folders of schemes beside the shipped ones.
  const std::vector<std::string>& further_schemes() const { return further_schemes_; }
  const Settings& settings() const { return settings_; }
  const VisitsGround& rooms() const { return rooms_; }
  const planning::Policies& policies() const { return rooms_.ground.policies; }
  const registry::Classifier& classifier() const { return rooms_.ground.classifier; }
  /// Where bodies go that are too large for memory, and files that are being made; of this process alone.
  const std::string& upload_folder() const { return run_folder_.path(); }
  /// Where backups go.
  const std::string& backups() const { return backups_; }
  LedgerTasks& ledgers() { return *ledgers_; }
  jobs::JobRunner& jobs() { return *jobs_; }
  oidc::Provider& sign_on() const { return *sign_on_; }
  AddressLimit& address_limit() { return address_limit_; }
  StreamPlaces& stream_places() { return stream_places_; }
  /// Held by whoever recomputes the trail: one at a time.
  std::mutex& verification() { return verification_; }
  identity::Ground identity() { return {*database_, *keys_, *ids_, settings_.identity, hasher_, common_}; }

 private:
  const Clock& clock_;
  std::string shipped_;
  std::vector<std::string> further_schemes_;
  std::unique_ptr<db::MeteredDatabase> database_;
  const crypto::KeyRing* keys_;
  IdSource* ids_;
  const Settings& settings_;
  identity::PasswordHasher hasher_;
  identity::CommonPasswords common_;
  VisitsGround rooms_;
  RunFolder run_folder_;
  std::string backups_;
  AddressLimit address_limit_;
  StreamPlaces stream_places_;
  std::mutex verification_;
  std::unique_ptr<oidc::Provider> sign_on_;
  std::unique_ptr<LedgerTasks> ledgers_;
  std::unique_ptr<jobs::Ground> job_ground_;
  std::unique_ptr<jobs::JobRunner> jobs_;
};

}  // namespace tanfang::app::server
