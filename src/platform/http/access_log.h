// One line a request, without personal data: no address, no path, no query, no name.
#pragma once

#include <cstdint>
#include <string>

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

/// Writes each line with one call, so that lines of many threads and processes never mix; never throws.
class AccessLog {
 public:
  explicit AccessLog(int descriptor) : descriptor_(descriptor) {}
  void operator()(const AccessEntry& entry) const;

 private:
  int descriptor_;
};

}  // namespace tanfang::http
