// The program that is killed:
//   kill_driver KIND FOLDER record   reads keys, one a line, records them with 32 writers, and answers each with
//                                    `key id 0|1` (1: it was there before) as soon as it is durable
//   kill_driver KIND FOLDER list     all stored records as `key id`, then what disagrees, each after a `!`
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <iostream>
#include <mutex>
#include <optional>
#include <thread>

#include "recorder.h"

namespace {

using namespace tanfang::kill;

constexpr int kWriters = 32;

class Keys {
 public:
  std::optional<std::int64_t> next() {
    std::lock_guard lock(mutex_);
    std::int64_t key = 0;
    if (!(std::cin >> key)) return std::nullopt;
    return key;
  }

 private:
  std::mutex mutex_;
};

/// One line in one call, so that a kill never cuts an answer in two.
void answer(std::int64_t key, Answer answer) {
  std::string line = std::to_string(key) + " " + std::to_string(answer.id) + (answer.repeated ? " 1\n" : " 0\n");
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::terminate();
}

void record(Recorder& recorder) {
  Keys keys;
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      while (auto key = keys.next()) answer(*key, recorder.record(*key));
    });
  }
  for (auto& writer : writers) writer.join();
}

void list(Recorder& recorder) {
  recorder.each([](std::int64_t key, std::int64_t id) { std::cout << key << ' ' << id << '\n'; });
  for (const std::string& line : recorder.disagreements()) std::cout << "! " << line << '\n';
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  try {
    auto recorder = open_recorder(words[1], words[2]);
    std::string(words[3]) == "list" ? list(*recorder) : record(*recorder);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kill_driver: %s\n", error.what());
    return 3;
  }
}
