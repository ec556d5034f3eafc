// A ZIP written as it goes, its files stored as they are or packed: the same files give the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tanfang::files {

/// A file's CRC-32, and that of two pieces one behind the other.
std::uint32_t checksum_of(std::string_view content);
std::uint32_t joined_checksum(std::uint32_t first, std::uint32_t second, std::uint64_t second_bytes);

/// Whether so many files of so many bytes together have room in one ZIP, under names of at most 1,000 bytes.
bool fits_zip(std::int64_t files, std::int64_t bytes);

class ZipStream {
 public:
  using Sink = std::function<void(std::string_view)>;
  /// Every file bears the time of China that `at` is.
  ZipStream(Sink sink, Instant at);
  ~ZipStream();

  /// `name` is UTF-8 with `/` between folders. Throws Failure beyond 4 GiB or 65,535 files, which need another format.
  void add(std::string_view name, std::string_view content);
  /// A file that comes in pieces and is stored as it is: its size and checksum stand before it. Only `store` and
  /// `end_stored` until it ends; throw the same, and Failure where it was of another size.
  void begin_stored(std::string_view name, std::uint64_t bytes, std::uint32_t checksum);
  void store(std::string_view bytes);
  void end_stored();
  /// A file that is packed as it comes, by zlib's quickest level. Only `pack` and `end_packed` until it ends; throw the
  /// same.
  void begin_packed(std::string_view name);
  void pack(std::string_view bytes);
  void end_packed();
  /// Writes the directory.
  void finish();
  std::uint64_t size() const { return size_; }

 private:
  struct Entry {
    std::string name;
    std::uint32_t checksum = 0;
    std::uint32_t bytes = 0;
    std::uint32_t offset = 0;
    std::uint32_t packed = 0;  // bytes as they stand in the ZIP
    bool is_packed = false;
  };
  struct Packer;
  void require_room(std::string_view name, std::uint64_t bytes) const;
  void write(std::string_view bytes);
  void run_packer(std::string_view bytes, bool ends);
  void add_head(std::string& out, const Entry& entry) const;

  Sink sink_;
  std::uint16_t time_;
  std::uint16_t date_;
  std::uint64_t size_ = 0;
  std::uint64_t stored_until_ = 0;  // where the file that is stored now ends
  std::vector<Entry> entries_;
  std::unique_ptr<Packer> packer_;
};

}  // namespace tanfang::files
