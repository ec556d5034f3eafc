// Runs a parser of foreign bytes in a child process with little time and memory, so that its faults cannot be ours.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tanfang::excel {

/// Writes to the parent; ends the child where the parent has gone.
class ChildOutput {
 public:
  explicit ChildOutput(int descriptor) : descriptor_(descriptor) {}
  void write(std::string_view bytes);
  void flush();

 private:
  int descriptor_;
  std::string buffer_;
};

/// A forked child whose output is read here. `work` runs in the child with every other file closed and returns the exit
/// code.
class ChildProcess {
 public:
  /// `memory`: bytes of address space that the child may take; `seconds` of processor time. Throws Failure.
  ChildProcess(const std::function<int(ChildOutput&)>& work, std::size_t memory, int seconds);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Reads exactly `size` bytes, or false at the end of the output.
  bool read(char* into, std::size_t size);
  /// Stops reading and waits for the end: the exit code, or -1 where a signal ended it.
  int wait();

 private:
  bool fill();
  pid_t process_ = -1;
  int descriptor_ = -1;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace tanfang::excel
