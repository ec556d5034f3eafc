#include "app/drafts/drafts_store.h"

namespace tanfang::app::drafts::store {
namespace {

Draft read_draft(const db::Row& row) {
  Draft draft;
  draft.county = row.string(0);
  draft.id = row.id(1);
  draft.scheme = row.string(2);
  draft.based_on = row.string(3);
  draft.digest = row.string(4);
  draft.files = row.integer(5);
  draft.bytes = row.integer(6);
  draft.created_at = row.instant(7);
  draft.created_by = row.string(8);
  draft.changed_at = row.instant(9);
  draft.changed_by = row.string(10);
  return draft;
}

}  // namespace

void insert_draft(db::Session& session, const Draft& draft) {
  session.execute(
      "insert into scheme_drafts (county, id, scheme, based_on, digest, files, bytes, created_at, created_by, "
      "changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {draft.county, draft.id, draft.scheme, draft.based_on, draft.digest, draft.files, draft.bytes, draft.created_at,
       draft.created_by, draft.changed_at, draft.changed_by});
}

void update_draft(db::Session& session, const Draft& draft) {
  session.execute(
      "update scheme_drafts set digest = $3, files = $4, bytes = $5, changed_at = $6, changed_by = $7 "
      "where county = $1 and id = $2",
      {draft.county, draft.id, draft.digest, draft.files, draft.bytes, draft.changed_at, draft.changed_by});
}

void delete_draft(db::Session& session, const std::string& county, Id draft) {
  session.execute("delete from scheme_publications where county = $1 and draft = $2", {county, draft});
  session.execute("delete from scheme_simulation_people where county = $1 and draft = $2", {county, draft});
  session.execute("delete from scheme_simulations where county = $1 and draft = $2", {county, draft});
  session.execute("delete from scheme_draft_files where county = $1 and draft = $2", {county, draft});
  session.execute("delete from scheme_drafts where county = $1 and id = $2", {county, draft});
}

std::optional<Draft> find_draft(db::Session& session, const std::string& county, Id draft) {
  return session.first(
      "select county, id, scheme, based_on, digest, files, bytes, created_at, created_by, changed_at, changed_by "
      "from scheme_drafts where county = $1 and id = $2",
      {county, draft}, read_draft);
}

std::vector<Draft> load_drafts(db::Session& session, const std::string& county) {
  return session.all(
      "select county, id, scheme, based_on, digest, files, bytes, created_at, created_by, changed_at, changed_by "
      "from scheme_drafts where county = $1 order by changed_at desc, id desc",
      {county}, read_draft);
}

void put_file(db::Session& session, const std::string& county, Id draft, const std::string& path,
              const std::string& content) {
  session.execute(
      "insert into scheme_draft_files (county, draft, path, content) values ($1, $2, $3, $4) "
      "on conflict (county, draft, path) do update set content = excluded.content",
      {county, draft, path, content});
}

void delete_file(db::Session& session, const std::string& county, Id draft, const std::string& path) {
  session.execute("delete from scheme_draft_files where county = $1 and draft = $2 and path = $3",
                  {county, draft, path});
}

Files load_files(db::Session& session, const std::string& county, Id draft) {
  Files files;
  session.query("select path, content from scheme_draft_files where county = $1 and draft = $2", {county, draft},
                [&](const db::Row& row) { files.emplace(row.string(0), row.string(1)); });
  return files;
}

}  // namespace tanfang::app::drafts::store
