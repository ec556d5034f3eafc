#include "platform/excel/xls_container.h"

#include <algorithm>
#include <cstring>

namespace tanfang::excel {
namespace {

constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::size_t kHeader = 512;
constexpr std::size_t kDirectoryEntry = 128;

template <typename T>
T number_at(std::string_view bytes, std::size_t at) {
  T value = 0;
  if (at + sizeof value <= bytes.size()) std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

struct Entry {
  std::string name;  // ASCII part of the UTF-16 name
  std::uint32_t start = 0;
  std::uint64_t size = 0;
};

/// The compound file: sectors chained by a table ([MS-CFB] 2.1 to 2.6).
class Compound {
 public:
  explicit Compound(std::string_view bytes) : bytes_(bytes) {}

  bool open() {
    std::uint16_t shift = number_at<std::uint16_t>(bytes_, 30);
    std::uint16_t mini_shift = number_at<std::uint16_t>(bytes_, 32);
    if (bytes_.size() < kHeader || (shift != 9 && shift != 12) || mini_shift != 6) return false;
    sector_ = std::size_t{1} << shift;
    if (!read_table()) return false;
    std::string directory = chain(number_at<std::uint32_t>(bytes_, 48));
    for (std::size_t at = 0; at + kDirectoryEntry <= directory.size(); at += kDirectoryEntry) {
      add_entry(std::string_view(directory).substr(at, kDirectoryEntry));
    }
    if (entries_.empty()) return false;
    mini_stream_ = chain(entries_[0].start);
    mini_table_ = chain(number_at<std::uint32_t>(bytes_, 60));
    return true;
  }

  const Entry* find(std::string_view name) const {
    auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
    return found == entries_.end() ? nullptr : &*found;
  }

  std::string read(const Entry& entry) const {
    constexpr std::uint32_t kMiniCutoff = 4096;
    std::string content = entry.size < kMiniCutoff ? mini_chain(entry.start) : chain(entry.start);
    if (content.size() > entry.size) content.resize(entry.size);
    return content;
  }

 private:
  std::string_view sector(std::uint32_t index) const {
    std::size_t at = (static_cast<std::size_t>(index) + 1) * sector_;
    return at < bytes_.size() ? bytes_.substr(at, sector_) : std::string_view();
  }

  bool read_table() {
    auto add = [&](std::uint32_t index) { table_ += sector(index); };
    for (std::size_t i = 0; i < 109; ++i) {
      std::uint32_t index = number_at<std::uint32_t>(bytes_, 76 + 4 * i);
      if (index < 0xFFFFFFFA) add(index);
    }
    std::uint32_t more = number_at<std::uint32_t>(bytes_, 68);
    for (std::size_t steps = 0; more < 0xFFFFFFFA && steps < bytes_.size() / sector_; ++steps) {
      std::string_view list = sector(more);
      for (std::size_t at = 0; at + 4 < list.size(); at += 4) {
        std::uint32_t index = number_at<std::uint32_t>(list, at);
        if (index < 0xFFFFFFFA) add(index);
      }
      if (table_.size() > bytes_.size()) return false;  // a loop
      more = number_at<std::uint32_t>(list, sector_ - 4);
    }
    return !table_.empty();
  }

  /// The sectors of a chain, never more than the file holds (a chain may loop).
  std::string chain(std::uint32_t index) const {
    std::string content;
    while (index < 0xFFFFFFFA && content.size() < bytes_.size()) {
      std::string_view part = sector(index);
      if (part.empty()) break;
      content += part;
      std::size_t at = static_cast<std::size_t>(index) * 4;
      index = at + 4 <= table_.size() ? number_at<std::uint32_t>(table_, at) : kEndOfChain;
    }
    return content;
  }

  std::string mini_chain(std::uint32_t index) const {
    constexpr std::size_t kMiniSector = 64;
    std::string content;
    while (index < 0xFFFFFFFA && content.size() < mini_stream_.size()) {
      std::size_t at = static_cast<std::size_t>(index) * kMiniSector;
      if (at >= mini_stream_.size()) break;
      content += std::string_view(mini_stream_).substr(at, kMiniSector);
      std::size_t link = static_cast<std::size_t>(index) * 4;
      index = link + 4 <= mini_table_.size() ? number_at<std::uint32_t>(mini_table_, link) : kEndOfChain;
    }
    return content;
  }

  void add_entry(std::string_view bytes) {
    Entry entry;
    std::size_t length = std::min<std::size_t>(number_at<std::uint16_t>(bytes, 64), 64);
    for (std::size_t i = 0; i + 2 < length; i += 2) entry.name += bytes[i];
    entry.start = number_at<std::uint32_t>(bytes, 116);
    entry.size = number_at<std::uint32_t>(bytes, 120);
    entries_.push_back(std::move(entry));
  }

  std::string_view bytes_;
  std::size_t sector_ = 512;
  std::string table_;
  std::string mini_stream_;
  std::string mini_table_;
  std::vector<Entry> entries_;
};

// Records of [MS-XLS] 2.4.
constexpr std::uint16_t kBof = 0x0809;
constexpr std::uint16_t kEof = 0x000A;
constexpr std::uint16_t kBoundSheet = 0x0085;
constexpr std::uint16_t kMergeCells = 0x00E5;

/// Calls `visit(type, body)` for the records of the substream that begins at `at`, nested ones left out.
template <typename Visit>
void for_each_record(std::string_view stream, std::size_t at, Visit visit) {
  int depth = 0;
  while (at + 4 <= stream.size()) {
    std::uint16_t type = number_at<std::uint16_t>(stream, at);
    std::size_t length = number_at<std::uint16_t>(stream, at + 2);
    if (type == kBof) ++depth;
    if (depth == 1) visit(type, stream.substr(at + 4, length));
    if (type == kEof && --depth <= 0) return;
    at += 4 + length;
  }
}

void add_merges(std::string_view body, std::vector<Merge>& merges, std::size_t most) {
  std::size_t count = number_at<std::uint16_t>(body, 0);
  for (std::size_t i = 0; i < count && 2 + 8 * (i + 1) <= body.size() && merges.size() < most; ++i) {
    auto part = [&](std::size_t index) {
      return static_cast<int>(number_at<std::uint16_t>(body, 2 + 8 * i + 2 * index));
    };
    Merge merge{part(0) + 1, part(1) + 1, part(2), part(3)};
    if (merge.first_row <= merge.last_row && merge.first_column <= merge.last_column) merges.push_back(merge);
  }
}

}  // namespace

std::optional<XlsContainer> read_xls_container(std::string_view bytes, const Limits& limits) {
  constexpr std::size_t kMostSheets = 1024;
  Compound compound(bytes);
  if (!compound.open()) return std::nullopt;
  XlsContainer container;
  const Entry* entry = compound.find("Workbook");
  if (entry == nullptr) entry = compound.find("Book");
  if (entry == nullptr) {
    if (compound.find("EncryptedPackage") != nullptr) container.kind = CompoundKind::encrypted;
    return container;
  }
  container.kind = CompoundKind::workbook;
  std::string stream = compound.read(*entry);
  std::vector<std::size_t> starts;
  for_each_record(stream, 0, [&](std::uint16_t type, std::string_view body) {
    if (type != kBoundSheet || body.size() < 6 || starts.size() >= kMostSheets) return;
    starts.push_back(number_at<std::uint32_t>(body, 0));
    container.sheets.push_back({(body[4] & 3) == 0 && body[5] == 0, {}});
  });
  std::size_t left = limits.merges;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    auto& merges = container.sheets[i].merges;
    for_each_record(stream, starts[i], [&](std::uint16_t type, std::string_view body) {
      if (type == kMergeCells) add_merges(body, merges, left);
    });
    left -= std::min(left, merges.size());
    std::sort(merges.begin(), merges.end(), [](const Merge& a, const Merge& b) {
      return std::pair(a.first_row, a.first_column) < std::pair(b.first_row, b.first_column);
    });
  }
  return container;
}

}  // namespace tanfang::excel
