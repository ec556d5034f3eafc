// A month's records of a town or village on paper, filed: drawn in the background as a ZIP of PDFs, one a village, in the
// order of village and person, in as many copies as the forms ask, each with cover and index; kept with its SHA-256 in the
// trail, verified, issued again byte for byte, and compared with what was corrected since.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/jobs/jobs.h"
#include "app/printing/gathering.h"

namespace tanfang::app::archives {

/// The kind of job that makes archives.
inline const std::string kArchiveJob = "archive";
/// The most records of one archive.
inline constexpr std::size_t kMostRecords = 20'000;
/// The most bytes of pictures in it, in all copies: a ZIP has room for them and mostly for what else is in it.
inline constexpr std::int64_t kMostPictureBytes = std::int64_t{3} << 30;

struct Archive {
  std::string county;
  Id id;
  std::string area;   // town (9 digits) or village (12)
  std::string month;  // YYYY-MM
  std::string state;  // waiting, done, failed, erased
  int copies = 1;
  std::int64_t records = 0;
  std::int64_t done = 0;  // records drawn so far
  std::int64_t pages = 0;
  std::int64_t parts = 0;  // files, those of all copies
  std::int64_t bytes = 0;  // of the ZIP
  std::string hash;        // its SHA-256 as bytes; empty until it is done
  Instant asked_at;
  std::string asked_by;
  std::optional<Instant> ended_at;
  std::string note;  // of one failed its problem as JSON, else empty
};

struct Order {
  std::string area;
  std::string month;
  std::string reason;  // why it is printed unmasked, at least 4 characters
};
/// Throws Problem `archive.empty`, `archive.too_large`, `archive.too_many_bytes`.
void require_fileable(std::size_t records, std::int64_t picture_bytes);
/// Asks for it: fixes which records are in it. Records `archive_asked` with the reason. Throws Problem
/// `archive.area`, `archive.empty`, `archive.too_large`, `archive.too_many_bytes`, `reveal.reason_missing`,
/// `print.form`.
Archive ask_archive(audit::Work& work, const PrintingGround& ground, const Order& order);

/// The archive of the id among the counties of `within`; nullopt where there is none.
std::optional<Archive> find_archive(db::Session& session, std::string_view within, Id id);
struct ArchiveFilter {
  std::string area;  // a county or a part of it: archives of areas inside it
  Id before{0};      // 0: from the newest
  int limit = 50;
};
/// The newest first.
std::vector<Archive> list_archives(db::Session& session, const ArchiveFilter& filter);

/// The job: all that wait, the oldest first; what was cut short goes on behind its last whole file. Where one is refused,
/// or found too large for a ZIP, it ends as failed with nothing kept; where one fails it waits on, and is thrown behind the
/// others.
std::string make_archives(const jobs::Run& run, const PrintingGround& ground);

/// What is wrong with one file of the archive.
struct Fault {
  std::string name;
  std::string what;  // missing, damaged
};
struct Verification {
  std::vector<Fault> faults;
  bool whole = false;  // no fault, and the ZIP has the hash that was filed
};
using Sink = std::function<void(std::string_view)>;
/// Reads every part and compares the hashes; the ZIP's bytes go to `sink` as they come. Throws Problem
/// `archive.unfinished`, `archive.erased`.
Verification read_archive(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, const Sink& sink);

/// Records `archive_verified`.
void note_verified(audit::Work& work, const Archive& archive, const Verification& found);
/// Records `archive_issued` with the reason. Throws Problem `archive.damaged` where it is not whole,
/// `reveal.reason_missing`.
void note_issued(audit::Work& work, const Archive& archive, const Verification& found, const std::string& reason);

struct Correction {
  std::string what;  // corrected, struck, added, paper_attached, paper_detached
  Id visit;          // as it stands in the archive; of one added, the record itself
  Id person;
  Id by;  // the record that corrects it, or 0
  Instant at;
};
/// What was changed of the archive's records, came to them or was taken away on paper, or was recorded for its month,
/// after it was asked for: the newest first, at most `limit`.
std::vector<Correction> list_corrections(db::Session& session, const Archive& archive, int limit);

/// Takes the files of every archive away that holds the person; their hashes stay. How many. Records `archive_erased`.
std::int64_t erase_archives(audit::Work& work, const registry::PersonKey& person);

}  // namespace tanfang::app::archives
