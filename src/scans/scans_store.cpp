#include "scans/scans_store.h"

namespace tanfang::scans::store {
namespace {

/// Every code that begins with a prefix lies before the prefix and this (":" follows the digits).
constexpr char kBehindDigits = ':';

constexpr std::string_view kBatch =
    "select county, id, area, kind, name, bytes, pages, pages_read, reading, added_at, added_by from scan_batches ";
constexpr std::string_view kPage =
    "select county, id, batch, number, area, state, reason, form, form_version, leaf, person, visit, sheet, hash,"
    " case when picture is null then 0 else 1 end, note, read_at, settled_at, settled_by from scan_pages ";

std::string batches(std::string_view rest) { return std::string(kBatch).append(rest); }
std::string pages(std::string_view rest) { return std::string(kPage).append(rest); }

std::optional<std::int64_t> or_null(Id id) { return id.value == 0 ? std::nullopt : std::optional(id.value); }

std::optional<db::Bytes> or_null(const std::string& bytes) {
  return bytes.empty() ? std::nullopt : std::optional(db::Bytes{bytes});
}

Why why_of(std::string_view text) {
  int why = 0;
  while (to_text(static_cast<Why>(why)) != text) ++why;
  return static_cast<Why>(why);
}

Key read_key(const db::Row& row) { return {row.string(0), row.id(1)}; }

Batch read_batch(const db::Row& row) {
  Batch made;
  made.county = row.string(0);
  made.id = row.id(1);
  made.area = row.string(2);
  made.kind = row.string(3);
  made.name = std::string(row.bytes(4));
  made.bytes = row.integer(5);
  made.pages = row.optional_integer(6);
  made.pages_read = row.integer(7);
  made.reading = row.boolean(8);
  made.added_at = row.instant(9);
  made.added_by = row.string(10);
  return made;
}

Page read_page(const db::Row& row) {
  Page made;
  made.county = row.string(0);
  made.id = row.id(1);
  made.batch = row.id(2);
  made.number = row.integer(3);
  made.area = row.string(4);
  made.state = parse_state(row.text(5)).value();
  made.why = why_of(row.text(6));
  made.form = row.string(7);
  made.form_version = row.integer(8);
  made.leaf = row.integer(9);
  made.person = Id{row.optional_integer(10).value_or(0)};
  made.visit = Id{row.optional_integer(11).value_or(0)};
  made.sheet = row.id(12);
  if (!row.is_null(13)) made.digest = crypto::to_hex(row.bytes(13));
  made.has_picture = row.boolean(14) || !made.digest.empty();
  if (!row.is_null(15)) made.note = std::string(row.bytes(15));
  made.read_at = row.instant(16);
  if (!row.is_null(17)) made.settled_at = row.instant(17);
  made.settled_by = row.optional_string(18).value_or("");
  return made;
}

/// 32 bytes of 64 digits of our own making.
std::string bytes_of(const std::string& digest) {
  auto value_of = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digest.size(); i += 2) {
    bytes += static_cast<char>(value_of(digest[i]) << 4 | value_of(digest[i + 1]));
  }
  return bytes;
}

}  // namespace

bool insert_batch(db::Session& session, const Batch& batch, const std::string& hash) {
  return session.execute(
             "insert into scan_batches (county, id, area, hash, kind, name, bytes, reading, arriving, added_at, "
             "added_by)"
             " values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8, $9) on conflict (county, area, hash) do nothing",
             {batch.county, batch.id, batch.area, db::Bytes{hash}, batch.kind, db::Bytes{batch.name}, batch.bytes,
              batch.added_at, batch.added_by}) == 1;
}

std::optional<Sent> find_sent(db::Session& session, const std::string& county, const std::string& area,
                              const std::string& hash) {
  return session.first(
      "select id, case when arriving <> 0 or reading = 0 and coalesce(pages, 1) > (select count(*) from scan_pages p"
      " where p.county = b.county and p.batch = b.id and (p.state not in ('unclear', 'set_aside')"
      " or p.picture is not null)) then 1 else 0 end from scan_batches b where county = $1 and area = $2 and hash = $3",
      {county, area, db::Bytes{hash}}, [](const db::Row& row) {
        return Sent{row.id(0), row.boolean(1)};
      });
}

void begin_arrival(db::Session& session, const Key& key, Instant now) {
  session.execute("update scan_batches set arriving = $3 where county = $1 and id = $2", {key.county, key.id, now});
}

bool is_arriving(db::Session& session, const Key& key) {
  return session
      .first("select 1 from scan_batches where county = $1 and id = $2 and arriving <> 0", {key.county, key.id},
             [](const db::Row&) { return true; })
      .has_value();
}

bool end_arrival(db::Session& session, const Key& key) {
  return session.execute("update scan_batches set arriving = 0 where county = $1 and id = $2 and arriving <> 0",
                         {key.county, key.id}) == 1;
}

void put_part(db::Session& session, const Key& batch, const Part& part) {
  session.execute(
      "insert into scan_parts (county, id, batch, part, content) values ($1, $2, $3, $4, $5)"
      " on conflict (county, batch, part) do update set id = excluded.id, content = excluded.content",
      {batch.county, part.id, batch.id, part.number, db::Bytes{part.content}});
}

std::int64_t count_parts(db::Session& session, const Key& batch) {
  return session
      .first("select count(*) from scan_parts where county = $1 and batch = $2", {batch.county, batch.id},
             [](const db::Row& row) { return row.integer(0); })
      .value();
}

std::optional<Part> find_part(db::Session& session, const Key& batch, std::int64_t number) {
  return session.first("select id, part, content from scan_parts where county = $1 and batch = $2 and part = $3",
                       {batch.county, batch.id, number}, [](const db::Row& row) {
                         return Part{row.id(0), row.integer(1), std::string(row.bytes(2))};
                       });
}

void delete_parts(db::Session& session, const Key& batch) {
  session.execute("delete from scan_parts where county = $1 and batch = $2", {batch.county, batch.id});
}

void delete_part(db::Session& session, const Key& part) {
  session.execute("delete from scan_parts where county = $1 and id = $2", {part.county, part.id});
}

std::vector<Key> unneeded_parts(db::Session& session) {
  return session.all(
      "select p.county, p.id from scan_parts p join scan_batches b on b.county = p.county and b.id = p.batch"
      " where b.reading = 0 and b.arriving = 0 and not exists (select 1 from scan_pages g where g.county = b.county"
      " and g.batch = b.id and g.state = 'unclear' and g.picture is null) limit 100",
      {}, read_key);
}

std::vector<Key> abandoned_parts(db::Session& session, const std::string& county, Instant before) {
  return session.all(
      "select p.county, p.id from scan_batches b join scan_parts p on p.county = b.county and p.batch = b.id"
      " where b.county = $1 and b.arriving <> 0 and b.arriving < $2 and b.pages is null limit 100",
      {county, before}, read_key);
}

std::int64_t delete_empty(db::Session& session, const std::string& county, Instant before) {
  session.execute("update scan_batches set arriving = 0 where county = $1 and arriving <> 0 and arriving < $2",
                  {county, before});
  return session.execute(
      "delete from scan_batches where county = $1 and reading = 0 and arriving = 0 and not exists"
      " (select 1 from scan_pages g where g.county = scan_batches.county and g.batch = scan_batches.id) and not exists"
      " (select 1 from scan_parts p where p.county = scan_batches.county and p.batch = scan_batches.id)",
      {county});
}

std::vector<Batch> unread_batches(db::Session& session) {
  static const std::string kSql = batches("where reading = 1 order by pages_read, county, id limit 1000");
  return session.all(kSql, {}, read_batch);
}

std::optional<Batch> load_batch(db::Session& session, const Key& key) {
  static const std::string kSql = batches("where county = $1 and id = $2");
  return session.first(kSql, {key.county, key.id}, read_batch);
}

void set_pages(db::Session& session, const Key& key, std::int64_t count) {
  session.execute("update scan_batches set pages = $3 where county = $1 and id = $2", {key.county, key.id, count});
}

std::int64_t begin_page(db::Session& session, const Key& key) {
  return session
      .first("update scan_batches set attempts = attempts + 1 where county = $1 and id = $2 returning attempts",
             {key.county, key.id}, [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

bool count_page(db::Session& session, const Key& key, std::int64_t number) {
  return session.execute(
             "update scan_batches set pages_read = $3, attempts = 0"
             " where county = $1 and id = $2 and pages_read = $3 - 1",
             {key.county, key.id, number}) == 1;
}

bool has_page(db::Session& session, const Key& key, std::int64_t number) {
  return session
      .first("select 1 from scan_pages where county = $1 and batch = $2 and number = $3", {key.county, key.id, number},
             [](const db::Row&) { return true; })
      .has_value();
}

bool read_again(db::Session& session, const Key& key) {
  if (session.execute("update scan_batches set reading = 1 where county = $1 and id = $2 and pages is null",
                      {key.county, key.id}) == 1) {
    return true;
  }
  bool unopened = session
                      .first("select 1 from scan_pages where county = $1 and batch = $2 and reason in ('file', 'pages')"
                             " and state in ('unclear', 'set_aside') and picture is null",
                             {key.county, key.id}, [](const db::Row&) { return true; })
                      .has_value();
  session.execute(
      "delete from scan_pages where county = $1 and batch = $2 and state in ('unclear', 'set_aside')"
      " and picture is null",
      {key.county, key.id});
  std::int64_t whole = 0;  // so many pages from the first on are there
  session.query("select number from scan_pages where county = $1 and batch = $2 order by number",
                std::vector<db::Parameter>{key.county, key.id}, [&](const db::Row& row) {
                  if (row.integer(0) == whole + 1) ++whole;
                });
  return session.execute(
             "update scan_batches set reading = 1, attempts = 0, pages_read = $3,"
             " pages = case when $4 = 1 then null else pages end where county = $1 and id = $2"
             " and ($4 = 1 or pages > $3)",
             {key.county, key.id, whole, std::int64_t{unopened}}) == 1;
}

void clear_name(db::Session& session, const Key& key, const std::string& name) {
  session.execute("update scan_batches set name = $3 where county = $1 and id = $2",
                  {key.county, key.id, db::Bytes{name}});
}

void end_reading(db::Session& session, const Key& key) {
  session.execute("update scan_batches set reading = 0 where county = $1 and id = $2", {key.county, key.id});
}

std::vector<Batch> list_batches(db::Session& session, const BatchFilter& filter) {
  static const std::string kSql = batches(
      "where county = $1 and area >= $2 and area < $3 and ($4 = 0 or id < $4) and (reading = 1 or pages is not null)"
      " order by id desc limit $5");
  return session.all(kSql,
                     {filter.area.substr(0, 6), filter.area, filter.area + kBehindDigits, filter.before, filter.limit},
                     read_batch);
}

void insert_page(db::Session& session, const Page& page, const std::string& picture) {
  session.execute(
      "insert into scan_pages (county, id, batch, number, area, state, reason, form, form_version, leaf, person, visit,"
      " sheet, picture, read_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      {page.county, page.id, page.batch, page.number, page.area, to_text(page.state), to_text(page.why), page.form,
       page.form_version, page.leaf, or_null(page.person), or_null(page.visit), page.sheet, or_null(picture),
       page.read_at});
}

std::optional<Page> find_page(db::Session& session, const std::string& county, Id page) {
  static const std::string kSql = pages("where county = $1 and id = $2");
  return session.first(kSql, {county, page}, read_page);
}

std::vector<Page> list_pages(db::Session& session, const PageFilter& filter) {
  static const std::string kWithin = " and area >= $3 and area < $4 and id > $5 order by id limit $6";
  static const std::string kState = pages("where county = $1 and state = $2" + kWithin);
  static const std::string kBatchOnly = pages("where county = $1 and batch = $2" + kWithin);
  static const std::string kVisit = pages("where county = $1 and visit = $2" + kWithin);
  static const std::string kSheet = pages("where county = $1 and sheet = $2" + kWithin);
  std::string county = filter.area.substr(0, 6);
  std::string end = filter.area + kBehindDigits;
  if (filter.state) {
    return session.all(kState, {county, to_text(*filter.state), filter.area, end, filter.after, filter.limit},
                       read_page);
  }
  Id of = filter.batch.value != 0 ? filter.batch : filter.visit.value != 0 ? filter.visit : filter.sheet;
  const std::string& sql = filter.batch.value != 0 ? kBatchOnly : filter.visit.value != 0 ? kVisit : kSheet;
  return session.all(sql, {county, of, filter.area, end, filter.after, filter.limit}, read_page);
}

std::optional<std::string> load_picture(db::Session& session, const std::string& county, Id page) {
  return session.first("select picture from scan_pages where county = $1 and id = $2 and picture is not null",
                       {county, page}, [](const db::Row& row) { return std::string(row.bytes(0)); });
}

bool settle(db::Session& session, const Page& page, const std::string& note) {
  std::string hash = bytes_of(page.digest);
  return session.execute(
             "update scan_pages set state = $3, reason = $4, form = $5, form_version = $6, person = $7, visit = $8,"
             " sheet = $9, hash = $10, note = coalesce($11, case when person = $7 or $7 is null then note end),"
             " former_person = case when $7 is null then former_person end, settled_at = $12, settled_by = $13,"
             " picture = case when $3 = 'attached' then null else picture end,"
             " aside_at = case when $3 = 'set_aside' then $12 end"
             " where county = $1 and id = $2 and state <> 'attached'",
             {page.county, page.id, to_text(page.state), to_text(page.why), page.form, page.form_version,
              or_null(page.person), or_null(page.visit), page.sheet, or_null(hash), or_null(note), page.settled_at,
              page.settled_by}) == 1;
}

bool detach(db::Session& session, const Page& page, const std::string& picture, const std::string& note) {
  return session.execute(
             "update scan_pages set state = $3, reason = $4, former_person = person, person = $5, visit = $6, sheet = "
             "$7,"
             " hash = null,"
             " picture = $8, note = coalesce($9, note), settled_at = $10, settled_by = $11"
             " where county = $1 and id = $2 and state = 'attached'",
             {page.county, page.id, to_text(page.state), to_text(page.why), or_null(page.person), or_null(page.visit),
              page.sheet, db::Bytes{picture}, or_null(note), page.settled_at, page.settled_by}) == 1;
}

bool is_attached_by_another(db::Session& session, const Page& page, Id visit) {
  std::string hash = bytes_of(page.digest);
  return session
      .first("select 1 from scan_pages where county = $1 and visit = $2 and hash = $3 and id <> $4",
             {page.county, visit, db::Bytes{hash}, page.id}, [](const db::Row&) { return true; })
      .has_value();
}

std::optional<Id> find_open_sheet(db::Session& session, const Page& page) {
  return session.first(
      "select sheet from scan_pages where county = $1 and batch = $2 and number = $3 - 1 and person = $4 and form = $5"
      " and form_version = $6 and leaf = $7 - 1 and state = 'waiting'",
      {page.county, page.batch, page.number, page.person, page.form, page.form_version, page.leaf},
      [](const db::Row& row) { return row.id(0); });
}

std::vector<Page> copies_of(db::Session& session, const Page& page) {
  static const std::string kSql = pages(
      "where county = $1 and number = $2 and id <> $3 and person = $4 and batch in (select b.id from scan_batches own"
      " join scan_batches b on b.county = own.county and b.hash = own.hash where own.county = $1 and own.id = $5)"
      " order by id");
  return session.all(kSql, {page.county, page.number, page.id, page.person, page.batch}, read_page);
}

void count_from_now(db::Session& session, const std::string& county, Instant now) {
  session.execute("update scan_pages set aside_at = $2 where county = $1 and state = 'set_aside' and aside_at is null",
                  {county, now});
}

bool was_detached_from(db::Session& session, const Page& page, Id person) {
  return session
      .first("select 1 from scan_pages where county = $1 and number = $2 and id <> $3 and former_person = $4"
             " and batch in (select b.id from scan_batches own join scan_batches b on b.county = own.county"
             " and b.hash = own.hash where own.county = $1 and own.id = $5)",
             {page.county, page.number, page.id, person, page.batch}, [](const db::Row&) { return true; })
      .has_value();
}

void keep_former(db::Session& session, const Page& page, Id person) {
  session.execute("update scan_pages set former_person = $3 where county = $1 and id = $2",
                  {page.county, page.id, person});
}

std::vector<Id> list_set_aside(db::Session& session, const std::string& county, Instant before, std::int64_t limit) {
  return session.all(
      "select id from scan_pages where county = $1 and state = 'set_aside' and aside_at < $2 order by id limit $3",
      {county, before, limit}, [](const db::Row& row) { return row.id(0); });
}

void delete_page(db::Session& session, const Key& page) {
  session.execute("delete from scan_pages where county = $1 and id = $2", {page.county, page.id});
}

Counts count_open(db::Session& session, const std::string& area) {
  Counts counts;
  std::string county = area.substr(0, 6);
  std::string end = area + kBehindDigits;
  session.query(
      "select state, count(*) from scan_pages where county = $1 and state in ('unclear', 'waiting') and area >= $2"
      " and area < $3 group by state",
      std::vector<db::Parameter>{county, area, end},
      [&](const db::Row& row) { (row.text(0) == "waiting" ? counts.waiting : counts.unclear) = row.integer(1); });
  session.query("select count(*) from scan_batches where county = $1 and reading = 1 and area >= $2 and area < $3",
                std::vector<db::Parameter>{county, area, end},
                [&](const db::Row& row) { counts.batches = row.integer(0); });
  return counts;
}

std::vector<Id> batches_of(db::Session& session, const registry::PersonKey& person) {
  return session.all(
      "select batch from scan_pages where county = $1 and person = $2 union select batch from scan_pages"
      " where county = $1 and former_person = $2",
      {person.county, person.id}, [](const db::Row& row) { return row.id(0); });
}

std::int64_t delete_pages_of(db::Session& session, const registry::PersonKey& person) {
  return session.execute("delete from scan_pages where county = $1 and (person = $2 or former_person = $2)",
                         {person.county, person.id});
}

}  // namespace tanfang::scans::store
