#include "platform/files/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/problem.h"

namespace tanfang::files {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const char* doing) {
  throw Failure(std::string(doing) + " " + path + ": " + std::strerror(errno));
}

bool holds_shipped_data(const fs::path& folder) {
  return fs::is_directory(folder / "schemes") && fs::is_directory(folder / "db" / "migrations");
}

}  // namespace

std::string read_whole(const std::string& path, std::size_t limit) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in || fs::is_directory(path)) fail(path, "cannot read");
  auto size = static_cast<std::size_t>(in.tellg());
  if (size > limit) throw Failure("cannot read " + path + ": larger than " + std::to_string(limit) + " bytes");
  std::string bytes(size, '\0');
  in.seekg(0);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) fail(path, "cannot read");
  return bytes;
}

std::string read_head(const std::string& path, std::size_t count) {
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path)) fail(path, "cannot read");
  std::string bytes(count, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

void write_whole(const std::string& path, std::string_view bytes, int mode) {
  std::string fresh = path + ".new";
  int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, static_cast<mode_t>(mode));
  if (file < 0) fail(fresh, "cannot write");
  bool ok = ::fchmod(file, static_cast<mode_t>(mode)) == 0;
  while (ok && !bytes.empty()) {
    ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    ok = written > 0;
    if (ok) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  ok = ok && ::fsync(file) == 0;
  int error = errno;
  ::close(file);
  errno = error;
  if (!ok || ::rename(fresh.c_str(), path.c_str()) != 0) {
    error = errno;
    ::unlink(fresh.c_str());
    errno = error;
    fail(path, "cannot write");
  }
  // The new name outlives a power cut only when its folder is on the disk too.
  std::string folder = fs::path(path).parent_path().string();
  int directory = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
}

std::string shipped_folder() {
  if (const char* home = std::getenv("TANFANG_HOME")) {
    if (holds_shipped_data(home)) return home;
    throw Failure(std::string("TANFANG_HOME=") + home + " holds no schemes and db/migrations");
  }
  std::error_code error;
  fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (holds_shipped_data(folder)) return folder;
    if (holds_shipped_data(folder / "share" / "tanfang")) return folder / "share" / "tanfang";
    if (folder == folder.root_path()) break;
  }
  throw Failure("schemes and db/migrations are not found near the program; set TANFANG_HOME");
}

}  // namespace tanfang::files
