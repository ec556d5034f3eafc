#include "platform/crypto/sealed_zip.h"

#include <sys/stat.h>
#include <zip.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "base/problem.h"

namespace tanfang::crypto {
namespace {

[[noreturn]] void fail(const std::string& zip_path, const std::string& why) {
  throw Failure("cannot write the archive " + zip_path + ": " + why);
}

/// Only the owner may enter it: what is made in it is nobody else's until it is renamed.
class Folder {
 public:
  explicit Folder(const std::string& beside) : path_(beside + ".XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr) fail(beside, std::strerror(errno));
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string part() const { return path_ + "/archive.zip"; }

 private:
  std::string path_;
};

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

}  // namespace

void seal_zip(const std::string& zip_path, const std::string& path, const std::string& name,
              const std::string& password) {
  if (password.empty()) fail(zip_path, "no password");
  Folder folder(zip_path);
  int error = 0;
  std::unique_ptr<zip_t, Discard> archive(zip_open(folder.part().c_str(), ZIP_CREATE | ZIP_EXCL, &error));
  if (!archive) fail(zip_path, "it cannot be made");
  zip_source_t* source = zip_source_file(archive.get(), path.c_str(), 0, -1);
  if (source == nullptr) fail(zip_path, zip_strerror(archive.get()));
  zip_int64_t index = zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    fail(zip_path, zip_strerror(archive.get()));
  }
  auto entry = static_cast<zip_uint64_t>(index);
  // A sheet is compressed already.
  if (zip_set_file_compression(archive.get(), entry, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_encryption(archive.get(), entry, ZIP_EM_AES_256, password.c_str()) != 0) {
    fail(zip_path, zip_strerror(archive.get()));
  }
  if (zip_close(archive.get()) != 0) fail(zip_path, zip_strerror(archive.get()));
  archive.release();
  if (::chmod(folder.part().c_str(), 0600) != 0 || ::rename(folder.part().c_str(), zip_path.c_str()) != 0) {
    fail(zip_path, std::strerror(errno));
  }
}

}  // namespace tanfang::crypto
