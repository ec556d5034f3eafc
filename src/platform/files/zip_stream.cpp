// PKWARE APPNOTE 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16.
#include "platform/files/zip_stream.h"

#include <zlib.h>

#include <limits>

#include "base/problem.h"

namespace tanfang::files {
namespace {

/// Half of what the format can say leaves room for the directory.
constexpr std::uint64_t kMostBytes = std::numeric_limits<std::uint32_t>::max() / 2;
constexpr std::size_t kMostFiles = std::numeric_limits<std::uint16_t>::max();
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kUtf8Names = 1 << 11;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint32_t checksum_of(std::string_view content) {
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const unsigned char*>(content.data()), content.size()));
}

}  // namespace

ZipStream::ZipStream(Sink sink, Instant at) : sink_(std::move(sink)) {
  Date day = china_date(at);
  auto minutes = (at.milliseconds - china_instant(day).milliseconds) / 60'000;
  time_ = static_cast<std::uint16_t>((minutes / 60) << 11 | (minutes % 60) << 5);
  date_ = static_cast<std::uint16_t>((day.year() - 1980) << 9 | day.month() << 5 | day.day());
}

void ZipStream::write(std::string_view bytes) {
  sink_(bytes);
  size_ += bytes.size();
}

/// What the file's own head and the directory have in common.
void ZipStream::add_head(std::string& out, const Entry& entry) const {
  put(out, kVersion, 2);
  put(out, kUtf8Names, 2);
  put(out, 0, 2);  // stored
  put(out, time_, 2);
  put(out, date_, 2);
  put(out, entry.checksum, 4);
  put(out, entry.bytes, 4);
  put(out, entry.bytes, 4);
  put(out, entry.name.size(), 2);
  put(out, 0, 2);
}

void ZipStream::add(std::string_view name, std::string_view content) {
  bool fits = size_ + content.size() <= kMostBytes && entries_.size() < kMostFiles && name.size() < kMostFiles;
  if (!fits) throw Failure("too much for one ZIP");
  Entry entry{std::string(name), checksum_of(content), static_cast<std::uint32_t>(content.size()),
              static_cast<std::uint32_t>(size_)};
  std::string head("PK\3\4", 4);
  add_head(head, entry);
  write(head + entry.name);
  write(content);
  entries_.push_back(std::move(entry));
}

void ZipStream::finish() {
  std::uint64_t begin = size_;
  for (const Entry& entry : entries_) {
    std::string head("PK\1\2", 4);
    put(head, kVersion, 2);
    add_head(head, entry);
    head.append(10, '\0');  // no comment, first disk, no attributes
    put(head, entry.offset, 4);
    write(head + entry.name);
  }
  std::uint64_t bytes = size_ - begin;
  std::string end("PK\5\6", 4);
  put(end, 0, 4);
  put(end, entries_.size(), 2);
  put(end, entries_.size(), 2);
  put(end, bytes, 4);
  put(end, begin, 4);
  put(end, 0, 2);
  write(end);
}

}  // namespace tanfang::files
