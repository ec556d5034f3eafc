// For tests: schemes made of text, and people made of JSON.
#pragma once

#include <string>
#include <vector>

#include "schemes/schemes.h"

namespace tanfang::schemes::testing {

/// A folder of its own below the temporary one, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

/// A small scheme without mistakes; the case table beside it is empty.
extern const char* const kSmallScheme;

/// Facts of JSON text such as `{"bedridden":true}`; a problem fails the test.
Facts facts_of(const SchemeSet& set, const std::string& json);

Date day(const char* iso);

/// `yes`, `no`, `unknown`.
const char* name_of(Truth truth);

/// All mistakes of a folder as `line: severity: English text`.
std::vector<std::string> lint_lines(const std::string& folder);

}  // namespace tanfang::schemes::testing
