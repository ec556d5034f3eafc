// Rows of archives, of the records in them and of their files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/archives/archives.h"

namespace tanfang::app::archives::store {

/// A record that may be filed: of somebody met, neither corrected nor struck out, with a form.
struct Filed {
  Id visit;
  Id person;
  std::string village;
  std::string form;
  std::int64_t place = 0;  // from 1
  std::int64_t part = 0;   // which file of a copy, from 1
  std::int64_t page = 0;   // the first one in its file, from 1; 0: not drawn
  std::int64_t pages = 0;
};
/// Of the town or village and month, by village, person and time.
std::vector<Filed> load_month(db::Session& session, const std::string& area, const std::string& first_day,
                              const std::string& last_day, std::size_t most);
/// Of all pictures of those records, as they are kept.
std::int64_t picture_bytes(db::Session& session, const std::string& area, const std::string& first_day,
                           const std::string& last_day);

void insert_archive(db::Session& session, const Archive& archive, const std::vector<Filed>& records);
std::optional<Archive> find_archive(db::Session& session, const std::string& county, Id id);
std::vector<Archive> list_archives(db::Session& session, const ArchiveFilter& filter);
std::vector<Archive> load_waiting(db::Session& session);
std::vector<std::string> counties(db::Session& session);

/// The first part behind `after` that is not drawn.
std::optional<std::int64_t> next_part(db::Session& session, const Archive& archive, std::int64_t after);
bool is_open(db::Session& session, const Archive& archive, std::int64_t part);
/// The part's records behind the place given, in their order.
std::vector<Filed> load_part(db::Session& session, const Archive& archive, std::int64_t part, std::int64_t after,
                             int limit);
std::int64_t count_pages(db::Session& session, const Archive& archive);
/// In their order, the drawn ones behind `after`.
std::vector<Filed> load_records(db::Session& session, const Archive& archive, std::int64_t after, int limit);
/// False where another run has drawn it.
bool note_drawn(db::Session& session, const Archive& archive, const Filed& record);
void count_done(db::Session& session, const Archive& archive, std::int64_t records);
/// Only those of whole files count.
void recount_done(db::Session& session, const Archive& archive);

/// The most files of an archive, in all copies.
inline constexpr std::int64_t kMostFiles = 1'000'000'000;
/// A piece of a file.
struct Piece {
  std::int64_t number = 0;  // piece × kMostFiles + file
  std::string name;  // of the file
  std::int64_t bytes = 0;
  std::uint32_t checksum = 0;
  bool ends = false;  // the file, with this piece
  std::string hash;
  std::string content;  // encrypted
};
/// False where it is there already.
bool insert_piece(db::Session& session, const Archive& archive, const Piece& piece);
void delete_file(db::Session& session, const Archive& archive, std::int64_t file);
void delete_files(db::Session& session, const std::string& county, Id archive);
/// Of one file, or of all in their order: in theirs, without their contents.
std::vector<Piece> load_pieces(db::Session& session, const Archive& archive, std::optional<std::int64_t> file);
std::optional<std::string> load_content(db::Session& session, const Archive& archive, std::int64_t number);
struct Kept {
  std::int64_t files = 0;  // whole ones
  std::int64_t bytes = 0;
};
Kept count_kept(db::Session& session, const Archive& archive);

/// False where it was not waiting any more.
bool finish(db::Session& session, const Archive& archive);
std::vector<Id> archives_of(db::Session& session, const std::string& county, Id person);
void erase(db::Session& session, const std::string& county, Id archive);

std::vector<Correction> load_corrections(db::Session& session, const Archive& archive, const std::string& first_day,
                                         const std::string& last_day, int limit);

}  // namespace tanfang::app::archives::store
