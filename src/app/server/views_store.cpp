#include "app/server/views_store.h"

namespace tanfang::app::server::store {

std::vector<SavedView> load_views(db::Session& session, Id account) {
  return session.all("select id, screen, name, body from saved_views where account = $1 order by screen, name, id",
                     {account}, [](const db::Row& row) {
                       return SavedView{row.id(0), row.string(1), row.string(2), row.string(3)};
                     });
}

Id put_view(db::Session& session, Id account, const SavedView& view) {
  return *session.first(
      "insert into saved_views (account, id, screen, name, body) values ($1, $2, $3, $4, $5) "
      "on conflict (account, screen, name) do update set body = excluded.body returning id",
      {account, view.id, view.screen, view.name, view.body}, [](const db::Row& row) { return row.id(0); });
}

bool delete_view(db::Session& session, Id account, Id id) {
  return session.execute("delete from saved_views where account = $1 and id = $2", {account, id}) > 0;
}

}  // namespace tanfang::app::server::store
