// PKWARE APPNOTE 6.3.3, sections 4.3.7, 4.3.9, 4.3.12 and 4.3.16.
#include "platform/files/zip_stream.h"

#include <zlib.h>

#include <array>
#include <limits>
#include <new>

#include "base/problem.h"

namespace tanfang::files {
namespace {

/// What the format can say, with room for the directory.
constexpr std::uint64_t kMostBytes = std::numeric_limits<std::uint32_t>::max() - (16u << 20);
constexpr std::size_t kMostFiles = std::numeric_limits<std::uint16_t>::max();
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kUtf8Names = 1 << 11;
constexpr std::uint16_t kSizesBehind = 1 << 3;
constexpr int kRaw = -15;  // deflate without a head of its own, as a ZIP has it
constexpr int kMemory = 9;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint32_t continued_checksum(std::uint32_t before, std::string_view content) {
  return static_cast<std::uint32_t>(
      crc32_z(before, reinterpret_cast<const unsigned char*>(content.data()), content.size()));
}

}  // namespace

std::uint32_t checksum_of(std::string_view content) { return continued_checksum(0, content); }

std::uint32_t joined_checksum(std::uint32_t first, std::uint32_t second, std::uint64_t second_bytes) {
  return static_cast<std::uint32_t>(crc32_combine(first, second, static_cast<z_off_t>(second_bytes)));
}

bool fits_zip(std::int64_t files, std::int64_t bytes) {
  constexpr std::int64_t kMostOfHead = 1'030;
  return files <= static_cast<std::int64_t>(kMostFiles) &&
         bytes + files * kMostOfHead <= static_cast<std::int64_t>(kMostBytes);
}

struct ZipStream::Packer {
  z_stream stream{};

  Packer() {
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kRaw, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Packer() { deflateEnd(&stream); }
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;
};

ZipStream::~ZipStream() = default;

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
  put(out, entry.is_packed ? kUtf8Names | kSizesBehind : kUtf8Names, 2);
  put(out, entry.is_packed ? Z_DEFLATED : 0, 2);
  put(out, time_, 2);
  put(out, date_, 2);
  put(out, entry.checksum, 4);
  put(out, entry.packed, 4);
  put(out, entry.bytes, 4);
  put(out, entry.name.size(), 2);
  put(out, 0, 2);
}

void ZipStream::require_room(std::string_view name, std::uint64_t bytes) const {
  bool fits = size_ + bytes <= kMostBytes && entries_.size() < kMostFiles && name.size() < kMostFiles;
  if (!fits) throw Failure("too much for one ZIP");
}

void ZipStream::add(std::string_view name, std::string_view content) {
  begin_stored(name, content.size(), checksum_of(content));
  store(content);
  end_stored();
}

void ZipStream::begin_stored(std::string_view name, std::uint64_t size, std::uint32_t checksum) {
  require_room(name, size);
  auto bytes = static_cast<std::uint32_t>(size);
  Entry entry{std::string(name), checksum, bytes, static_cast<std::uint32_t>(size_), bytes, false};
  std::string head("PK\3\4", 4);
  add_head(head, entry);
  write(head + entry.name);
  entries_.push_back(std::move(entry));
  stored_until_ = size_ + size;
}

void ZipStream::store(std::string_view bytes) {
  if (size_ + bytes.size() > stored_until_) throw Failure("a file of a ZIP is larger than was said");
  write(bytes);
}

void ZipStream::end_stored() {
  if (size_ != stored_until_) throw Failure("a file of a ZIP is smaller than was said");
}

void ZipStream::begin_packed(std::string_view name) {
  require_room(name, 0);
  Entry entry{std::string(name), 0, 0, static_cast<std::uint32_t>(size_), 0, true};
  std::string head("PK\3\4", 4);
  add_head(head, entry);
  write(head + entry.name);
  entries_.push_back(std::move(entry));
  packer_ = std::make_unique<Packer>();
}

void ZipStream::pack(std::string_view bytes) {
  Entry& entry = entries_.back();
  if (entry.bytes + bytes.size() > kMostBytes) throw Failure("too much for one ZIP");
  entry.checksum = continued_checksum(entry.checksum, bytes);
  entry.bytes += static_cast<std::uint32_t>(bytes.size());
  run_packer(bytes, false);
}

void ZipStream::end_packed() {
  run_packer({}, true);
  packer_.reset();
  const Entry& entry = entries_.back();
  std::string sizes("PK\7\10", 4);
  put(sizes, entry.checksum, 4);
  put(sizes, entry.packed, 4);
  put(sizes, entry.bytes, 4);
  write(sizes);
}

void ZipStream::run_packer(std::string_view bytes, bool ends) {
  z_stream& stream = packer_->stream;
  std::array<unsigned char, 64 * 1024> out;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  int result = Z_OK;
  do {
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    result = deflate(&stream, ends ? Z_FINISH : Z_NO_FLUSH);
    std::size_t made = out.size() - stream.avail_out;
    require_room("", made);
    write({reinterpret_cast<const char*>(out.data()), made});
    entries_.back().packed += static_cast<std::uint32_t>(made);
  } while (stream.avail_out == 0 || (ends && result != Z_STREAM_END));
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
