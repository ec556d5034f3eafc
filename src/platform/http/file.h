// A file of the disk that a body comes from or goes to.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tanfang::http {

/// An open file; closed with its last owner. One thread at a time may write.
class File {
 public:
  /// For reading. Throws Failure where it cannot be opened or is not a regular file.
  static std::shared_ptr<File> open(const std::string& path);
  /// A new file without a name in `folder`, gone with its last owner, also after a crash. Throws Failure.
  static std::shared_ptr<File> temporary(const std::string& folder);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::uint64_t size() const { return size_; }
  /// Appends. Throws Problem `http.no_space` where the disk is full, else Failure.
  void write(std::string_view bytes);
  /// Reads up to `count` bytes from `offset` into `into`: how many there were. Throws Failure.
  std::size_t read(std::uint64_t offset, char* into, std::size_t count) const;
  /// The whole content. Throws Failure where it is larger than `limit`.
  std::string content(std::size_t limit) const;
  /// Waits until the bytes are on the disk. Throws Failure.
  void sync();
  /// Gives a temporary file a name on the same file system; the caller syncs file and folder. Throws Failure, also
  /// where the name is taken.
  void keep_as(const std::string& path);
  /// A path by which readers of paths can open it while this object lives.
  std::string path() const;
  int descriptor() const { return descriptor_; }

 private:
  File(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  int descriptor_;
  std::uint64_t size_;
};

}  // namespace tanfang::http
