#include "platform/excel/child_process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/problem.h"

namespace tanfang::excel {
namespace {

constexpr std::size_t kBuffer = 64 << 10;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kAddressSanitizer = true;  // reserves terabytes of address space
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kAddressSanitizer = true;
#else
constexpr bool kAddressSanitizer = false;
#endif
#else
constexpr bool kAddressSanitizer = false;
#endif

void limit(decltype(RLIMIT_AS) what, rlim_t most) {
  rlimit bound{most, most};
  ::setrlimit(what, &bound);
}

[[noreturn]] void run_child(const std::function<int(ChildOutput&)>& work, int output, std::size_t memory, int seconds) {
  constexpr int kChildOutput = 3;
  ::dup2(output, kChildOutput);
  ::close_range(kChildOutput + 1, ~0U, 0);
  int nowhere = ::open("/dev/null", O_RDWR);
  for (int standard = 0; standard <= 2; ++standard) ::dup2(nowhere, standard);
  if (!kAddressSanitizer) limit(RLIMIT_AS, memory);
  limit(RLIMIT_CPU, static_cast<rlim_t>(seconds));
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPIPE, SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
  constexpr int kThrew = 99;
  try {
    ChildOutput stream(kChildOutput);
    int code = work(stream);
    stream.flush();
    ::_exit(code);
  } catch (...) {
    ::_exit(kThrew);
  }
}

}  // namespace

void ChildOutput::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void ChildOutput::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    ssize_t count = ::write(descriptor_, left.data(), left.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) ::_exit(1);
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  buffer_.clear();
}

ChildProcess::ChildProcess(const std::function<int(ChildOutput&)>& work, std::size_t memory, int seconds) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Failure(std::string("cannot make a pipe: ") + std::strerror(errno));
  process_ = ::fork();
  if (process_ < 0) {
    int error = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    throw Failure(std::string("cannot start a child process: ") + std::strerror(error));
  }
  if (process_ == 0) run_child(work, ends[1], memory, seconds);
  ::close(ends[1]);
  descriptor_ = ends[0];
}

ChildProcess::~ChildProcess() {
  if (process_ > 0) ::kill(process_, SIGKILL);
  wait();
}

bool ChildProcess::fill() {
  buffer_.resize(kBuffer);
  at_ = 0;
  ssize_t count = -1;
  do {
    count = ::read(descriptor_, buffer_.data(), buffer_.size());
  } while (count < 0 && errno == EINTR);
  buffer_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return count > 0;
}

bool ChildProcess::read(char* into, std::size_t size) {
  while (size > 0) {
    if (at_ == buffer_.size() && !fill()) return false;
    std::size_t part = std::min(size, buffer_.size() - at_);
    std::memcpy(into, buffer_.data() + at_, part);
    at_ += part;
    into += part;
    size -= part;
  }
  return true;
}

int ChildProcess::wait() {
  if (descriptor_ >= 0) ::close(descriptor_);  // a child that still writes ends
  descriptor_ = -1;
  if (process_ <= 0) return -1;
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace tanfang::excel
