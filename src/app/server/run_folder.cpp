#include "app/server/run_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/id.h"
#include "base/problem.h"

namespace tanfang::app::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRun = "run-";

/// The locked folder, or -1 where another process has it. A lock ends with its process, however that ends.
int lock_of(const std::string& path) {
  int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder >= 0 && ::flock(folder, LOCK_EX | LOCK_NB) == 0) return folder;
  if (folder >= 0) ::close(folder);
  return -1;
}

/// As versions before this one left them beside each other: `list-`, `refused-` or `report-` with an id. One of the
/// last hour may belong to such a version that still serves.
bool is_left_sheet(const fs::directory_entry& entry) {
  std::string name = entry.path().stem().string();
  std::size_t dash = name.find('-');
  if (dash == std::string::npos || !entry.is_regular_file()) return false;
  if (fs::file_time_type::clock::now() - entry.last_write_time() < std::chrono::hours(1)) return false;
  std::string word = name.substr(0, dash);
  return (word == "list" || word == "refused" || word == "report") && parse_id(name.substr(dash + 1)).has_value();
}

void remove_left(const std::string& parent) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored)) {
    if (is_left_sheet(entry)) fs::remove(entry.path(), ignored);
    if (!entry.path().filename().string().starts_with(kRun)) continue;
    int lock = lock_of(entry.path().string());
    if (lock < 0) continue;
    fs::remove_all(entry.path(), ignored);
    ::close(lock);
  }
}

}  // namespace

RunFolder::RunFolder(const std::string& parent) {
  fs::create_directories(parent);
  remove_left(parent);
  // Another process that starts just now may take it for left until it is locked.
  for (int tries = 0; lock_ < 0 && tries < 10; ++tries) {
    path_ = parent + "/" + std::string(kRun) + "XXXXXX";
    if (::mkdtemp(path_.data()) == nullptr) break;
    lock_ = lock_of(path_);
    if (lock_ >= 0 && !fs::exists(path_)) {
      ::close(lock_);
      lock_ = -1;
    }
  }
  if (lock_ < 0) throw Failure("cannot make a folder in " + parent + ": " + std::strerror(errno));
}

RunFolder::~RunFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

}  // namespace tanfang::app::server
