// Telling on stderr how far a long work is.
#pragma once

#include <cstdint>
#include <string>

namespace tanfang::app {

/// At a terminal one line that is written over; elsewhere a line for each 100,000.
class Progress {
 public:
  /// `words` says what is counted, e.g. `entries verified`.
  explicit Progress(std::string words);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void tell(std::int64_t done);

 private:
  std::string words_;
  bool terminal_;
  std::int64_t told_ = 0;
};

}  // namespace tanfang::app
