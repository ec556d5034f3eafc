// Evidence to records: kept once a county under the digest of its content, encrypted.
#include <fmt/format.h>

#include <algorithm>

#include "visits/attachment_keeping.h"
#include "visits/attachment_type.h"
#include "visits/attachments_store.h"
#include "visits/for_paper.h"
#include "visits/visits_problems.h"

namespace tanfang::visits {
namespace {

constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kPngHeader("\0\0\0\rIHDR", 8);  // the first chunk of every PNG
constexpr std::string_view kJpegSignature = "\xff\xd8\xff";

/// More than a thousand records that waited for a network bring, with three photos of 300 KB each.
constexpr std::int64_t kMostBytesOfDay = 1 << 30;

/// Bound to its row; the row is bound to the content by the digest, which reading compares.
std::string context_of(Id id) { return "attachments.content:" + format_id(id); }

std::string subject_of(const std::string& digest) { return "attachment:" + digest; }

}  // namespace

std::optional<std::string_view> media_type_of(std::string_view content) {
  if (content.starts_with(kPngSignature) && content.substr(kPngSignature.size()).starts_with(kPngHeader)) {
    return "image/png";
  }
  // Behind the start of the image stands the marker of an application segment, a table, or a comment.
  bool jpeg = content.size() > 3 && content.starts_with(kJpegSignature);
  if (!jpeg) return std::nullopt;
  auto marker = static_cast<unsigned char>(content[3]);
  bool opens = (marker >= 0xe0 && marker <= 0xef) || marker == 0xdb || marker == 0xc0 || marker == 0xc2 ||
               marker == 0xc4 || marker == 0xfe;
  return opens ? std::optional<std::string_view>("image/jpeg") : std::nullopt;
}

bool is_digest(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool keep_attachment(audit::Work& work, const std::string& county, const std::string& digest, std::string_view content,
                     std::optional<std::int64_t> most_a_day) {
  if (!is_digest(digest) || crypto::to_hex(crypto::sha256(content)) != digest) throw attachment_digest();
  auto media_type = media_type_of(content);
  if (!media_type) throw attachment_type();
  if (auto kept = store::find_attachment(work.session, county, digest)) {
    store::touch_attachment(work.session, county, digest, work.now);
    if (kept->put_by == work.actor) {
      work.unchanged();
      return false;
    }
  } else {
    auto bytes = static_cast<std::int64_t>(content.size());
    if (most_a_day && !store::count_bytes_of_day(work.session, work.actor, work.today(), bytes, *most_a_day)) {
      throw attachments_of_day();
    }
    Id id = work.new_id();
    store::insert_attachment(
        work.session, county, digest,
        {id, std::string(*media_type), work.keys.field_cipher()->encrypt(content, context_of(id)), work.actor},
        work.now);
  }
  // Whether somebody else had put the same is not told.
  work.record({county, "attachment_put", subject_of(digest),
               fmt::format(R"({{"media_type":"{}","bytes":{}}})", *media_type, content.size())});
  return true;
}

bool put_attachment(audit::Work& work, const std::string& county, const std::string& digest, std::string_view content) {
  return keep_attachment(work, county, digest, content, kMostBytesOfDay);
}

Problem unknown_attachment() { return attachment_unknown(); }

Attachment show_attachment(audit::Work& work, const registry::PersonKey& person, const std::string& digest) {
  Attachment shown = unseal_attachment(work.session, work.keys, person.county, digest);
  work.record({person.county, "attachment_shown", subject_of(digest),
               fmt::format(R"({{"person":"{}"}})", format_id(person.id))});
  return shown;
}

Attachment unseal_attachment(db::Session& session, const crypto::KeyRing& keys, const std::string& county,
                             const std::string& digest) {
  auto kept = store::find_attachment(session, county, digest);
  if (!kept) throw unknown_attachment();
  std::string content = keys.field_cipher()->decrypt(kept->content, context_of(kept->id));
  if (crypto::to_hex(crypto::sha256(content)) != digest) throw Failure("an attachment is not what its digest says");
  return {county, digest, std::move(kept->media_type), std::move(content)};
}

std::int64_t purge_attachments(audit::Work& work, const std::string& county, Instant before) {
  std::int64_t gone = store::delete_unnamed(work.session, county, before);
  if (gone == 0) {
    work.unchanged();
  } else {
    work.record({county, "attachments_purged", "county:" + county, fmt::format(R"({{"attachments":{}}})", gone)});
  }
  return gone;
}

}  // namespace tanfang::visits
