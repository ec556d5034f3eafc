// Paper that comes back: scanned or photographed forms, read by their codes, until each page has its place.
//
// A batch is one file (PDF, JPEG, PNG) as an office sent it. Reading it makes a page of every sheet: the code names the
// record (then the picture is attached to it), or the person (then it waits for somebody to enter it), or it could not
// be read (then it waits for somebody to say whose it is). No page is dropped: one that is not wanted is set aside with
// a reason, and deleted only when it has lain long (`erase_set_aside`), or with its person (`erase_person`).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/id.h"
#include "base/problem.h"
#include "platform/db/database.h"
#include "platform/http/file.h"
#include "registry/registry.h"

namespace tanfang::scans {

enum class State { attached, waiting, unclear, set_aside };
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);

/// Why a page is unclear. `unknown`: the person or record of the code is not among those of the batch's area, or
/// nowhere; both read alike. `full`: the record has as many pictures as it may have. `detached`: it stood with the
/// wrong record.
enum class Why { none, no_code, several_codes, no_person, unknown, undrawn, file, pages, full, detached };
std::string_view to_text(Why why);

struct Key {
  std::string county;
  Id id;
};

struct Batch {
  std::string county;
  Id id;
  std::string area;
  std::string kind;  // pdf, jpeg, png
  std::string name;  // of the file, as its sender calls it
  std::int64_t bytes = 0;
  std::optional<std::int64_t> pages;  // known once it was opened
  std::int64_t pages_read = 0;
  bool reading = true;
  Instant added_at;
  std::string added_by;
};

struct Page {
  std::string county;
  Id id;
  Id batch;
  std::int64_t number = 0;  // in the file, from 1
  std::string area;         // the batch's
  State state = State::unclear;
  Why why = Why::none;
  std::string form;  // or empty
  std::int64_t form_version = 0;
  std::int64_t leaf = 0;  // the page of the form, from 1; 0: not known
  Id person;              // 0: not known
  Id visit;               // 0: none
  Id sheet;               // the first page of the same filled form
  std::string digest;     // of the picture that was attached, or empty
  bool has_picture = false;
  std::string note;  // why it was set aside, or detached, the last time
  Instant read_at;
  std::optional<Instant> settled_at;
  std::string settled_by;
};

/// The largest file: it is read in memory.
inline constexpr std::uint64_t kMostBytes = 64u << 20;

/// What encrypting a file takes; in `folder` it stands encrypted until it is in the database.
struct Sealing {
  const crypto::KeyRing& keys;
  IdSource& ids;
  Instant now;
  std::string folder;
};
/// Runs one transaction.
using Write = std::function<void(const std::function<void(audit::Work&)>&)>;

/// A file that was looked at and hashed; nothing of it is kept yet.
struct Incoming {
  std::string area;
  std::string kind;  // pdf, jpeg, png
  std::string name;
  std::int64_t bytes = 0;
  std::string hash;
};
/// Throws Problem `scan.kind` where it is no PDF, JPEG or PNG by its first bytes, `scan.too_large`.
Incoming look_at_file(const std::string& area, const std::string& name, const http::File& file);
/// The batch of the same file for the same area where there is nothing to do: it is still read, or all its pages are
/// there and were drawn.
std::optional<Id> find_sent(db::Session& session, const Incoming& incoming);

/// The largest piece of a file, in bytes: so much of it one transaction writes at most.
inline constexpr std::size_t kMostAtOnce = 1u << 20;

/// A file that was encrypted, so that no transaction waits for that.
struct Prepared {
  struct Part {
    Id id;
    std::size_t bytes = 0;  // encrypted
  };
  Batch batch;  // the name encrypted
  std::string hash;
  std::vector<Part> parts;
  std::shared_ptr<const http::File> sealed;  // the parts one behind the other
};
/// Throws Problem `http.no_space`.
Prepared prepare_batch(const Sealing& sealing, const Incoming& incoming, const http::File& file);

struct Added {
  Id batch;
  bool fresh = false;  // false: the same file had been sent for this area before, and there is nothing to do
};
/// Keeps the file for reading, one piece a transaction, so that no other write waits for all of it; then it counts as
/// sent. What a process left half kept is completed when the file is sent again. Records `scan_added`, or
/// `scan_added_again`.
Added add_batch(const Write& write, const Prepared& prepared);
/// From the file to the batch; nothing is encrypted or written where it was sent before. Throws as the steps do.
Added take_file(db::Database& database, const Write& write, const Sealing& sealing, const std::string& area,
                const std::string& name, const http::File& file);

/// What reading works with: `write` runs one transaction, `step` is told between pages and may end the work by
/// throwing.
struct Reading {
  db::Database& database;
  const crypto::KeyRing& keys;
  Write write;
  std::function<void()> step;
};
struct Read {
  std::int64_t pages = 0;
  bool more = false;  // others wait for their turn
};
/// Reads batches that wait, page by page, twenty pages at most: what was read stays where the work ends early. Two at
/// once do no harm. Drops the parts of files that need no more reading. A batch that fails does not hold up the others;
/// then what it threw is thrown at the end, and the third time its page is left to people. Records `scan_page_read` for
/// each, and what attaching records.
Read read_waiting(const Reading& reading);

/// In an area (a county or a part of it).
struct BatchFilter {
  std::string area;
  Id before;  // the last of the page before, or 0
  int limit = 50;
};
/// The newest first.
std::vector<Batch> list_batches(db::Session& session, const crypto::KeyRing& keys, const BatchFilter& filter);

struct PageFilter {
  std::string area;
  std::optional<State> state;  // none: those of the batch, the visit or the sheet, one of which is given then
  Id batch;
  Id visit;
  Id sheet;
  Id after;
  int limit = 50;
};
/// The oldest first.
std::vector<Page> list_pages(db::Session& session, const crypto::KeyRing& keys, const PageFilter& filter);

struct Counts {
  std::int64_t waiting = 0;
  std::int64_t unclear = 0;
  std::int64_t batches = 0;  // still read
};
Counts count_open(db::Session& session, const std::string& area);

/// How a page is refused that is not there, or not to be seen: both read alike.
Problem unknown_page();
/// Within the area (a county or a part of it). Throws Problem `scan.unknown`.
Page load_page(db::Session& session, const crypto::KeyRing& keys, const std::string& area, Id page);

/// The page's picture, a JPEG. Records `scan_shown`. Throws Problem `scan.no_picture`.
std::string show_page(audit::Work& work, const Page& page);

/// How an edit is refused that was made from what somebody has changed since: says who, when and what.
Problem page_changed(const Page& page);

/// Says whose record it is: attaches the page, the other waiting pages of its sheet, and those that are the same paper,
/// sent for another area, and wait for the same person; one of those for which the record has no room is left unclear
/// (`full`), recorded as `scan_page_left`. Throws Problem `scan.settled`
/// where it is attached already, `scan.no_picture`, `scan.other_person` where the code names somebody else,
/// `scan.full`, `visit.unknown`. Records `scan_page_attached` for each.
void attach_sheet(audit::Work& work, const Page& page, Id visit);
/// Says whose it is and which form: from here on it waits for entry. Throws Problem `scan.settled`, `scan.no_picture`.
/// Records `scan_page_assigned`.
void assign_page(audit::Work& work, const Page& page, const registry::PersonKey& person, const std::string& form,
                 int form_version);
/// Says that it belongs to the sheet of `other`, and becomes what that is: waiting, or attached to the record that stands
/// for that one's now. Throws Problem
/// `scan.settled`, `scan.no_picture`, `scan.not_joinable` where the other is neither, `scan.other_person` where this
/// one is known to be somebody else's.
void join_page(audit::Work& work, const Page& page, const Page& other);
/// Takes it away from the record it was attached to by mistake, and from those that correct that one: it is unclear
/// again, whoever the code named, and so is the same paper sent for another area; the reason goes with that only where
/// its area holds this page's. Another page with the same picture keeps its place. Throws Problem `scan.not_attached`,
/// `scan.reason`. Records `scan_page_detached`, and what `visits::detach_paper` records.
void detach_page(audit::Work& work, const Page& page, std::string_view reason);
/// Throws Problem `scan.settled`, `scan.reason` (2 to 500 characters). Records `scan_page_set_aside`.
void set_aside(audit::Work& work, const Page& page, std::string_view reason);

/// Deletes the person's pages, and files that hold one of them with their names. Records `scans_erased`, or says
/// unchanged.
std::int64_t erase_person(audit::Work& work, const registry::PersonKey& person);

/// Deletes pages of the county that were set aside before `before`, twenty at most; how many. What was set aside before
/// its time was written down counts from the first look at it. Records
/// `scan_page_erased` for each, or says unchanged.
std::int64_t erase_set_aside(audit::Work& work, const std::string& county, Instant before);
/// Deletes what nobody needs: files of the county without pages, and those whose sending ended halfway before
/// `before`; how many.
std::int64_t drop_files(const Reading& reading, const std::string& county, Instant before);

}  // namespace tanfang::scans
