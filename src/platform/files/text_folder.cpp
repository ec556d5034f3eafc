#include "platform/files/text_folder.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/problem.h"

namespace tanfang::files {

namespace fs = std::filesystem;

TextFolder::TextFolder(const std::string& parent, const std::string& name,
                       const std::map<std::string, std::string>& texts)
    : root_(parent + "/texts-XXXXXX") {
  if (::mkdtemp(root_.data()) == nullptr) throw Failure("cannot make a folder in " + parent);
  path_ = root_ + "/" + name;
  fs::create_directories(path_);
  for (const auto& [file, text] : texts) {
    fs::create_directories(fs::path(path_ + "/" + file).parent_path());
    std::ofstream out(path_ + "/" + file, std::ios::binary);
    out << text;
    if (!out.flush()) throw Failure("cannot write " + file);
  }
}

TextFolder::~TextFolder() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

}  // namespace tanfang::files
