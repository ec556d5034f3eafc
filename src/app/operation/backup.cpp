#include "app/operation/backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "app/operation/backup_mark.h"
#include "app/operation/data_folder.h"
#include "app/operation/operation_problems.h"
#include "app/operation/schema_store.h"
#include "platform/db/postgresql_dump.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqliteMark("SQLite format 3\0", 16);
constexpr std::string_view kDumpMark = "PGDMP";

void rename_file(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) throw Failure("cannot rename " + from + " to " + to + ": " + error.message());
}

/// A file that is removed unless it was kept.
class Draft {
 public:
  explicit Draft(std::string path) : path(std::move(path)) { remove(); }
  ~Draft() { remove(); }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  void keep_as(const std::string& name) { rename_file(path, name); }

  const std::string path;

 private:
  void remove() {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm", "-journal"}) fs::remove(path + end, ignored);
  }
};

void require_mark(const std::string& path, std::string_view mark, const char* reason) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) throw backup_unsound("there is no such file: " + path);
  std::string head = files::read_head(path, mark.size());
  if (head != mark) throw backup_unsound(reason);
}

std::int64_t newest_step(Surroundings& surroundings) {
  std::int64_t newest = 0;
  for (const auto& file : fs::directory_iterator(surroundings.shipped() + "/db/migrations")) {
    newest = std::max<std::int64_t>(newest, std::atoll(file.path().stem().string().substr(0, 4).c_str()));
  }
  return newest;
}

/// Checks a database that was opened from a backup, and brings it up to date.
void admit(Surroundings& surroundings, db::Database& database, const RestoreOptions& options, Restored& restored) {
  auto step = last_step(database);
  if (!step) throw backup_unsound("it was not made by this program");
  if (*step > newest_step(surroundings)) throw backup_newer();
  restored.steps =
      db::migrate(database, surroundings.shipped() + "/db/migrations", surroundings.shipped() + "/db/views");
  if (!fs::exists(surroundings.keys_path())) return;
  crypto::KeyRing ring = crypto::KeyRing::open(surroundings.keys_path());
  restored.trail = audit::verify(database, ring);
  if (restored.trail->ok || options.accept_broken_trail) return;
  const auto& bad = *restored.trail->first_bad;
  throw backup_broken_trail(bad.county, bad.number, bad.what);
}

void copy_file(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  if (error) throw Failure("cannot copy " + from + " to " + to + ": " + error.message());
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
}

void open_and_admit(Surroundings& surroundings, const std::string& path, const RestoreOptions& options,
                    Restored& restored) {
  try {
    auto database = db::open_sqlite(path);
    if (std::string complaint = integrity_complaint(*database); !complaint.empty()) throw backup_unsound(complaint);
    admit(surroundings, *database, options, restored);
  } catch (const Failure& failure) {
    // Pages that cannot be read come to light in any statement.
    throw backup_unsound(failure.what());
  }
}

/// Moves the database with its write-ahead log, so that both still belong together.
std::string set_aside(const std::string& path, Instant now) {
  if (!fs::exists(path)) return "";
  std::string time = format_instant(now).substr(0, 19);
  std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
  std::string aside = fmt::format("{}.before-{}", path, time);
  for (int count = 2; fs::exists(aside); ++count) aside = fmt::format("{}.before-{}-{}", path, time, count);
  for (const char* end : {"-wal", "-shm", ""}) {
    if (fs::exists(path + end)) rename_file(path + end, aside + end);
  }
  return aside;
}

/// With the keys here a backup that was written anew, digest and all, is told from one that this program made.
void require_own(Surroundings& surroundings, const BackupMark& mark) {
  if (!fs::exists(surroundings.keys_path())) return;
  if (!is_own(mark, crypto::KeyRing::open(surroundings.keys_path()))) throw backup_not_own();
}

Restored restore_embedded(Surroundings& surroundings, const std::string& path, const RestoreOptions& options) {
  std::string target = surroundings.embedded_path();
  if (fs::exists(target) && !options.force) throw restore_not_empty(surroundings.data_folder);
  require_mark(path, kSqliteMark, "it is no SQLite file");
  make_data_folder(surroundings.data_folder);
  Draft draft(target + ".restoring");
  copy_file(path, draft.path);
  const BackupMark mark = unmark_backup(draft.path);
  Restored restored;
  open_and_admit(surroundings, draft.path, options, restored);
  require_own(surroundings, mark);
  restored.kept_aside = set_aside(target, surroundings.now());
  draft.keep_as(target);
  return restored;
}

Restored restore_server(Surroundings& surroundings, const std::string& path, const RestoreOptions& options) {
  auto open = [&] { return db::open_postgresql(surroundings.database_address, 1); };
  if (has_tables(*open())) throw restore_not_empty("PostgreSQL");
  require_mark(path, kDumpMark, "it is no PostgreSQL dump");
  make_data_folder(surroundings.data_folder);
  Draft draft(surroundings.data_folder + "/dump.restoring");
  copy_file(path, draft.path);
  const BackupMark mark = unmark_backup(draft.path);
  if (!db::dump_holds_table(surroundings.database_address, draft.path, "audit_heads"))
    throw backup_unsound("it holds no tables of this program for the schema at hand");
  db::load_postgresql(surroundings.database_address, draft.path);
  Restored restored;
  try {
    admit(surroundings, *open(), options, restored);
    require_own(surroundings, mark);
  } catch (...) {
    drop_tables(*open());
    throw;
  }
  return restored;
}

}  // namespace

std::int64_t backup_database(Surroundings& surroundings, const std::string& path) {
  if (fs::exists(path)) throw backup_exists(path);
  bool embedded = surroundings.database_address.empty();
  if (embedded && !fs::exists(surroundings.embedded_path())) throw backup_no_data(surroundings.data_folder);
  surroundings.seal();
  Draft draft(path + ".partial");
  if (embedded) {
    std::string complaint = integrity_complaint(surroundings.database());
    if (!complaint.empty()) throw Failure("the database is damaged (" + complaint + "): restore an older backup");
    surroundings.database().copy_to(draft.path);
  } else {
    db::dump_postgresql(surroundings.database_address, draft.path);
  }
  mark_backup(draft.path, surroundings.keys());
  auto size = static_cast<std::int64_t>(fs::file_size(draft.path));
  draft.keep_as(path);
  surroundings.write([&](audit::Work& work) {
    work.record({"", "backup_made", "database", fmt::format(R"({{"bytes":{}}})", size)});
  });
  return size;
}

Restored restore_database(Surroundings& surroundings, const std::string& path, RestoreOptions options) {
  Restored restored = surroundings.database_address.empty() ? restore_embedded(surroundings, path, options)
                                                            : restore_server(surroundings, path, options);
  if (fs::exists(surroundings.keys_path())) {
    surroundings.write([&](audit::Work& work) {
      work.record({"", "database_restored", "database", fmt::format(R"({{"entries":{}}})", restored.trail->entries)});
    });
  }
  return restored;
}

}  // namespace tanfang::app
