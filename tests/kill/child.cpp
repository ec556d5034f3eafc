#include "child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
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

Child::Child(const std::vector<std::string>& words) {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
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
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

void Child::kill_now() {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

int Child::talk(const std::string& input, const std::function<bool(const std::string&)>& visit) {
  std::size_t sent = 0;
  std::string unread;
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
    unread.append(buffer, static_cast<std::size_t>(got));
    for (std::size_t end; (end = unread.find('\n')) != std::string::npos; unread.erase(0, end + 1)) {
      if (!visit(unread.substr(0, end)) && !killed) {
        kill_now();
        killed = true;
      }
    }
  }
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace tanfang::kill
