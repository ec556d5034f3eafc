// Visit records from a stream: many in flight, so that they share commits; answers in the order of the lines.
#pragma once

#include <condition_variable>
#include <cstdio>
#include <deque>
#include <exception>
#include <iosfwd>
#include <mutex>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "visits/visits.h"

namespace tanfang::app {

/// One record's answer as it is printed: `{"key","id","status","problems"}`, without a line end.
std::string record_one(Surroundings& surroundings, const visits::Ground& ground, const std::string& county,
                       const std::string& line);

class VisitRecording {
 public:
  VisitRecording(Surroundings& surroundings, const visits::Ground& ground, std::string county, int writers);

  /// Records every line of `in` and writes an answer for each to `out`, flushed when its record is durable. Lines of
  /// one key are taken one after another. Throws what the first failed line threw; the answers before it are written.
  void run(std::istream& in, std::FILE* out);

 private:
  struct Slot {
    std::string line;
    std::string answer;
    std::exception_ptr failure;
    bool done = false;
  };

  void work(std::size_t writer);
  void put(std::string line);
  void finish(Slot& slot);

  Surroundings& surroundings_;
  const visits::Ground& ground_;
  std::string county_;
  std::FILE* out_ = nullptr;
  std::mutex mutex_;
  std::condition_variable room_;
  std::deque<Slot> slots_;                  // in the order of the lines; addresses stay while slots come and go
  std::vector<std::deque<Slot*>> waiting_;  // one queue a writer
  std::vector<std::condition_variable> arrived_;
  std::exception_ptr failure_;
  bool ended_ = false;
};

}  // namespace tanfang::app
