#include "program_run.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "bench.h"

namespace tanfang::bench {
namespace {

/// Of the program alone: the peak that `wait4` tells counts what this process had when it was forked.
double peak_so_far(pid_t child) {
  std::ifstream status("/proc/" + std::to_string(child) + "/status");
  double kilobytes = 0;
  bool ours = false;
  for (std::string word; status >> word;) {
    if (word == "Name:") ours = (status >> word) && word == "tanfang";
    if (word == "VmHWM:") status >> kilobytes;
  }
  return ours ? kilobytes / 1024 : 0;
}

}  // namespace

ProgramRun run_program(const std::vector<std::string>& words) {
  std::vector<std::string> command = {"tanfang"};
  command.insert(command.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ProgramRun run;
  run.seconds = seconds_of([&] {
    pid_t child = ::fork();
    if (child == 0) {
      int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, 1);
      ::dup2(nowhere, 2);
      ::execv(TANFANG_PROGRAM, arguments.data());
      ::_exit(127);
    }
    int status = 0;
    pid_t ended = 0;
    while (child > 0 && (ended = ::waitpid(child, &status, WNOHANG)) == 0) {
      run.peak_megabytes = std::max(run.peak_megabytes, peak_so_far(child));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (child < 0 || ended != child || status != 0) throw std::runtime_error("the program failed");
  });
  return run;
}

}  // namespace tanfang::bench
