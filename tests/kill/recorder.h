// What the killed program does: records that are sent under a key, stored durably with all that follows from them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tanfang::kill {

/// One answer to a record: the id under which it is stored, and whether it was there before.
struct Answer {
  std::int64_t id = 0;
  bool repeated = false;
};

class Recorder {
 public:
  virtual ~Recorder() = default;
  /// Stores what is sent under `key`, or finds it. Answers only when it is on the disk. Called by many threads.
  virtual Answer record(std::int64_t key) = 0;
  /// Every stored record.
  virtual void each(const std::function<void(std::int64_t key, std::int64_t id)>& visit) = 0;
  /// What does not agree in the database, in words: counts against rows, the file itself.
  virtual std::vector<std::string> disagreements() = 0;
};

/// Opens the database of `folder` and makes it where it is missing.
std::unique_ptr<Recorder> open_recorder(const std::string& kind, const std::string& folder);

}  // namespace tanfang::kill
