// Rows of batches, their parts and pages. Inside the room only; what is encrypted comes and goes so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scans/scans.h"

namespace tanfang::scans::store {

/// `hash`: 32 bytes. Its parts are still to come. False where the area has the file already.
bool insert_batch(db::Session& session, const Batch& batch, const std::string& hash);
struct Sent {
  Id batch;
  /// Its parts are to be sent: it has none of its own yet, or a page could not be drawn or is gone since.
  bool wanted = false;
};
std::optional<Sent> find_sent(db::Session& session, const std::string& county, const std::string& area,
                              const std::string& hash);
/// From now on its parts come.
void begin_arrival(db::Session& session, const Key& key, Instant now);
bool is_arriving(db::Session& session, const Key& key);
/// All parts are here. False where that was so already.
bool end_arrival(db::Session& session, const Key& key);
/// A piece of the file; `number` counts from 0.
struct Part {
  Id id;
  std::int64_t number = 0;
  std::string content;
};
/// In the place of the one with this number, which is of the same file.
void put_part(db::Session& session, const Key& batch, const Part& part);
std::int64_t count_parts(db::Session& session, const Key& batch);
std::optional<Part> find_part(db::Session& session, const Key& batch, std::int64_t number);
void delete_parts(db::Session& session, const Key& batch);
void delete_part(db::Session& session, const Key& part);
/// A few parts of files that are neither sent nor read now, of which every page was drawn or set aside.
std::vector<Key> unneeded_parts(db::Session& session);
/// A few parts of files of the county whose sending began before `before` and that were never read.
std::vector<Key> abandoned_parts(db::Session& session, const std::string& county, Instant before);
/// Ends sendings that began before `before`, and deletes files without pages and parts that nobody sends or reads now;
/// how many.
std::int64_t delete_empty(db::Session& session, const std::string& county, Instant before);

/// Those that wait to be read, the least read first, a thousand at most.
std::vector<Batch> unread_batches(db::Session& session);
std::optional<Batch> load_batch(db::Session& session, const Key& key);
void set_pages(db::Session& session, const Key& key, std::int64_t pages);
/// How often the next page has been begun, this time counted in.
std::int64_t begin_page(db::Session& session, const Key& key);
bool has_page(db::Session& session, const Key& key, std::int64_t number);
/// Has the file read: from its beginning, or, where it was read, from the first page that is gone or could not be drawn,
/// dropping those. False where there is none.
bool read_again(db::Session& session, const Key& key);
void clear_name(db::Session& session, const Key& key, const std::string& name);
/// False where another has read the page by now.
bool count_page(db::Session& session, const Key& key, std::int64_t number);
void end_reading(db::Session& session, const Key& key);
std::vector<Batch> list_batches(db::Session& session, const BatchFilter& filter);

void insert_page(db::Session& session, const Page& page, const std::string& picture);
std::optional<Page> find_page(db::Session& session, const std::string& county, Id page);
std::vector<Page> list_pages(db::Session& session, const PageFilter& filter);
std::optional<std::string> load_picture(db::Session& session, const std::string& county, Id page);
/// Writes what was settled; where it is attached the picture goes, being an attachment now, and where it becomes
/// somebody's a note about whose it was goes too. False where it had been attached meanwhile.
bool settle(db::Session& session, const Page& page, const std::string& note);
/// Writes an attached page back as one of the queue, with its picture and whose it was. False where it is attached no
/// more.
bool detach(db::Session& session, const Page& page, const std::string& picture, const std::string& note);
/// Whether another page with the same picture is attached to the record.
bool is_attached_by_another(db::Session& session, const Page& page, Id visit);
/// The sheet of the page before in the file, where that waits and is the leaf before of the same person's form.
std::optional<Id> find_open_sheet(db::Session& session, const Page& page);
/// The same page of the same file, sent for other areas, where it is thought the same person's.
std::vector<Page> copies_of(db::Session& session, const Page& page);
/// Whether the same page of the same file was taken out of a record of the person, and nobody has claimed it since.
bool was_detached_from(db::Session& session, const Page& page, Id person);
/// The unclear page goes with the person when that one is erased.
void keep_former(db::Session& session, const Page& page, Id person);
/// Pages of the county that were set aside before that was written down count as set aside now.
void count_from_now(db::Session& session, const std::string& county, Instant now);
/// A few pages of the county that were set aside before `before`.
std::vector<Id> list_set_aside(db::Session& session, const std::string& county, Instant before, std::int64_t limit);
void delete_page(db::Session& session, const Key& page);
Counts count_open(db::Session& session, const std::string& area);

/// The batches that hold a page of the person, or one that nobody has claimed since it was taken out of their record.
std::vector<Id> batches_of(db::Session& session, const registry::PersonKey& person);
std::int64_t delete_pages_of(db::Session& session, const registry::PersonKey& person);

}  // namespace tanfang::scans::store
