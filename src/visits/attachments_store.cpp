#include "visits/attachments_store.h"

#include <algorithm>

namespace tanfang::visits {
namespace {

/// 32 bytes of 64 digits that `is_digest` has seen.
std::string bytes_of(const std::string& digest) {
  auto value_of = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digest.size(); i += 2) {
    bytes += static_cast<char>(value_of(digest[i]) << 4 | value_of(digest[i + 1]));
  }
  return bytes;
}

}  // namespace

namespace store {

std::optional<StoredAttachment> find_attachment(db::Session& session, const std::string& county,
                                                const std::string& digest) {
  std::string hash = bytes_of(digest);
  return session.first("select id, media_type, content, put_by from attachments where county = $1 and hash = $2",
                       {county, db::Bytes{hash}}, [](const db::Row& row) {
                         return StoredAttachment{row.id(0), row.string(1), std::string(row.bytes(2)), row.string(3)};
                       });
}

bool has_attachment(db::Session& session, const std::string& county, const std::string& digest) {
  std::string hash = bytes_of(digest);
  return session
      .first("select 1 from attachments where county = $1 and hash = $2", {county, db::Bytes{hash}},
             [](const db::Row&) { return true; })
      .has_value();
}

void insert_attachment(db::Session& session, const std::string& county, const std::string& digest,
                       const StoredAttachment& attachment, Instant now) {
  std::string hash = bytes_of(digest);
  session.execute(
      "insert into attachments (county, id, hash, media_type, content, put_at, put_by)"
      " values ($1, $2, $3, $4, $5, $6, $7)",
      {county, attachment.id, db::Bytes{hash}, attachment.media_type, db::Bytes{attachment.content}, now,
       attachment.put_by});
}

bool count_bytes_of_day(db::Session& session, const std::string& put_by, Date day, std::int64_t bytes,
                        std::int64_t most) {
  std::string iso = day.iso();
  return session.execute(
             "insert into attachment_days (put_by, day, bytes) values ($1, $2, $3) on conflict (put_by) do update"
             " set bytes = case when attachment_days.day = excluded.day then attachment_days.bytes else 0 end"
             " + excluded.bytes, day = excluded.day"
             " where attachment_days.day <> excluded.day or attachment_days.bytes + excluded.bytes <= $4",
             {put_by, iso, bytes, most}) == 1;
}

void touch_attachment(db::Session& session, const std::string& county, const std::string& digest, Instant now) {
  std::string hash = bytes_of(digest);
  session.execute("update attachments set put_at = $3 where county = $1 and hash = $2", {county, db::Bytes{hash}, now});
}

bool insert_link(db::Session& session, const std::string& county, Id visit, const std::string& digest) {
  std::string hash = bytes_of(digest);
  return session.execute(
             "insert into visit_attachments (county, visit, hash) values ($1, $2, $3) on conflict (county, visit, hash)"
             " do nothing",
             {county, visit, db::Bytes{hash}}) == 1;
}

void insert_links(db::Session& session, const PreparedVisit& visit) {
  std::string hash;
  session.execute_many("insert into visit_attachments (county, visit, hash) values ($1, $2, $3)",
                       visit.attachments.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
                         hash = bytes_of(visit.attachments[i]);
                         out = {visit.county, visit.id, db::Bytes{hash}};
                       });
}

std::vector<std::string> attachments_of_visit(db::Session& session, const std::string& county, Id visit) {
  return session.all("select hash from visit_attachments where county = $1 and visit = $2 order by hash",
                     {county, visit}, [](const db::Row& row) { return crypto::to_hex(row.bytes(0)); });
}

void note_taken_out(db::Session& session, const std::string& county, Id visit, const std::string& digest) {
  std::string hash = bytes_of(digest);
  session.execute(
      "insert into paper_taken_out (county, visit, hash) values ($1, $2, $3) on conflict (county, visit, hash) do"
      " nothing",
      {county, visit, db::Bytes{hash}});
}

void forget_taken_out(db::Session& session, const std::string& county, Id visit, const std::string& digest) {
  std::string hash = bytes_of(digest);
  session.execute("delete from paper_taken_out where county = $1 and visit = $2 and hash = $3",
                  {county, visit, db::Bytes{hash}});
}

bool names_taken_out(db::Session& session, const std::string& county, Id visit,
                     const std::vector<std::string>& digests) {
  std::vector<std::string> out =
      session.all("select hash from paper_taken_out where county = $1 and visit = $2", {county, visit},
                  [](const db::Row& row) { return crypto::to_hex(row.bytes(0)); });
  return std::any_of(digests.begin(), digests.end(),
                     [&](const std::string& digest) { return std::find(out.begin(), out.end(), digest) != out.end(); });
}

bool delete_link(db::Session& session, const std::string& county, Id visit, const std::string& digest) {
  std::string hash = bytes_of(digest);
  bool named = session.execute("delete from visit_attachments where county = $1 and visit = $2 and hash = $3",
                               {county, visit, db::Bytes{hash}}) == 1;
  session.execute(
      "delete from attachments where county = $1 and hash = $2 and not exists"
      " (select 1 from visit_attachments l where l.county = $1 and l.hash = $2)",
      {county, db::Bytes{hash}});
  return named;
}

void delete_attachments_of_visit(db::Session& session, const std::string& county, Id visit) {
  for (const std::string& digest : attachments_of_visit(session, county, visit)) {
    delete_link(session, county, visit, digest);
  }
  session.execute("delete from visit_papers where county = $1 and visit = $2", {county, visit});
  session.execute("delete from paper_taken_out where county = $1 and visit = $2", {county, visit});
}

void note_paper(db::Session& session, const std::string& county, Id id, Id visit, std::string_view what, Instant at) {
  session.execute("insert into visit_papers (county, id, visit, what, at) values ($1, $2, $3, $4, $5)",
                  {county, id, visit, what, at});
}

std::int64_t delete_unnamed(db::Session& session, const std::string& county, Instant before) {
  return session.execute(
      "delete from attachments where county = $1 and put_at < $2 and not exists"
      " (select 1 from visit_attachments l where l.county = attachments.county and l.hash = attachments.hash)",
      {county, before});
}

}  // namespace store

std::vector<registry::PersonKey> people_of_attachment(db::Session& session, std::string_view within,
                                                      const std::string& digest) {
  std::string first(within.substr(0, 6));
  std::string hash = bytes_of(digest);
  return session.all(
      "select distinct v.county, v.person from counties c cross join visit_attachments l cross join visits v"
      " where c.county >= $1 and c.county < $2 and l.county = c.county and l.hash = $3 and v.county = l.county"
      " and v.id = l.visit order by v.county, v.person",
      {first, first + ":", db::Bytes{hash}}, [](const db::Row& row) {
        return registry::PersonKey{row.string(0), row.id(1)};
      });
}

}  // namespace tanfang::visits
