#include "app/reporting/issued_store.h"

#include <limits>

namespace tanfang::app::reporting::store {
namespace {

const std::string kHead = "select county, id, area, kind, period, number, title, digest, issued_at, issued_by";

Issued read_head(const db::Row& row) {
  Issued issued;
  issued.county = row.string(0);
  issued.id = row.id(1);
  issued.asked = {row.string(3), row.string(2), row.string(4)};
  issued.number = static_cast<int>(row.integer(5));
  issued.title = row.string(6);
  issued.digest = row.string(7);
  issued.issued_at = row.instant(8);
  issued.issued_by = row.string(9);
  return issued;
}

Issued read_whole(const db::Row& row) {
  Issued issued = read_head(row);
  issued.content = row.string(10);
  return issued;
}

}  // namespace

void insert(db::Session& session, const Issued& issued) {
  session.execute(
      "insert into issued_reports (county, id, area, kind, period, number, title, content, digest, issued_at, "
      "issued_by)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {issued.county, issued.id, issued.asked.area, issued.asked.kind, issued.asked.period, issued.number, issued.title,
       issued.content, issued.digest, issued.issued_at, issued.issued_by});
}

std::optional<Issued> find_latest(db::Session& session, const std::string& county, const Asked& asked) {
  static const std::string kSql = kHead +
                                  ", content from issued_reports where county = $1 and area = $2 and kind = $3"
                                  " and period = $4 order by number desc limit 1";
  return session.first(kSql, {county, asked.area, asked.kind, asked.period}, read_whole);
}

std::optional<Issued> find(db::Session& session, const std::string& within, Id id) {
  std::string county = within.substr(0, 6);
  std::string last = county + ":";
  std::string end = within + ":";
  static const std::string kSql = kHead +
                                  ", content from issued_reports where county >= $1 and county < $2 and id = $3"
                                  " and area >= $4 and area < $5 limit 1";
  return session.first(kSql, {county, last, id, within, end}, read_whole);
}

std::vector<Issued> list(db::Session& session, const IssuedFilter& filter) {
  std::string county = filter.area.substr(0, 6);
  std::string last = county + ":";
  std::string end = filter.area + ":";
  Id before = filter.before.value == 0 ? Id{std::numeric_limits<std::int64_t>::max()} : filter.before;
  static const std::string kSql = kHead +
                                  " from issued_reports where county >= $1 and county < $2 and area >= $3 and area < $4"
                                  " and ($5 = '' or kind = $5) and id < $6 order by id desc limit $7";
  return session.all(kSql, {county, last, filter.area, end, filter.kind, before, filter.limit}, read_head);
}

}  // namespace tanfang::app::reporting::store
