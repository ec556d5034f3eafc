#include "platform/process/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/problem.h"

namespace tanfang::process {
namespace {

constexpr std::size_t kBuffer = 64 << 10;
constexpr int kInput = 3;
constexpr std::chrono::milliseconds kLeastPatience{1000};

/// What the child begins with: its input, its output, nothing else, and signals as at the start of any program.
class Beginning {
 public:
  Beginning(int input, int output) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, input, kInput);
    posix_spawn_file_actions_addclosefrom_np(&files_, kInput + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~Beginning() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Beginning(const Beginning&) = delete;
  Beginning& operator=(const Beginning&) = delete;

  int start(pid_t& process, const std::vector<std::string>& command) const {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    char* const environment[] = {nullptr};  // it may hold the database's password
    return ::posix_spawn(&process, words[0], &files_, &attributes_, words.data(), environment);
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, int input, const ChildLimits& limits)
    : patience_(limits.silence) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Failure(std::string("cannot make a pipe: ") + std::strerror(errno));
  // A descriptor that is 3 itself, or below, would be written over on its way.
  int apart = ::fcntl(input, F_DUPFD_CLOEXEC, kInput + 1);
  int output = ::fcntl(ends[1], F_DUPFD_CLOEXEC, kInput + 1);
  int error = apart < 0 || output < 0 ? errno : Beginning(apart, output).start(process_, command);
  for (int descriptor : {apart, output, ends[1]}) {
    if (descriptor >= 0) ::close(descriptor);
  }
  descriptor_ = ends[0];
  if (error != 0) {
    ::close(descriptor_);
    throw Failure(std::string("cannot start a child process: ") + std::strerror(error));
  }
  limit(limits);
}

ChildProcess::~ChildProcess() {
  if (process_ > 0) ::kill(process_, SIGKILL);
  wait();
}

void ChildProcess::limit(const ChildLimits& limits) const {
  auto bound = [this](auto what, rlim_t most) {
    rlimit both{most, most};
    ::prlimit(process_, what, &both, nullptr);
  };
  bound(RLIMIT_AS, limits.memory);
  bound(RLIMIT_CPU, static_cast<rlim_t>(limits.processor_seconds));
  bound(RLIMIT_CORE, 0);
  bound(RLIMIT_FSIZE, 0);
}

/// Waits for output as long as there is patience left, all waits together; then the child is killed.
bool ChildProcess::has_output() {
  using Clock = std::chrono::steady_clock;
  for (;;) {
    Clock::time_point began = Clock::now();
    pollfd wanted{descriptor_, POLLIN, 0};
    int ready = ::poll(&wanted, 1, static_cast<int>(patience_.count()));
    int error = errno;
    auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    patience_ = std::max(patience_ - waited, std::chrono::milliseconds(0));
    if (ready > 0) return true;
    if (ready < 0 && error == EINTR) continue;
    ::kill(process_, SIGKILL);
    return false;
  }
}

bool ChildProcess::fill() {
  buffer_.clear();
  at_ = 0;
  if (!has_output()) return false;
  buffer_.resize(kBuffer);
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

std::optional<std::string> ChildProcess::read_all(std::size_t most) {
  std::string text;
  while (at_ < buffer_.size() || fill()) {
    text.append(buffer_, at_);
    at_ = buffer_.size();
    if (text.size() > most) return std::nullopt;
  }
  if (patience_.count() == 0) return std::nullopt;
  return text;
}

/// A child that has closed its output may still do nothing for ever.
void ChildProcess::end_in_time() const {
  int process = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
  pollfd ended{process, POLLIN, 0};
  auto patience = std::max(patience_, kLeastPatience);
  if (process < 0 || ::poll(&ended, 1, static_cast<int>(patience.count())) <= 0) ::kill(process_, SIGKILL);
  if (process >= 0) ::close(process);
}

int ChildProcess::wait() {
  if (descriptor_ >= 0) ::close(descriptor_);  // a child that still writes ends
  descriptor_ = -1;
  if (process_ <= 0) return -1;
  end_in_time();
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace tanfang::process
