// Runs a parser of foreign bytes in a process of its own with little time and memory, so that its faults cannot be
// ours.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tanfang::process {

struct ChildLimits {
  std::size_t memory = 2048ull << 20;  // bytes of address space
  int processor_seconds = 60;
  std::chrono::milliseconds silence{60'000};  // that the parent spends waiting for output, all together
};

/// A program started afresh (never a copy of this process, which has other threads and others' data): it sees `input`
/// as descriptor 3, its output is read here, and every other file is closed to it.
class ChildProcess {
 public:
  /// Throws Failure where it cannot be started.
  ChildProcess(const std::vector<std::string>& command, int input, const ChildLimits& limits);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Reads exactly `size` bytes, or false at the end of the output, and where the child was silent for too long: then
  /// it is killed.
  bool read(char* into, std::size_t size);
  /// All that it says until it ends; nullopt where that is more than `most` bytes, or it was silent for too long.
  std::optional<std::string> read_all(std::size_t most);
  /// Stops reading and waits for the end, as long as there is patience left and at least a second; then it is killed.
  /// The exit code, or -1 where a signal ended it.
  int wait();

 private:
  bool fill();
  bool has_output();
  void limit(const ChildLimits& limits) const;
  void end_in_time() const;

  pid_t process_ = -1;
  int descriptor_ = -1;
  std::chrono::milliseconds patience_;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace tanfang::process
