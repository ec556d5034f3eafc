#include "child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace tanfang::kill {
namespace {

void close_once(int& file) {
  if (file >= 0) ::close(file);
  file = -1;
}

}  // namespace

Child::Child(const std::vector<std::string>& words, const std::string& errors) {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    if (!errors.empty()) dup2(open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDERR_FILENO);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  if (process_ < 0) throw std::runtime_error("no child");
  ::close(in[0]);
  ::close(out[1]);
  to_ = in[1];
  from_ = out[0];
  fcntl(to_, F_SETFL, O_NONBLOCK);
  ::signal(SIGPIPE, SIG_IGN);
}

Child::~Child() {
  kill_now();
  close_once(to_);
  close_once(from_);
  wait();
}

void Child::signal(int number) {
  if (process_ > 0) ::kill(process_, number);
}

int Child::wait() {
  int status = 0;
  if (process_ > 0) waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool Child::is_running() {
  if (process_ > 0 && waitpid(process_, nullptr, WNOHANG) == process_) process_ = -1;
  return process_ > 0;
}

std::optional<std::string> Child::read_line(std::chrono::milliseconds patience) {
  for (;;) {
    if (std::size_t at = unread_.find('\n'); at != std::string::npos) {
      std::string line = unread_.substr(0, at);
      unread_.erase(0, at + 1);
      return line;
    }
    pollfd file{from_, POLLIN, 0};
    if (poll(&file, 1, static_cast<int>(patience.count())) <= 0) return std::nullopt;
    char buffer[4096];
    ssize_t got = ::read(from_, buffer, sizeof buffer);
    if (got <= 0) return std::nullopt;
    unread_.append(buffer, static_cast<std::size_t>(got));
  }
}

int Child::talk(const std::string& input, const std::function<bool(const std::string&)>& visit) {
  std::size_t sent = 0;
  bool killed = false;
  for (;;) {
    pollfd files[] = {{from_, POLLIN, 0}, {to_, POLLOUT, 0}};
    poll(files, to_ >= 0 ? 2 : 1, -1);
    if (to_ >= 0 && files[1].revents != 0) {
      ssize_t written = ::write(to_, input.data() + sent, input.size() - sent);
      if (written > 0) sent += static_cast<std::size_t>(written);
      if (sent == input.size() || (written < 0 && errno != EAGAIN)) close_once(to_);
    }
    if (files[0].revents == 0) continue;
    char buffer[65536];
    ssize_t got = ::read(from_, buffer, sizeof buffer);
    if (got <= 0) break;
    unread_.append(buffer, static_cast<std::size_t>(got));
    for (std::size_t end; (end = unread_.find('\n')) != std::string::npos; unread_.erase(0, end + 1)) {
      if (!visit(unread_.substr(0, end)) && !killed) {
        kill_now();
        killed = true;
      }
    }
  }
  return wait();
}

}  // namespace tanfang::kill
