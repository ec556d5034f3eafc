#include "app/archives/archive_parts.h"

#include <fmt/format.h>

#include "app/archives/archives_store.h"
#include "base/text.h"
#include "platform/crypto/file_digest.h"
#include "platform/files/zip_stream.h"

namespace tanfang::app::archives {
namespace {

constexpr std::int64_t kMostParts = 100'000;  // of one copy

/// Bound to its archive; which file of it it is, its digest tells.
std::string context_of(const Archive& archive) { return "archive_parts.content:" + format_id(archive.id); }

/// The content, or nullopt where it is not what was kept.
std::optional<std::string> open_part(const crypto::KeyRing& keys, const Archive& archive, const store::Part& part) {
  try {
    std::string content = keys.field_cipher()->decrypt(part.content, context_of(archive));
    if (crypto::sha256(content) == part.hash) return content;
  } catch (const Failure&) {
    return std::nullopt;
  }
  return std::nullopt;
}

/// The numbers that an archive with so many files has, in order.
class Expected {
 public:
  explicit Expected(const Archive& archive) : parts_((archive.parts - 1) / archive.copies), left_(archive.parts) {}

  bool ended() const { return left_ <= 0; }
  std::int64_t number() const { return copy_ == 0 ? 0 : number_of(copy_, part_); }
  void next() {
    --left_;
    if (copy_ == 0 || part_ == parts_) {
      ++copy_;
      part_ = 1;
    } else {
      ++part_;
    }
  }

 private:
  std::int64_t parts_;
  std::int64_t left_;
  int copy_ = 0;
  std::int64_t part_ = 1;
};

}  // namespace

std::int64_t number_of(int copy, std::int64_t part) { return copy * kMostParts + part; }

std::string name_of(int copies, int copy, std::int64_t part, const std::string& village) {
  std::string name = fmt::format("{:03}-{}.pdf", part, replaced(village, "/", "-"));
  return copies > 1 ? fmt::format("第{}份/{}", copy, name) : name;
}

bool keep_part(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, std::int64_t number,
               const std::string& name, const std::string& content) {
  store::Part part{number, name, static_cast<std::int64_t>(content.size()), crypto::sha256(content),
                   keys.field_cipher()->encrypt(content, context_of(archive))};
  return store::insert_part(session, archive, part);
}

Verification read_parts(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, const Sink& sink) {
  Verification found;
  crypto::RunningSha256 digest;
  files::ZipStream zip(
      [&](std::string_view bytes) {
        digest.add(bytes);
        sink(bytes);
      },
      archive.asked_at);
  Expected expected(archive);
  auto miss_until = [&](std::int64_t number) {
    for (; !expected.ended() && expected.number() != number; expected.next()) {
      found.faults.push_back({fmt::format("{:03}", expected.number() % kMostParts), "missing"});
    }
  };
  store::for_each_part(session, archive, [&](const store::Part& part) {
    miss_until(part.number);
    expected.next();
    if (auto content = open_part(keys, archive, part)) {
      zip.add(part.name, *content);
    } else {
      found.faults.push_back({part.name, "damaged"});
    }
  });
  miss_until(-1);
  zip.finish();
  found.whole = found.faults.empty() && digest.finish() == archive.hash;
  return found;
}

}  // namespace tanfang::app::archives
