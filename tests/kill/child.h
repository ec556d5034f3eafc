// A program run beside the test, talked to through pipes.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tanfang::kill {

class Child {
 public:
  /// Starts `words[0]` with the rest as arguments; what it says on stderr goes to the end of the file `errors`, where
  /// one is named. It ends with this program.
  explicit Child(const std::vector<std::string>& words, const std::string& errors = "");
  /// Kills it where it still runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Feeds `input` while handing each line of the answer to `visit`, until the program has ended and all it said is
  /// read. Where `visit` returns false the program is killed at once (SIGKILL); what it had said is still read.
  /// Returns the exit code, or -1 where it was killed.
  int talk(const std::string& input, const std::function<bool(const std::string&)>& visit);

  /// One line of what it says, without its end; nothing where it ended or was silent for `patience`.
  std::optional<std::string> read_line(std::chrono::milliseconds patience);
  void signal(int number);
  void kill_now() { signal(SIGKILL); }
  /// Waits for its end; the exit code, or -1 where it was killed.
  int wait();
  bool is_running();
  pid_t process() const { return process_; }

 private:
  pid_t process_ = -1;
  int to_ = -1;
  int from_ = -1;
  std::string unread_;
};

}  // namespace tanfang::kill
