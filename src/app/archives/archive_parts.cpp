#include "app/archives/archive_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "app/archives/archives_store.h"
#include "base/text.h"
#include "platform/crypto/file_digest.h"
#include "platform/files/zip_stream.h"

namespace tanfang::app::archives {
namespace {

constexpr std::int64_t kMostParts = 100'000;  // of one copy

std::int64_t file_of(const store::Piece& piece) { return piece.number % store::kMostFiles; }

/// Bound to its archive; which piece of it it is, its digest tells.
std::string context_of(const Archive& archive) { return "archive_parts.content:" + format_id(archive.id); }

/// The files that an archive with so many has, in order. Of several copies, what was filed earlier had one index, before
/// the first.
class Expected {
 public:
  explicit Expected(const Archive& archive)
      : one_index_(archive.parts % archive.copies != 0),
        parts_((archive.parts - 1) / archive.copies),
        left_(archive.parts),
        copy_(one_index_ ? 0 : 1) {}

  bool ended() const { return left_ <= 0; }
  std::int64_t file() const { return copy_ * kMostParts + part_; }
  void next() {
    --left_;
    if (copy_ == 0 || part_ == parts_) {
      ++copy_;
      part_ = one_index_ ? 1 : 0;
    } else {
      ++part_;
    }
  }

 private:
  bool one_index_;
  std::int64_t parts_;
  std::int64_t left_;
  std::int64_t copy_;
  std::int64_t part_ = 0;
};

class Reading {
 public:
  Reading(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, const Sink& sink)
      : session_(session),
        keys_(keys),
        archive_(archive),
        zip_(
            [this, &sink](std::string_view bytes) {
              digest_.add(bytes);
              sink(bytes);
            },
            archive.asked_at),
        expected_(archive) {}

  Verification read() {
    auto pieces = store::load_pieces(session_, archive_, std::nullopt);
    for (auto first = pieces.begin(); first != pieces.end();) {
      auto behind = std::find_if(first, pieces.end(), [&](const auto& each) { return file_of(each) != file_of(*first); });
      miss_until(file_of(*first));
      expected_.next();
      add({first, behind});
      first = behind;
    }
    miss_until(-1);
    if (found_.faults.empty()) zip_.finish();
    found_.whole = found_.faults.empty() && digest_.finish() == archive_.hash;
    return std::move(found_);
  }

 private:
  void miss_until(std::int64_t file) {
    for (; !expected_.ended() && expected_.file() != file; expected_.next()) {
      found_.faults.push_back({fmt::format("{:03}", expected_.file() % kMostParts), "missing"});
    }
  }

  /// From the first fault on no ZIP comes of it, but all the rest is still looked at.
  void add(std::span<const store::Piece> file) {
    const std::string& name = file.front().name;
    for (std::size_t i = 0; i < file.size(); ++i) {
      bool last = i + 1 == file.size();
      if (file[i].number / store::kMostFiles != static_cast<std::int64_t>(i) || file[i].ends != last) {
        return found_.faults.push_back({name, "missing"});
      }
    }
    bool zipped = found_.faults.empty();
    if (zipped && file.size() > 1) begin(file);
    for (const store::Piece& piece : file) {
      auto content = open(piece);
      if (!content) return found_.faults.push_back({name, "damaged"});
      if (!zipped) continue;
      file.size() > 1 ? zip_.store(*content) : zip_.add(name, *content);
    }
    if (zipped && file.size() > 1) zip_.end_stored();
  }

  void begin(std::span<const store::Piece> file) {
    std::uint32_t checksum = file.front().checksum;
    std::int64_t bytes = file.front().bytes;
    for (const store::Piece& piece : file.subspan(1)) {
      checksum = files::joined_checksum(checksum, piece.checksum, static_cast<std::uint64_t>(piece.bytes));
      bytes += piece.bytes;
    }
    zip_.begin_stored(file.front().name, static_cast<std::uint64_t>(bytes), checksum);
  }

  /// The content, or nullopt where it is not what was kept.
  std::optional<std::string> open(const store::Piece& piece) {
    auto sealed = store::load_content(session_, archive_, piece.number);
    if (!sealed) return std::nullopt;
    try {
      std::string content = keys_.field_cipher()->decrypt(*sealed, context_of(archive_));
      bool same = static_cast<std::int64_t>(content.size()) == piece.bytes && crypto::sha256(content) == piece.hash;
      if (same) return content;
    } catch (const Failure&) {
      return std::nullopt;
    }
    return std::nullopt;
  }

  db::Session& session_;
  const crypto::KeyRing& keys_;
  const Archive& archive_;
  crypto::RunningSha256 digest_;
  files::ZipStream zip_;
  Expected expected_;
  Verification found_;
};

}  // namespace

std::int64_t file_of(int copy, std::int64_t part) { return copy * kMostParts + part; }

std::int64_t number_of(std::int64_t file, std::int64_t piece) { return piece * store::kMostFiles + file; }

std::string name_of(int copies, int copy, std::int64_t part, const std::string& what) {
  std::string name = fmt::format("{:03}-{}.pdf", part, replaced(what, "/", "-"));
  return copies > 1 ? fmt::format("第{}份/{}", copy, name) : name;
}

std::optional<std::string> keep_piece(db::Session& session, const crypto::KeyRing& keys, const Archive& archive,
                                      const Content& content) {
  store::Piece piece{content.number,
                     content.name,
                     static_cast<std::int64_t>(content.bytes.size()),
                     files::checksum_of(content.bytes),
                     content.ends,
                     crypto::sha256(content.bytes),
                     keys.field_cipher()->encrypt(content.bytes, context_of(archive))};
  if (!store::insert_piece(session, archive, piece)) return std::nullopt;
  return piece.hash;
}

Verification read_parts(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, const Sink& sink) {
  return Reading(session, keys, archive, sink).read();
}

}  // namespace tanfang::app::archives
