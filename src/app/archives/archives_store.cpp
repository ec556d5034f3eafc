#include "app/archives/archives_store.h"

namespace tanfang::app::archives::store {
namespace {

/// What `read_archive` reads, in this order.
const std::string kColumns =
    "select county, id, area, month, state, copies, records, done, pages, parts, bytes, hash, asked_at, asked_by,"
    " ended_at, note from archives";

/// What may be filed of a town ($2) or a village of it ($5) and its month.
const std::string kOfMonth =
    " where county = $1 and substr(village, 1, 9) = $2 and visited_on >= $3 and visited_on <= $4"
    " and (length(cast($5 as text)) = 9 or village = $5) and outcome = 'met' and corrected_by is null"
    " and struck_at is null and form <> ''";

const std::string kFiled = "select visit, person, village, place, part, page, pages from archive_records";

Archive read_archive(const db::Row& row) {
  Archive archive;
  archive.county = row.string(0);
  archive.id = row.id(1);
  archive.area = row.string(2);
  archive.month = row.string(3);
  archive.state = row.string(4);
  archive.copies = static_cast<int>(row.integer(5));
  archive.records = row.integer(6);
  archive.done = row.integer(7);
  archive.pages = row.integer(8);
  archive.parts = row.integer(9);
  archive.bytes = row.integer(10);
  if (!row.is_null(11)) archive.hash = row.bytes(11);
  archive.asked_at = row.instant(12);
  archive.asked_by = row.string(13);
  if (!row.is_null(14)) archive.ended_at = row.instant(14);
  archive.note = row.string(15);
  return archive;
}

Filed read_filed(const db::Row& row) {
  Filed filed;
  filed.visit = row.id(0);
  filed.person = row.id(1);
  filed.village = row.string(2);
  filed.place = row.integer(3);
  filed.part = row.integer(4);
  filed.page = row.integer(5);
  filed.pages = row.integer(6);
  return filed;
}

}  // namespace

std::vector<Filed> load_month(db::Session& session, const std::string& area, const std::string& first_day,
                              const std::string& last_day, std::size_t most) {
  static const std::string kSql = "select id, person, village, form from visits" + kOfMonth +
                                  " order by village, person, started_at, id limit $6";
  return session.all(kSql, {area.substr(0, 6), area.substr(0, 9), first_day, last_day, area, most},
                     [](const db::Row& row) {
                       Filed filed;
                       filed.visit = row.id(0);
                       filed.person = row.id(1);
                       filed.village = row.string(2);
                       filed.form = row.string(3);
                       return filed;
                     });
}

std::int64_t picture_bytes(db::Session& session, const std::string& area, const std::string& first_day,
                           const std::string& last_day) {
  static const std::string kSql =
      "select cast(coalesce(sum(length(a.content)), 0) as bigint) from visit_attachments l join attachments a"
      " on a.county = l.county and a.hash = l.hash where l.county = $1 and l.visit in (select id from visits" +
      kOfMonth + ")";
  return session
      .first(kSql, {area.substr(0, 6), area.substr(0, 9), first_day, last_day, area},
             [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

void insert_archive(db::Session& session, const Archive& archive, const std::vector<Filed>& records) {
  session.execute(
      "insert into archives (county, id, area, month, state, copies, records, done, pages, parts, bytes, asked_at,"
      " asked_by, note) values ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, $8, $9, '')",
      {archive.county, archive.id, archive.area, archive.month, archive.state, archive.copies, archive.records,
       archive.asked_at, archive.asked_by});
  session.execute_many(
      "insert into archive_records (county, archive, place, visit, person, village, part, page, pages)"
      " values ($1, $2, $3, $4, $5, $6, $7, 0, 0)",
      records.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const Filed& each = records[i];
        out = {archive.county, archive.id, each.place, each.visit, each.person, each.village, each.part};
      });
}

std::optional<Archive> find_archive(db::Session& session, const std::string& county, Id id) {
  static const std::string kSql = kColumns + " where county = $1 and id = $2";
  return session.first(kSql, {county, id}, read_archive);
}

std::vector<Archive> list_archives(db::Session& session, const ArchiveFilter& filter) {
  static const std::string kSql =
      kColumns +
      " where county = $1 and substr(area, 1, cast($3 as integer)) = $2 and (cast($4 as bigint) = 0 or id < $4)"
      " order by id desc limit $5";
  return session.all(kSql, {filter.area.substr(0, 6), filter.area, filter.area.size(), filter.before, filter.limit},
                     read_archive);
}

std::vector<Archive> load_waiting(db::Session& session) {
  static const std::string kSql = kColumns + " where state = 'waiting' order by asked_at, county, id";
  return session.all(kSql, {}, read_archive);
}

std::vector<std::string> counties(db::Session& session) {
  return session.all("select distinct county from archives order by county", {},
                     [](const db::Row& row) { return row.string(0); });
}

std::optional<std::int64_t> next_part(db::Session& session, const Archive& archive, std::int64_t after) {
  return session.first(
      "select part from archive_records where county = $1 and archive = $2 and page = 0 and part > $3"
      " order by place limit 1",
      {archive.county, archive.id, after}, [](const db::Row& row) { return row.integer(0); });
}

bool is_open(db::Session& session, const Archive& archive, std::int64_t part) {
  return next_part(session, archive, part - 1) == part;
}

std::vector<Filed> load_part(db::Session& session, const Archive& archive, std::int64_t part, std::int64_t after,
                             int limit) {
  static const std::string kSql =
      kFiled + " where county = $1 and archive = $2 and part = $3 and place > $4 order by place limit $5";
  return session.all(kSql, {archive.county, archive.id, part, after, limit}, read_filed);
}

std::int64_t count_pages(db::Session& session, const Archive& archive) {
  return session
      .first("select cast(coalesce(sum(pages), 0) as bigint) from archive_records where county = $1 and archive = $2",
             {archive.county, archive.id}, [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

std::vector<Filed> load_records(db::Session& session, const Archive& archive, std::int64_t after, int limit) {
  static const std::string kSql =
      kFiled + " where county = $1 and archive = $2 and place > $3 order by place limit $4";
  return session.all(kSql, {archive.county, archive.id, after, limit}, read_filed);
}

bool note_drawn(db::Session& session, const Archive& archive, const Filed& record) {
  return session.execute(
             "update archive_records set page = $4, pages = $5 where county = $1 and archive = $2 and place = $3"
             " and page = 0",
             {archive.county, archive.id, record.place, record.page, record.pages}) == 1;
}

void count_done(db::Session& session, const Archive& archive, std::int64_t records) {
  session.execute("update archives set done = done + $3 where county = $1 and id = $2",
                  {archive.county, archive.id, records});
}

void recount_done(db::Session& session, const Archive& archive) {
  session.execute(
      "update archives set done = (select count(*) from archive_records r where r.county = $1 and r.archive = $2"
      " and r.page > 0) where county = $1 and id = $2",
      {archive.county, archive.id});
}

bool insert_piece(db::Session& session, const Archive& archive, const Piece& piece) {
  return session.execute(
             "insert into archive_parts (county, archive, part, name, bytes, checksum, ends, hash, content)"
             " values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (county, archive, part) do nothing",
             {archive.county, archive.id, piece.number, piece.name, piece.bytes, std::int64_t{piece.checksum},
              piece.ends, db::Bytes{piece.hash}, db::Bytes{piece.content}}) == 1;
}

void delete_file(db::Session& session, const Archive& archive, std::int64_t file) {
  session.execute("delete from archive_parts where county = $1 and archive = $2 and part % $3 = $4",
                  {archive.county, archive.id, kMostFiles, file});
}

void delete_files(db::Session& session, const std::string& county, Id archive) {
  session.execute("delete from archive_parts where county = $1 and archive = $2", {county, archive});
}

std::vector<Piece> load_pieces(db::Session& session, const Archive& archive, std::optional<std::int64_t> file) {
  return session.all(
      "select part, name, bytes, checksum, ends, hash from archive_parts where county = $1 and archive = $2"
      " and (cast($4 as bigint) < 0 or part % $3 = $4) order by part % $3, part",
      {archive.county, archive.id, kMostFiles, file.value_or(-1)}, [](const db::Row& row) {
        return Piece{row.integer(0),
                     row.string(1),
                     row.integer(2),
                     static_cast<std::uint32_t>(row.integer(3)),
                     row.integer(4) == 1,
                     std::string(row.bytes(5)),
                     {}};
      });
}

std::optional<std::string> load_content(db::Session& session, const Archive& archive, std::int64_t number) {
  return session.first("select content from archive_parts where county = $1 and archive = $2 and part = $3",
                       {archive.county, archive.id, number},
                       [](const db::Row& row) { return std::string(row.bytes(0)); });
}

Kept count_kept(db::Session& session, const Archive& archive) {
  return session
      .first(
          "select cast(coalesce(sum(ends), 0) as bigint), cast(coalesce(sum(bytes), 0) as bigint) from archive_parts"
          " where county = $1 and archive = $2",
          {archive.county, archive.id}, [](const db::Row& row) { return Kept{row.integer(0), row.integer(1)}; })
      .value_or(Kept{});
}

bool finish(db::Session& session, const Archive& archive) {
  std::optional<db::Bytes> hash;
  if (!archive.hash.empty()) hash = db::Bytes{archive.hash};
  return session.execute(
             "update archives set state = $3, pages = $4, parts = $5, bytes = $6, hash = $7, ended_at = $8, note = $9"
             " where county = $1 and id = $2 and state = 'waiting'",
             {archive.county, archive.id, archive.state, archive.pages, archive.parts, archive.bytes, hash,
              archive.ended_at, archive.note}) == 1;
}

std::vector<Id> archives_of(db::Session& session, const std::string& county, Id person) {
  return session.all(
      "select distinct r.archive from archive_records r join archives a on a.county = r.county and a.id = r.archive"
      " where r.county = $1 and r.person = $2 and a.state <> 'erased' order by r.archive",
      {county, person}, [](const db::Row& row) { return row.id(0); });
}

void erase(db::Session& session, const std::string& county, Id archive) {
  delete_files(session, county, archive);
  session.execute("update archives set state = 'erased' where county = $1 and id = $2", {county, archive});
}

std::vector<Correction> load_corrections(db::Session& session, const Archive& archive, const std::string& first_day,
                                         const std::string& last_day, int limit) {
  // A record that replaces another is told with the one it replaces.
  return session.all(
      "select what, visit, person, by_visit, at from ("
      "select 'corrected' as what, v.id as visit, v.person as person, v.corrected_by as by_visit, c.recorded_at as at"
      " from archive_records r join visits v on v.county = r.county and v.id = r.visit"
      " join visits c on c.county = v.county and c.id = v.corrected_by where r.county = $1 and r.archive = $2"
      " union all select 'struck', v.id, v.person, 0, v.struck_at from archive_records r"
      " join visits v on v.county = r.county and v.id = r.visit"
      " where r.county = $1 and r.archive = $2 and v.struck_at is not null"
      " union all select case when p.what = 'attached' then 'paper_attached' else 'paper_detached' end, v.id, v.person,"
      " 0, p.at from archive_records r join visits v on v.county = r.county and v.id = r.visit"
      " join visit_papers p on p.county = v.county and p.visit = v.id"
      " where r.county = $1 and r.archive = $2 and p.at > $7"
      " union all select 'added', v.id, v.person, 0, v.recorded_at from visits v where v.county = $1"
      " and substr(v.village, 1, 9) = $3 and v.visited_on >= $4 and v.visited_on <= $5"
      " and (length(cast($6 as text)) = 9 or v.village = $6) and v.recorded_at > $7 and v.outcome = 'met'"
      " and v.corrects is null and v.form <> '') changes order by at desc, visit desc limit $8",
      {archive.county, archive.id, archive.area.substr(0, 9), first_day, last_day, archive.area, archive.asked_at,
       limit},
      [](const db::Row& row) {
        return Correction{row.string(0), row.id(1), row.id(2), row.id(3), row.instant(4)};
      });
}

}  // namespace tanfang::app::archives::store
