#include "app/server/documents_store.h"

namespace tanfang::app::server::store {

std::optional<SchemeDocument> find_document(db::Session& session, const std::string& county,
                                            const std::string& scheme) {
  return session.first(
      "select id, hash, bytes, pages, put_at from scheme_documents where county = $1 and scheme = $2", {county, scheme},
      [](const db::Row& row) {
        return SchemeDocument{row.id(0), std::string(row.bytes(1)), row.integer(2), row.string(3), row.instant(4)};
      });
}

std::string load_document(db::Session& session, const std::string& county, Id document) {
  return session
      .first("select content from scheme_documents where county = $1 and id = $2", {county, document},
             [](const db::Row& row) { return std::string(row.bytes(0)); })
      .value_or("");
}

void put_document(db::Session& session, const std::string& county, const std::string& scheme,
                  const SchemeDocument& document, const std::string& sealed, const std::string& by) {
  session.execute(
      "insert into scheme_documents (county, id, scheme, hash, content, bytes, pages, put_at, put_by)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (county, scheme) do update set id = excluded.id,"
      " hash = excluded.hash, content = excluded.content, bytes = excluded.bytes, put_at = excluded.put_at,"
      " put_by = excluded.put_by",
      {county, document.id, scheme, db::Bytes{document.hash}, db::Bytes{sealed}, document.bytes, document.pages,
       document.put_at, by});
}

void set_pages(db::Session& session, const std::string& county, Id document, const std::string& pages) {
  session.execute("update scheme_documents set pages = $3 where county = $1 and id = $2", {county, document, pages});
}

void delete_document(db::Session& session, const std::string& county, Id document) {
  session.execute("delete from scheme_documents where county = $1 and id = $2", {county, document});
}

}  // namespace tanfang::app::server::store
