// Texts as a folder on the disk, for what reads folders; gone at the end.
#pragma once

#include <map>
#include <string>

namespace tanfang::files {

class TextFolder {
 public:
  /// `<parent>/texts-XXXXXX/<name>` with the texts by path, which may lie in folders within. Throws Failure.
  TextFolder(const std::string& parent, const std::string& name, const std::map<std::string, std::string>& texts);
  ~TextFolder();
  TextFolder(const TextFolder&) = delete;
  TextFolder& operator=(const TextFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string root_;
  std::string path_;
};

}  // namespace tanfang::files
