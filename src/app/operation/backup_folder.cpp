#include "app/operation/backup_folder.h"

#include <algorithm>
#include <filesystem>

#include "app/operation/backup_mark.h"
#include "app/operation/data_folder.h"
#include "app/operation/operation_problems.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "tanfang-";
constexpr std::string_view kEnd = ".backup";
constexpr const char* kVerified = ".verified";  // beside a backup: its digest and when it was found sound

bool is_name(std::string_view name) { return name.starts_with(kHead) && name.ends_with(kEnd); }

/// `2025-06-20T09:00:00+08:00` -> `20250620T090000`.
std::string stamp_of(Instant now) {
  std::string time = format_instant(now).substr(0, 19);
  std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
  return time;
}

std::optional<Instant> stamp_in(const std::string& name) {
  std::string digits = name.substr(kHead.size(), 15);
  if (digits.size() != 15) return std::nullopt;
  return parse_instant(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 5) + ":" +
                       digits.substr(11, 2) + ":" + digits.substr(13, 2) + "+08:00");
}

/// What was noted beside the backup, where it still is the one that was looked at.
std::optional<Instant> verified_at(const std::string& path, const std::string& digest) {
  if (!fs::exists(path + kVerified)) return std::nullopt;
  std::string noted = files::read_whole(path + kVerified);
  if (!noted.starts_with(digest + " ")) return std::nullopt;
  return parse_instant(noted.substr(digest.size() + 1));
}

StoredBackup read_backup(const std::string& folder, const std::string& name) {
  std::string path = folder + "/" + name;
  StoredBackup backup;
  backup.name = name;
  backup.bytes = static_cast<std::int64_t>(fs::file_size(path));
  backup.made_at = stamp_in(name).value_or(Instant{});
  if (auto mark = read_mark(path)) {
    backup.digest = mark->digest;
    backup.verified_at = verified_at(path, mark->digest);
  }
  return backup;
}

}  // namespace

std::string backup_folder(const std::string& data_folder) { return data_folder + "/backups"; }

std::vector<StoredBackup> list_backups(const std::string& folder) {
  std::vector<StoredBackup> backups;
  if (!fs::is_directory(folder)) return backups;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename();
    if (is_name(name) && entry.is_regular_file()) backups.push_back(read_backup(folder, name));
  }
  std::sort(backups.begin(), backups.end(),
            [](const StoredBackup& left, const StoredBackup& right) { return left.name < right.name; });
  return backups;
}

std::string make_backup(Surroundings& surroundings, const std::string& folder, Instant now) {
  make_data_folder(folder);
  std::string name = std::string(kHead) + stamp_of(now) + std::string(kEnd);
  backup_database(surroundings, folder + "/" + name);
  return name;
}

std::optional<StoredBackup> verify_backup(const std::string& folder, const std::string& name,
                                          const crypto::KeyRing& keys, Instant now) {
  auto backups = list_backups(folder);
  auto found =
      std::find_if(backups.begin(), backups.end(), [&](const StoredBackup& backup) { return backup.name == name; });
  if (found == backups.end()) return std::nullopt;
  std::string path = folder + "/" + name;
  BackupMark mark = check_mark(path);
  if (!is_own(mark, keys)) throw backup_not_own();
  files::write_whole(path + kVerified, mark.digest + " " + format_instant(now), 0600);
  return read_backup(folder, name);
}

}  // namespace tanfang::app
