#include "app/archives/archives.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "app/archives/archive_parts.h"
#include "app/archives/archives_problems.h"
#include "app/archives/archives_store.h"
#include "base/text.h"
#include "planning/planning.h"

namespace tanfang::app::archives {
namespace {

namespace js = boost::json;

constexpr std::size_t kShortestReason = 4;  // as to look into a person's file
/// Of one file. What is not written of a PDF until its end, in each copy, grows with its records.
constexpr std::size_t kMostOfPart = 250;

std::string subject_of(Id archive) { return "archive:" + format_id(archive); }

std::string checked_reason(const std::string& given) {
  std::string reason = trimmed(given);
  if (length_of(reason) < kShortestReason) throw problems::reason_missing();
  return reason;
}

/// One sheet holds a person's year: of several records in the month the last one bears them all.
void drop_doubles(const PrintingGround& ground, std::vector<store::Filed>& records) {
  std::set<std::pair<Id, std::string>> seen;
  std::vector<store::Filed> kept;
  for (auto each = records.rbegin(); each != records.rend(); ++each) {
    if (is_yearly(find_form(ground, each->form)) && !seen.emplace(each->person, each->form).second) continue;
    kept.push_back(*each);
  }
  std::reverse(kept.begin(), kept.end());
  records = std::move(kept);
}

/// A file holds one village, or a piece of it.
void divide(std::vector<store::Filed>& records) {
  std::int64_t part = 0;
  std::size_t in_part = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i == 0 || in_part == kMostOfPart || records[i].village != records[i - 1].village) {
      ++part;
      in_part = 0;
    }
    ++in_part;
    records[i].part = part;
    records[i].place = static_cast<std::int64_t>(i) + 1;
  }
}

}  // namespace

void require_fileable(std::size_t records, std::int64_t picture_bytes) {
  if (records == 0) throw problems::nothing_there();
  if (records > kMostRecords) throw problems::too_large();
  if (picture_bytes > kMostPictureBytes) throw problems::too_many_bytes();
}

Archive ask_archive(audit::Work& work, const PrintingGround& ground, const Order& order) {
  std::string reason = checked_reason(order.reason);
  if (order.area.size() != 9 && order.area.size() != 12) throw problems::area_wrong();
  planning::Month month = planning::parse_month(order.month);
  std::string first = month.first_day().iso(), last = month.last_day().iso();
  auto records = store::load_month(work.session, order.area, first, last, kMostRecords + 1);
  require_fileable(records.size(), 0);
  drop_doubles(ground, records);
  divide(records);
  Archive archive;
  archive.county = order.area.substr(0, 6);
  archive.id = work.new_id();
  archive.area = order.area;
  archive.month = order.month;
  archive.state = "waiting";
  archive.records = static_cast<std::int64_t>(records.size());
  archive.asked_at = work.now;
  archive.asked_by = work.actor;
  for (const store::Filed& each : records) {
    archive.copies = std::max(archive.copies, find_form(ground, each.form).copies);
  }
  require_fileable(records.size(), store::picture_bytes(work.session, order.area, first, last) * archive.copies);
  store::insert_archive(work.session, archive, records);
  work.record(
      {archive.county, "archive_asked", subject_of(archive.id),
       js::serialize(js::object{
           {"area", archive.area}, {"month", archive.month}, {"records", archive.records}, {"reason", reason}})});
  return archive;
}

std::optional<Archive> find_archive(db::Session& session, std::string_view within, Id id) {
  if (within.size() >= 6) return store::find_archive(session, std::string(within.substr(0, 6)), id);
  for (const std::string& county : store::counties(session)) {
    if (!county.starts_with(within)) continue;
    if (auto found = store::find_archive(session, county, id)) return found;
  }
  return std::nullopt;
}

std::vector<Archive> list_archives(db::Session& session, const ArchiveFilter& filter) {
  return store::list_archives(session, filter);
}

Verification read_archive(db::Session& session, const crypto::KeyRing& keys, const Archive& archive, const Sink& sink) {
  if (archive.state == "erased") throw problems::erased();
  if (archive.state != "done") throw problems::unfinished();
  return read_parts(session, keys, archive, sink);
}

void note_verified(audit::Work& work, const Archive& archive, const Verification& found) {
  work.record({archive.county, "archive_verified", subject_of(archive.id),
               js::serialize(js::object{{"whole", found.whole}, {"faults", found.faults.size()}})});
}

void note_issued(audit::Work& work, const Archive& archive, const Verification& found, const std::string& given) {
  std::string reason = checked_reason(given);
  if (!found.whole) throw problems::damaged();
  work.record({archive.county, "archive_issued", subject_of(archive.id),
               js::serialize(js::object{{"reason", reason}, {"sha256", crypto::to_hex(archive.hash)}})});
}

std::vector<Correction> list_corrections(db::Session& session, const Archive& archive, int limit) {
  planning::Month month = planning::parse_month(archive.month);
  return store::load_corrections(session, archive, month.first_day().iso(), month.last_day().iso(), limit);
}

std::int64_t erase_archives(audit::Work& work, const registry::PersonKey& person) {
  std::vector<Id> archives = store::archives_of(work.session, person.county, person.id);
  for (Id archive : archives) {
    store::erase(work.session, person.county, archive);
    work.record({person.county, "archive_erased", subject_of(archive), "{}"});
  }
  return static_cast<std::int64_t>(archives.size());
}

}  // namespace tanfang::app::archives
