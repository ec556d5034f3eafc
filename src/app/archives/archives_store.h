// Rows of archives, of the records in them and of their files.
#pragma once

#include <functional>
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
  std::int64_t pictures = 0;
  std::int64_t place = 0;  // from 1
  std::int64_t part = 0;   // of one village
  std::int64_t page = 0;
  std::int64_t pages = 0;
};
/// Of the town or village and month, by village, person and time.
std::vector<Filed> load_month(db::Session& session, const std::string& area, const std::string& first_day,
                              const std::string& last_day, std::size_t most);

void insert_archive(db::Session& session, const Archive& archive, const std::vector<Filed>& records);
std::optional<Archive> find_archive(db::Session& session, const std::string& county, Id id);
std::vector<Archive> list_archives(db::Session& session, const ArchiveFilter& filter);
std::vector<Archive> load_waiting(db::Session& session);
std::vector<std::string> counties(db::Session& session);

/// The records of the first part behind `after` that is not drawn, or none.
std::vector<Filed> load_next_part(db::Session& session, const Archive& archive, std::int64_t after);
/// The page behind the last one drawn.
std::int64_t next_page(db::Session& session, const Archive& archive);
/// In their order, the drawn ones behind `after`.
std::vector<Filed> load_records(db::Session& session, const Archive& archive, std::int64_t after, int limit);
/// False where another run has drawn it.
bool note_drawn(db::Session& session, const Archive& archive, const Filed& record);
void count_done(db::Session& session, const Archive& archive, std::int64_t records);

struct Part {
  std::int64_t number = 0;
  std::string name;
  std::int64_t bytes = 0;
  std::string hash;
  std::string content;  // encrypted
};
/// False where it is there already.
bool insert_part(db::Session& session, const Archive& archive, const Part& part);
std::int64_t count_parts(db::Session& session, const Archive& archive);
/// By number, one after another, each with its content.
void for_each_part(db::Session& session, const Archive& archive, const std::function<void(const Part&)>& visit);

/// False where it was not waiting any more.
bool finish(db::Session& session, const Archive& archive);
std::vector<Id> archives_of(db::Session& session, const std::string& county, Id person);
void erase(db::Session& session, const std::string& county, Id archive);

std::vector<Correction> load_corrections(db::Session& session, const Archive& archive, const std::string& first_day,
                                         const std::string& last_day, int limit);

}  // namespace tanfang::app::archives::store
