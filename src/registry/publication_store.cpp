#include "registry/publication_store.h"

namespace tanfang::registry::store {

void insert_published(db::Session& session, const PublishedScheme& published) {
  std::string in_force = published.in_force.iso();
  session.execute(
      "insert into published_schemes (county, scheme, in_force, "
      "digest, published_at, asked_by, approved_by) "
      "values ($1, $2, $3, $4, $5, $6, $7)",
      {published.county, published.scheme, in_force, published.digest, published.published_at, published.asked_by,
       published.approved_by});
  for (const auto& [path, content] : published.files) {
    session.execute(
        "insert into published_scheme_files (county, scheme, in_force, path, "
        "content) values ($1, $2, $3, $4, $5)",
        {published.county, published.scheme, in_force, path, content});
  }
}

std::vector<PublishedScheme> load_published(db::Session& session, std::string_view county) {
  return session.all(
      "select county, scheme, in_force, digest, published_at, "
      "asked_by, approved_by from published_schemes "
      "where county = $1 order by scheme, in_force",
      {county}, [](const db::Row& row) {
        return PublishedScheme{row.string(0),  row.string(1), row.date(2),   row.string(3),
                               row.instant(4), row.string(5), row.string(6), {}};
      });
}

void load_files(db::Session& session, PublishedScheme& published) {
  std::string in_force = published.in_force.iso();
  session.query(
      "select path, content from published_scheme_files where county "
      "= $1 and scheme = $2 and in_force = $3",
      {published.county, published.scheme, in_force},
      [&](const db::Row& row) { published.files.emplace(row.string(0), row.string(1)); });
}

}  // namespace tanfang::registry::store
