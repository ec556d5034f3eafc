// The backups that the service made, in a folder of the data folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/operation/backup.h"

namespace tanfang::app {

struct StoredBackup {
  std::string name;
  std::int64_t bytes = 0;
  Instant made_at;
  std::string digest;                  // that its last line names; empty where it has none
  std::optional<Instant> verified_at;  // when its bytes were last found to be those that were written, with these keys
};

/// `backups` in the data folder.
std::string backup_folder(const std::string& data_folder);
/// By name, which is by time. Without those that are being written.
std::vector<StoredBackup> list_backups(const std::string& folder);
/// Makes one more, named after `now`; returns its name. Throws as `backup_database`.
std::string make_backup(Surroundings& surroundings, const std::string& folder, Instant now);
/// Reads all its bytes, and remembers beside it that they are sound. nullopt where there is none of that name. Throws
/// Problem `backup.unsound`, `backup.not_own`.
std::optional<StoredBackup> verify_backup(const std::string& folder, const std::string& name,
                                          const crypto::KeyRing& keys, Instant now);

}  // namespace tanfang::app
