// A program run beside the test, talked to through pipes.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace tanfang::kill {

class Child {
 public:
  /// Starts `words[0]` with the rest as arguments.
  explicit Child(const std::vector<std::string>& words);
  /// Kills it where it still runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Feeds `input` while handing each line of the answer to `visit`, until the program has ended and all it said is
  /// read. Where `visit` returns false the program is killed at once (SIGKILL); what it had said is still read.
  /// Returns the exit code, or -1 where it was killed.
  int talk(const std::string& input, const std::function<bool(const std::string&)>& visit);

 private:
  void kill_now();

  pid_t process_ = -1;
  int to_ = -1;
  int from_ = -1;
};

}  // namespace tanfang::kill
