// A folder of files for browsers, known by name from the start: what is not listed cannot be asked for.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "platform/http/request.h"
#include "platform/http/response.h"

namespace tanfang::http {

struct StaticOptions {
  /// The file that answers paths without a dot that are no file (pages of a single-page program); "" for none.
  std::string fallback;
  /// Of every file here.
  std::string content_security_policy =
      "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
};

/// Reads the list when made; links and names that begin with a dot are passed over. Safe to use from many threads.
/// A file `a.js.gz` beside `a.js` goes to clients that take gzip. Names that bear a hash of 8 or more characters before
/// their extension (`desk-3f9a01bc.js`) may be kept for a year, everything else is asked for again with its ETag.
class StaticFiles {
 public:
  /// Throws Failure where the folder cannot be read.
  explicit StaticFiles(const std::string& folder, StaticOptions options = {});

  /// `path`: names joined by `/`. Throws Problem `http.not_found`.
  Response answer(const Request& request, std::string_view path) const;
  std::size_t count() const { return files_.size(); }

 private:
  struct Entry {
    std::string path;
    std::string content_type;
    std::string etag;
    std::string modified;
    bool has_gzip = false;
    bool immutable = false;
  };
  const Entry* find(std::string_view path) const;

  StaticOptions options_;
  std::map<std::string, Entry, std::less<>> files_;
};

/// By the extension; `application/octet-stream` where it is not known.
std::string content_type_of(std::string_view file_name);

}  // namespace tanfang::http
