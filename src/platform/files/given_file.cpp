#include "platform/files/given_file.h"

#include <filesystem>

#include "base/problem.h"
#include "platform/files/files.h"

namespace tanfang::files {

std::string read_given(const std::string& path, std::size_t limit) {
  std::error_code error;
  std::string reason = std::filesystem::is_directory(path, error) ? path + " is a folder" : "";
  try {
    if (reason.empty()) return read_whole(path, limit);
  } catch (const Failure& failure) {
    reason = failure.what();
  }
  throw Problem("file.unreadable", 422,
                {"读不了文件 " + path + "；请检查路径和权限", reason + "; check the path and its permissions"});
}

}  // namespace tanfang::files
