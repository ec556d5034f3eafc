// Where a process puts files with a name while it makes them: sheets in clear among them. What a process that was
// killed left is gone when the next one starts.
#pragma once

#include <string>

namespace tanfang::app::server {

/// `<parent>/run-XXXXXX`, for its owner only, locked while this object lives and gone with it.
class RunFolder {
 public:
  /// Makes `parent` too, and removes the folders in it whose process has ended. Throws Failure.
  explicit RunFolder(const std::string& parent);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int lock_ = -1;
};

}  // namespace tanfang::app::server
