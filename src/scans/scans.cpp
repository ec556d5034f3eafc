// Files in, pages looked at, and each page given its place.
#include "scans/scans.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "platform/crypto/file_digest.h"
#include "platform/pictures/pictures.h"
#include "scans/scans_problems.h"
#include "scans/scans_store.h"
#include "scans/sealed.h"
#include "visits/for_scans.h"

namespace tanfang::scans {
namespace {

constexpr std::array<std::string_view, 4> kStates{"attached", "waiting", "unclear", "set_aside"};
constexpr std::array<std::string_view, 10> kWhys{"",        "no_code", "several_codes", "no_person", "unknown",
                                                 "undrawn", "file",    "pages",         "full",      "detached"};
constexpr std::size_t kPart = 1u << 20;  // bytes of a file that stand in one row
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kShortestReason = 2;
constexpr std::size_t kLongestReason = 500;
constexpr int kMostOfSheet = 50;

std::string subject_of(Id page) { return "scan:" + format_id(page); }

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
  std::string bytes(kPart, '\0');
  bytes.resize(file.read(static_cast<std::uint64_t>(part) * kPart, bytes.data(), bytes.size()));
  return bytes;
}

void require_open(const Page& page) {
  if (page.state == State::attached) throw problems::settled();
  if (!page.has_picture) throw problems::no_picture();
}

void settle(audit::Work& work, Page page, const std::string& note, const char* event, const std::string& details) {
  page.settled_at = work.now;
  page.settled_by = work.actor;
  if (!store::settle(work.session, page, note)) throw problems::settled();
  work.record({page.county, event, subject_of(page.id), details});
}

/// The picture moves to the attachments of the record.
void attach(audit::Work& work, Page page, Id visit) {
  auto sealed = store::load_picture(work.session, page.county, page.id);
  if (!sealed) throw problems::no_picture();
  if (!visits::has_room_for_paper(work.session, page.county, visit)) throw problems::full();
  std::string picture = open(work.keys, kPicture, page.id, *sealed);
  page.digest = crypto::to_hex(crypto::sha256(picture));
  page.person = visits::attach_paper(work, page.county, visit, page.digest, picture);
  page.visit = visit;
  page.state = State::attached;
  page.why = Why::none;
  settle(work, page, "", "scan_page_attached", fmt::format(R"({{"visit":"{}"}})", format_id(visit)));
}

/// The picture comes back from the attachments of the record.
void detach(audit::Work& work, const Page& page, const std::string& note) {
  std::string picture = visits::detach_paper(work, page.county, page.visit, page.digest, [&](Id visit) {
    return store::is_attached_by_another(work.session, page, visit);
  });
  Page freed = page;
  freed.state = State::unclear;
  freed.why = Why::detached;
  freed.person = Id{};
  freed.visit = Id{};
  freed.sheet = page.id;
  freed.digest.clear();
  freed.settled_at = work.now;
  freed.settled_by = work.actor;
  if (!store::detach(work.session, freed, seal(work.keys, kPicture, page.id, picture),
                     seal(work.keys, kNote, page.id, note))) {
    throw problems::not_attached();
  }
  work.record({page.county, "scan_page_detached", subject_of(page.id),
               fmt::format(R"({{"visit":"{}","person":"{}"}})", format_id(page.visit), format_id(page.person))});
}

/// The other pages of the filled form.
std::vector<Page> rest_of_sheet(db::Session& session, const Page& page) {
  PageFilter of;
  of.area = page.area;
  of.sheet = page.sheet;
  of.limit = kMostOfSheet;
  std::vector<Page> rest = store::list_pages(session, of);
  std::erase_if(rest, [&](const Page& each) { return each.id == page.id; });
  return rest;
}

std::string checked_reason(std::string_view reason) {
  std::string text = trimmed(reason);
  std::size_t length = is_valid_utf8(text) ? length_of(text) : 0;
  if (length < kShortestReason || length > kLongestReason) throw problems::reason();
  return text;
}

Page with_open_note(const crypto::KeyRing& keys, Page page) {
  if (!page.note.empty()) page.note = open(keys, kNote, page.id, page.note);
  return page;
}

}  // namespace

std::string_view to_text(State state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view to_text(Why why) { return kWhys[static_cast<std::size_t>(why)]; }

std::optional<State> parse_state(std::string_view text) {
  auto found = std::find(kStates.begin(), kStates.end(), text);
  return found == kStates.end() ? std::nullopt : std::optional(static_cast<State>(found - kStates.begin()));
}

namespace {

void keep_file(audit::Work& work, const Key& batch, const Prepared& prepared) {
  std::uint64_t at = 0;
  std::int64_t number = 0;
  for (const Prepared::Part& part : prepared.parts) {
    std::string sealed(part.bytes, '\0');
    sealed.resize(prepared.sealed->read(at, sealed.data(), sealed.size()));
    at += part.bytes;
    store::insert_part(work.session, batch, {part.id, number++, std::move(sealed)});
  }
}

/// A file that was sent before: what could not be drawn of it is tried again.
Added take_again(audit::Work& work, const Key& batch, const Prepared& prepared) {
  if (!store::read_again(work.session, batch)) {
    work.unchanged();
    return {batch.id, false};
  }
  store::delete_parts(work.session, batch);
  keep_file(work, batch, prepared);
  work.record({batch.county, "scan_added_again", "scans:" + format_id(batch.id), "{}"});
  return {batch.id, true};
}

}  // namespace

Prepared prepare_batch(const Sealing& sealing, const std::string& area, const std::string& name,
                       const http::File& file) {
  if (file.size() > kMostBytes) throw problems::too_large();
  std::string part = read_part(file, 0);
  auto kind = pictures::kind_of(part);
  if (!kind) throw problems::kind();
  Prepared made;
  made.hash = crypto::sha256("scan file " + crypto::sha256_of_file(file.path(), file.size()));
  made.batch.county = area.substr(0, 6);
  made.batch.id = sealing.ids.next(sealing.now);
  made.batch.area = area;
  made.batch.kind = pictures::to_text(*kind);
  made.batch.name = seal(sealing.keys, kName, made.batch.id, short_name(name));
  made.batch.bytes = static_cast<std::int64_t>(file.size());
  auto sealed = http::File::temporary(sealing.folder);
  for (std::int64_t number = 0; !part.empty(); part = read_part(file, ++number)) {
    Id id = sealing.ids.next(sealing.now);
    std::string bytes = seal(sealing.keys, kContent, id, part);
    sealed->write(bytes);
    made.parts.push_back({id, bytes.size()});
  }
  made.sealed = std::move(sealed);
  return made;
}

Added add_batch(audit::Work& work, const Prepared& prepared) {
  Batch batch = prepared.batch;
  auto known = [&] { return store::find_batch(work.session, batch.county, batch.area, prepared.hash); };
  if (auto id = known()) return take_again(work, {batch.county, *id}, prepared);
  batch.added_at = work.now;
  batch.added_by = work.actor;
  if (!store::insert_batch(work.session, batch, prepared.hash)) {
    work.unchanged();  // another sent it in the meantime
    return {known().value(), false};
  }
  keep_file(work, {batch.county, batch.id}, prepared);
  work.record({batch.county, "scan_added", "scans:" + format_id(batch.id),
               fmt::format(R"({{"area":"{}","kind":"{}","bytes":{}}})", batch.area, batch.kind, batch.bytes)});
  return {batch.id, true};
}

std::vector<Batch> list_batches(db::Session& session, const crypto::KeyRing& keys, const BatchFilter& filter) {
  std::vector<Batch> found = store::list_batches(session, filter);
  for (Batch& batch : found) batch.name = open(keys, kName, batch.id, batch.name);
  return found;
}

std::vector<Page> list_pages(db::Session& session, const crypto::KeyRing& keys, const PageFilter& filter) {
  std::vector<Page> found = store::list_pages(session, filter);
  for (Page& page : found) page = with_open_note(keys, std::move(page));
  return found;
}

Counts count_open(db::Session& session, const std::string& area) { return store::count_open(session, area); }

Problem unknown_page() { return problems::unknown(); }

Page load_page(db::Session& session, const crypto::KeyRing& keys, const std::string& area, Id id) {
  auto page = store::find_page(session, area.substr(0, 6), id);
  if (!page || !page->area.starts_with(area)) throw problems::unknown();
  return with_open_note(keys, std::move(*page));
}

std::string show_page(audit::Work& work, const Page& page) {
  if (!page.digest.empty()) {
    visits::Attachment kept = visits::show_attachment(work, {page.county, page.person}, page.digest);
    return std::move(kept.content);
  }
  auto sealed = store::load_picture(work.session, page.county, page.id);
  if (!sealed) throw problems::no_picture();
  work.record({page.county, "scan_shown", subject_of(page.id), "{}"});
  return open(work.keys, kPicture, page.id, *sealed);
}

void attach_sheet(audit::Work& work, const Page& page, Id visit) {
  require_open(page);
  visits::Visit record = visits::load_visit(work.session, work.keys, page.county, visit);
  if (page.person.value != 0 && page.person != record.person) throw problems::other_person();
  for (const Page& each : rest_of_sheet(work.session, page)) {
    if (each.state == State::waiting && each.person == record.person) attach(work, each, visit);
  }
  attach(work, page, visit);
}

void assign_page(audit::Work& work, const Page& page, const registry::PersonKey& person, const std::string& form,
                 int form_version) {
  require_open(page);
  Page assigned = page;
  assigned.state = State::waiting;
  assigned.why = Why::none;
  assigned.person = person.id;
  assigned.form = form;
  assigned.form_version = form_version;
  assigned.sheet = page.id;
  settle(work, assigned, "", "scan_page_assigned", fmt::format(R"({{"person":"{}"}})", format_id(person.id)));
}

void join_page(audit::Work& work, const Page& page, const Page& other) {
  require_open(page);
  if (page.person.value != 0 && page.person != other.person) throw problems::other_person();
  if (other.id == page.id) throw problems::not_joinable();
  if (other.state == State::attached) return attach(work, page, other.visit);
  if (other.state != State::waiting) throw problems::not_joinable();
  Page joined = other;
  joined.id = page.id;
  joined.sheet = other.sheet;
  settle(work, joined, "", "scan_page_assigned", fmt::format(R"({{"person":"{}"}})", format_id(other.person)));
}

void detach_page(audit::Work& work, const Page& page, std::string_view reason) {
  if (page.state != State::attached) throw problems::not_attached();
  std::string note = checked_reason(reason);
  for (const Page& each : rest_of_sheet(work.session, page)) {
    if (each.state == State::attached && each.visit == page.visit) detach(work, each, note);
  }
  detach(work, page, note);
}

void set_aside(audit::Work& work, const Page& page, std::string_view reason) {
  if (page.state == State::attached) throw problems::settled();
  std::string note = checked_reason(reason);
  Page aside = page;
  aside.state = State::set_aside;
  settle(work, aside, seal(work.keys, kNote, page.id, note), "scan_page_set_aside", "{}");
  if (!store::has_undrawn(work.session, {page.county, page.batch})) {
    store::delete_parts(work.session, {page.county, page.batch});
  }
}

std::int64_t erase_person(audit::Work& work, const registry::PersonKey& person) {
  for (Id batch : store::batches_of(work.session, person)) {
    Key key{person.county, batch};
    // Who reads a file now deletes it at the end; of one that waits for a better try the paper is sent again.
    auto kept = store::load_batch(work.session, key);
    if (kept && !kept->reading) store::delete_parts(work.session, key);
    store::clear_name(work.session, key, seal(work.keys, kName, batch, ""));
  }
  std::int64_t gone = store::delete_pages_of(work.session, person);
  if (gone == 0) {
    work.unchanged();
  } else {
    work.record(
        {person.county, "scans_erased", "person:" + format_id(person.id), fmt::format(R"({{"pages":{}}})", gone)});
  }
  return gone;
}

}  // namespace tanfang::scans
