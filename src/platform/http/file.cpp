#include "platform/http/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/problem.h"
#include "platform/http/http_problems.h"
#include "platform/http/unlinked.h"

namespace tanfang::http {
namespace {

[[noreturn]] void fail(const std::string& what) { throw Failure(what + ": " + std::strerror(errno)); }

}  // namespace

std::shared_ptr<File> File::open(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("cannot open a file to send");
  struct stat about {};
  if (fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
    ::close(descriptor);
    throw Failure("a file to send is not a regular file");
  }
  return std::shared_ptr<File>(new File(descriptor, static_cast<std::uint64_t>(about.st_size)));
}

int open_unlinked(const std::string& folder) {
  std::string name = folder + "/.upload-XXXXXX";
  int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

std::shared_ptr<File> File::temporary(const std::string& folder) {
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  // Overlays of containers, network file systems; EISDIR: kernels that do not know of it.
  if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) descriptor = open_unlinked(folder);
  if (descriptor < 0) fail("cannot make a temporary file in " + folder);
  return std::shared_ptr<File>(new File(descriptor, 0));
}

File::~File() { ::close(descriptor_); }

void File::write(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) throw no_space();
    if (written < 0) fail("cannot write a temporary file");
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::size_t File::read(std::uint64_t offset, char* into, std::size_t count) const {
  std::size_t done = 0;
  while (done < count) {
    ssize_t got = ::pread(descriptor_, into + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read a file");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

std::string File::content(std::size_t limit) const {
  if (size_ > limit) throw Failure("a file is larger than " + std::to_string(limit) + " bytes");
  std::string bytes(size_, '\0');
  bytes.resize(read(0, bytes.data(), bytes.size()));
  return bytes;
}

void File::sync() {
  if (fdatasync(descriptor_) != 0) fail("cannot bring a file to the disk");
}

void File::keep_as(const std::string& path) {
  std::string link = "/proc/self/fd/" + std::to_string(descriptor_);
  if (linkat(AT_FDCWD, link.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    fail("cannot give a file its name");
  }
}

std::string File::path() const { return "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(descriptor_); }

}  // namespace tanfang::http
