// Files in, pages looked at, and each page given its place.
#include "scans/scans.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "scans/scans_problems.h"
#include "scans/scans_store.h"
#include "scans/sealed.h"
#include "visits/for_scans.h"

namespace tanfang::scans {
namespace {

constexpr std::array<std::string_view, 4> kStates{"attached", "waiting", "unclear", "set_aside"};
constexpr std::array<std::string_view, 10> kWhys{"",        "no_code", "several_codes", "no_person", "unknown",
                                                 "undrawn", "file",    "pages",         "full",      "detached"};
constexpr std::size_t kShortestReason = 2;
constexpr std::size_t kLongestReason = 500;
constexpr int kMostOfSheet = 50;
constexpr std::int64_t kErasedAtOnce = 20;

std::string subject_of(Id page) { return "scan:" + format_id(page); }

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

/// The picture moves to the attachments of the record. False where that has no room.
bool attach(audit::Work& work, Page page, Id visit) {
  auto sealed = store::load_picture(work.session, page.county, page.id);
  if (!sealed) throw problems::no_picture();
  std::string picture = open(work.keys, kPicture, page.id, *sealed);
  page.digest = crypto::to_hex(crypto::sha256(picture));
  if (!visits::has_room_for_paper(work.session, page.county, visit, page.digest)) return false;
  page.person = visits::attach_paper(work, page.county, visit, page.digest, picture);
  page.visit = visit;
  page.state = State::attached;
  page.why = Why::none;
  settle(work, page, "", "scan_page_attached", fmt::format(R"({{"visit":"{}"}})", format_id(visit)));
  return true;
}

/// The same paper, sent for another area, with another picture, has no place beside it: somebody must look at both.
void leave_to_people(audit::Work& work, Page page, Id visit) {
  page.state = State::unclear;
  page.why = Why::full;
  settle(work, page, "", "scan_page_left", fmt::format(R"({{"visit":"{}"}})", format_id(visit)));
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
                     note.empty() ? "" : seal(work.keys, kNote, page.id, note))) {
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
Problem page_changed(const Page& page) { return problems::changed(page); }

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
  std::vector<Page> pages = rest_of_sheet(work.session, page);
  std::erase_if(pages, [&](const Page& each) { return each.state != State::waiting || each.person != record.person; });
  pages.push_back(page);
  for (Page& each : pages) {
    each.person = record.person;
    if (!attach(work, each, visit)) throw problems::full();
  }
  for (const Page& each : pages) {
    for (const Page& copy : store::copies_of(work.session, each)) {
      if (copy.state == State::waiting && !attach(work, copy, visit)) leave_to_people(work, copy, visit);
    }
  }
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
  if (other.state == State::attached) {
    return attach_sheet(work, page, visits::standing_record(work.session, work.keys, page.county, other.visit).id);
  }
  if (other.state != State::waiting) throw problems::not_joinable();
  Page joined = other;
  joined.id = page.id;
  joined.sheet = other.sheet;
  settle(work, joined, "", "scan_page_assigned", fmt::format(R"({{"person":"{}"}})", format_id(other.person)));
}

void detach_page(audit::Work& work, const Page& page, std::string_view reason) {
  if (page.state != State::attached) throw problems::not_attached();
  std::string note = checked_reason(reason);
  std::vector<Page> pages = rest_of_sheet(work.session, page);
  std::erase_if(pages, [&](const Page& each) { return each.state != State::attached || each.visit != page.visit; });
  pages.push_back(page);
  std::size_t own = pages.size();
  for (std::size_t i = 0; i < own; ++i) {
    for (Page& copy : store::copies_of(work.session, pages[i])) {
      auto is_copy = [&](const Page& each) { return each.id == copy.id; };
      bool taken = std::any_of(pages.begin(), pages.end(), is_copy);
      if (copy.state == State::attached && copy.visit == page.visit && !taken) pages.push_back(std::move(copy));
    }
  }
  // A reason may name people whom a smaller area does not know.
  for (const Page& each : pages) detach(work, each, page.area.starts_with(each.area) ? note : "");
}

void set_aside(audit::Work& work, const Page& page, std::string_view reason) {
  if (page.state == State::attached) throw problems::settled();
  std::string note = checked_reason(reason);
  Page aside = page;
  aside.state = State::set_aside;
  settle(work, aside, seal(work.keys, kNote, page.id, note), "scan_page_set_aside", "{}");
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

std::int64_t erase_set_aside(audit::Work& work, const std::string& county, Instant before) {
  store::count_from_now(work.session, county, work.now);
  std::vector<Id> pages = store::list_set_aside(work.session, county, before, kErasedAtOnce);
  if (pages.empty()) work.unchanged();
  for (Id page : pages) {
    store::delete_page(work.session, {county, page});
    work.record({county, "scan_page_erased", subject_of(page), "{}"});
  }
  return static_cast<std::int64_t>(pages.size());
}

}  // namespace tanfang::scans
