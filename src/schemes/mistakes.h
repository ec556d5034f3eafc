// The mistakes found in scheme folders, as they are found.
#pragma once

#include <string>
#include <vector>

#include "schemes/schemes.h"

namespace tanfang::schemes {

/// Where something is written.
struct Place {
  std::string file;
  int line = 0;
};

class Mistakes {
 public:
  /// The scheme cannot be used.
  void fatal(const Place& place, std::string zh, std::string en) {
    add(place, true, true, std::move(zh), std::move(en));
  }
  /// Must be mended, but what is there has one sensible meaning.
  void error(const Place& place, std::string zh, std::string en) {
    add(place, true, false, std::move(zh), std::move(en));
  }
  void warn(const Place& place, std::string zh, std::string en) {
    add(place, false, false, std::move(zh), std::move(en));
  }

  bool any_fatal() const;
  const std::vector<SchemeMistake>& list() const { return list_; }
  /// Ordered by file and line.
  std::vector<SchemeMistake> sorted() const;
  void append(const std::vector<SchemeMistake>& others) { list_.insert(list_.end(), others.begin(), others.end()); }

 private:
  void add(const Place& place, bool error, bool blocks, std::string zh, std::string en) {
    list_.push_back({place.file, place.line, error, blocks, {std::move(zh), std::move(en)}});
  }
  std::vector<SchemeMistake> list_;
};

/// `; did you mean "…"?` for the candidate that is spelled most like `word`, or nothing.
Words suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace tanfang::schemes
