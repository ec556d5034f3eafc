#include "program_run.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "bench.h"

namespace tanfang::bench {

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
    rusage usage{};
    if (child < 0 || ::wait4(child, &status, 0, &usage) != child || status != 0) {
      throw std::runtime_error("the program failed");
    }
    run.peak_megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
  });
  return run;
}

}  // namespace tanfang::bench
