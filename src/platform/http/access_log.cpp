#include "platform/http/access_log.h"

#include <fmt/format.h>
#include <limits.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "base/problem.h"
#include "platform/json/json.h"

namespace tanfang::http {
namespace {

/// Lines gather for as long, so that a busy server wakes its writer some times a second and not for each request.
constexpr auto kGathering = std::chrono::milliseconds(50);
constexpr int kLastPatience = 100;  // ms

/// As many whole lines as a pipe takes at once without mixing them with those of another process.
std::size_t length_of_whole(std::string_view lines) {
  if (lines.size() <= PIPE_BUF) return lines.size();
  std::size_t end = lines.rfind('\n', PIPE_BUF - 1);
  if (end == std::string_view::npos) end = lines.find('\n');
  return end + 1;
}

}  // namespace

std::string json_line(const AccessEntry& entry) {
  std::string line = fmt::format("{{\"time\":\"{}\",\"id\":", format_instant(entry.time));
  json::append_quoted(line, entry.id);
  line += ",\"method\":";
  json::append_quoted(line, entry.method);
  line += ",\"route\":";
  json::append_quoted(line, entry.route);
  line += fmt::format(",\"status\":{},\"bytes\":{},\"ms\":{:.2f}", entry.status, entry.bytes, entry.milliseconds);
  if (!entry.failure.empty()) {
    line += ",\"failure\":";
    json::append_quoted(line, entry.failure);
  }
  return line + "}\n";
}

AccessLog::AccessLog(int descriptor, std::size_t most_bytes)
    : descriptor_(descriptor), most_bytes_(most_bytes), ending_(::eventfd(0, EFD_CLOEXEC)) {
  if (ending_ < 0) throw Failure("no descriptor for the log");
  thread_ = std::thread([this] { serve(); });
}

AccessLog::~AccessLog() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  std::uint64_t once = 1;
  [[maybe_unused]] ssize_t woken = ::write(ending_, &once, sizeof once);
  arrived_.notify_one();
  thread_.join();
  ::close(ending_);
}

std::uint64_t AccessLog::dropped() const {
  std::lock_guard lock(mutex_);
  return dropped_;
}

void AccessLog::add(std::string_view line) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() + line.size() > most_bytes_) {
      ++dropped_;
      return;
    }
    waiting_ += line;
    wake = std::exchange(asleep_, false);
  }
  if (wake) arrived_.notify_one();
}

/// Waits until something waits, and takes all of it; false at the end.
bool AccessLog::next(std::string& lines, std::uint64_t& dropped) {
  std::unique_lock lock(mutex_);
  asleep_ = true;
  arrived_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
  asleep_ = false;
  arrived_.wait_for(lock, kGathering, [this] { return ended_; });
  lines = std::exchange(waiting_, {});
  dropped = dropped_;
  return !lines.empty();
}

void AccessLog::serve() {
  std::string lines;
  std::uint64_t dropped = 0;
  std::uint64_t told = 0;
  while (next(lines, dropped)) {
    bool tell = dropped > told;
    if (tell) lines += fmt::format("{{\"dropped\":{}}}\n", dropped - told);
    auto lost = static_cast<std::uint64_t>(write(lines));
    if (lost == 0) {
      told = dropped;
      continue;
    }
    std::lock_guard lock(mutex_);
    dropped_ += lost - (tell ? 1 : 0);
  }
}

/// How many lines could not be written: of a reader who has gone, or who is late at the end.
std::ptrdiff_t AccessLog::write(std::string_view lines) {
  while (!lines.empty() && wait_for_room()) {
    ssize_t written = ::write(descriptor_, lines.data(), length_of_whole(lines));
    if (written > 0) lines.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR && errno != EAGAIN) break;
  }
  return std::count(lines.begin(), lines.end(), '\n');
}

bool AccessLog::wait_for_room() {
  pollfd files[] = {{descriptor_, POLLOUT, 0}, {ending_, POLLIN, 0}};
  while (::poll(files, 2, -1) < 0 && errno == EINTR) {
  }
  if (files[0].revents != 0) return true;
  return ::poll(files, 1, kLastPatience) > 0;
}

}  // namespace tanfang::http
