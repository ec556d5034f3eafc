// Files in: looked at, encrypted, and kept piece by piece.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "platform/crypto/file_digest.h"
#include "platform/pictures/pictures.h"
#include "scans/scans.h"
#include "scans/scans_problems.h"
#include "scans/scans_store.h"
#include "scans/sealed.h"

namespace tanfang::scans {
namespace {

constexpr std::size_t kLongestName = 200;

/// The end of a path, cut where it is long; bytes that are no text become none.
std::string short_name(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.find_last_of("/\\") + 1));
  if (!is_valid_utf8(name)) return "";
  std::string made;
  std::size_t count = 0;
  for (char32_t point : code_points(name)) {
    if (++count > kLongestName) break;
    if (point >= U' ') append_utf8(made, point);
  }
  return made;
}

std::string read_part(const http::File& file, std::int64_t part) {
  std::string bytes(kMostAtOnce, '\0');
  bytes.resize(file.read(static_cast<std::uint64_t>(part) * kMostAtOnce, bytes.data(), bytes.size()));
  return bytes;
}

/// The batch, and whether its parts are to be sent. One that another sends at this moment is sent by both: the parts of
/// the one are those of the other.
store::Sent begin(audit::Work& work, const Prepared& prepared) {
  Batch batch = prepared.batch;
  batch.added_at = work.now;
  batch.added_by = work.actor;
  work.unchanged();  // until all of it is here
  if (store::insert_batch(work.session, batch, prepared.hash)) return {batch.id, true};
  store::Sent sent = store::find_sent(work.session, batch.county, batch.area, prepared.hash).value();
  if (sent.wanted) store::begin_arrival(work.session, {batch.county, sent.batch}, work.now);
  return sent;
}

/// False where another has sent all of it meanwhile.
bool finish(audit::Work& work, const Key& key, const Prepared& prepared) {
  Batch before = store::load_batch(work.session, key).value();
  if (!store::end_arrival(work.session, key) || !store::read_again(work.session, key)) {
    work.unchanged();
    return false;
  }
  std::string subject = "scans:" + format_id(key.id);
  if (before.pages) {
    work.record({key.county, "scan_added_again", subject, "{}"});
  } else {
    work.record(
        {key.county, "scan_added", subject,
         fmt::format(R"({{"area":"{}","kind":"{}","bytes":{}}})", before.area, before.kind, prepared.batch.bytes)});
  }
  return true;
}

/// False where another sender has completed it meanwhile.
bool put_parts(const Write& write, const Key& key, const Prepared& prepared) {
  std::uint64_t at = 0;
  bool wanted = true;
  for (std::size_t i = 0; wanted && i < prepared.parts.size(); ++i) {
    std::string part(prepared.parts[i].bytes, '\0');
    part.resize(prepared.sealed->read(at, part.data(), part.size()));
    at += part.size();
    write([&](audit::Work& work) {
      work.unchanged();
      wanted = store::is_arriving(work.session, key);
      if (wanted) store::put_part(work.session, key, {prepared.parts[i].id, static_cast<std::int64_t>(i), part});
    });
  }
  return wanted;
}

}  // namespace

Incoming look_at_file(const std::string& area, const std::string& name, const http::File& file) {
  if (file.size() > kMostBytes) throw problems::too_large();
  auto kind = pictures::kind_of(read_part(file, 0));
  if (!kind) throw problems::kind();
  return {area, std::string(pictures::to_text(*kind)), short_name(name), static_cast<std::int64_t>(file.size()),
          crypto::sha256("scan file " + crypto::sha256_of_file(file.path(), file.size()))};
}

std::optional<Id> find_sent(db::Session& session, const Incoming& incoming) {
  auto sent = store::find_sent(session, incoming.area.substr(0, 6), incoming.area, incoming.hash);
  return sent && !sent->wanted ? std::optional(sent->batch) : std::nullopt;
}

Prepared prepare_batch(const Sealing& sealing, const Incoming& incoming, const http::File& file) {
  Prepared made;
  made.hash = incoming.hash;
  made.batch.county = incoming.area.substr(0, 6);
  made.batch.id = sealing.ids.next(sealing.now);
  made.batch.area = incoming.area;
  made.batch.kind = incoming.kind;
  made.batch.name = seal(sealing.keys, kName, made.batch.id, incoming.name);
  made.batch.bytes = incoming.bytes;
  auto sealed = http::File::temporary(sealing.folder);
  std::string part = read_part(file, 0);
  for (std::int64_t number = 0; !part.empty(); part = read_part(file, ++number)) {
    Id id = sealing.ids.next(sealing.now);
    std::string bytes = seal(sealing.keys, kContent, id, part);
    sealed->write(bytes);
    made.parts.push_back({id, bytes.size()});
  }
  made.sealed = std::move(sealed);
  return made;
}

Added add_batch(const Write& write, const Prepared& prepared) {
  store::Sent sent;
  write([&](audit::Work& work) { sent = begin(work, prepared); });
  Key key{prepared.batch.county, sent.batch};
  bool fresh = false;
  while (sent.wanted) {
    sent.wanted = put_parts(write, key, prepared);
    if (!sent.wanted) break;
    write([&](audit::Work& work) {
      // Of a file that is sent again, erasing a person in it deletes what has come so far.
      sent.wanted = store::count_parts(work.session, key) < static_cast<std::int64_t>(prepared.parts.size());
      if (sent.wanted) return work.unchanged();
      fresh = finish(work, key, prepared);
    });
  }
  return {sent.batch, fresh};
}

Added take_file(db::Database& database, const Write& write, const Sealing& sealing, const std::string& area,
                const std::string& name, const http::File& file) {
  Incoming incoming = look_at_file(area, name, file);
  std::optional<Id> sent;
  database.read([&](db::Session& session) { sent = find_sent(session, incoming); });
  if (sent) return {*sent, false};
  return add_batch(write, prepare_batch(sealing, incoming, file));
}

}  // namespace tanfang::scans
