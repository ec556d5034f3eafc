// One line a request, without personal data: no address, no path, no query, no name.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/date.h"

namespace tanfang::http {

struct AccessEntry {
  Instant time;
  std::string id;
  /// "-" where the request was refused before its method was known.
  std::string method;
  /// The pattern of the route, or "" where none was taken.
  std::string route;
  int status = 0;
  /// Of the answer's body as sent.
  std::uint64_t bytes = 0;
  double milliseconds = 0;
  /// What failed behind a 500: the text of a Failure, else only the type of what was thrown.
  std::string failure;
};

/// `{"time":"…","id":"…","method":"GET","route":"/people/{id}","status":200,"bytes":12,"ms":0.21}` and a line feed.
std::string json_line(const AccessEntry& entry);

/// Writes whole lines by a thread of its own, so that nobody who logs ever waits for whoever reads the log. Lines wait
/// in a queue; what comes past its size is dropped, counted, and told by a line `{"dropped":12}` once there is room.
/// Safe to use from many threads; only the destructor waits, a tenth of a second at most for a reader who is late.
class AccessLog {
 public:
  explicit AccessLog(int descriptor, std::size_t most_bytes = 1u << 20);
  ~AccessLog();
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  void operator()(const AccessEntry& entry) { add(json_line(entry)); }
  /// A line of plain words; its end is added.
  void say(std::string_view words) { add(std::string(words) + "\n"); }
  /// Lines since the start that nobody will read.
  std::uint64_t dropped() const;

 private:
  void add(std::string_view line);
  void serve();
  bool next(std::string& lines, std::uint64_t& dropped);
  std::ptrdiff_t write(std::string_view lines);
  bool wait_for_room();

  const int descriptor_;
  const std::size_t most_bytes_;
  /// Readable once the log ends: wakes whoever waits for room.
  int ending_ = -1;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::string waiting_;
  bool asleep_ = false;
  bool ended_ = false;
  std::uint64_t dropped_ = 0;
  std::thread thread_;
};

}  // namespace tanfang::http
