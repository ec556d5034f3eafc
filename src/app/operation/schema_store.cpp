#include "app/operation/schema_store.h"

namespace tanfang::app {
namespace {

std::int64_t count(db::Database& database, std::string_view sql) {
  std::int64_t found = 0;
  database.read(
      [&](db::Session& session) { session.query(sql, {}, [&](const db::Row& row) { found = row.integer(0); }); });
  return found;
}

bool is_sqlite(const db::Database& database) { return database.engine() == "sqlite"; }

}  // namespace

std::optional<std::int64_t> last_step(db::Database& database) {
  bool ours = count(database, is_sqlite(database)
                                  ? "select count(*) from sqlite_schema where name = 'schema_steps'"
                                  : "select count(*) from pg_class where oid = to_regclass('schema_steps')") > 0;
  if (!ours) return std::nullopt;
  return count(database, "select coalesce(max(number), 0) from schema_steps");
}

std::string integrity_complaint(db::Database& database) {
  std::string complaint = "no answer";
  database.read([&](db::Session& session) {
    session.query("pragma integrity_check(1)", {}, [&](const db::Row& row) { complaint = row.string(0); });
  });
  return complaint == "ok" ? "" : complaint;
}

bool has_tables(db::Database& database) {
  return count(database, is_sqlite(database)
                             ? "select count(*) from sqlite_schema where type = 'table'"
                             : "select count(*) from pg_class where relkind in ('r', 'p') and relnamespace = "
                               "current_schema()::regnamespace") > 0;
}

void drop_tables(db::Database& database) {
  std::string script;
  database.read([&](db::Session& session) {
    session.query(
        "select quote_ident(relname) from pg_class where relkind in ('r', 'p') and relnamespace = "
        "current_schema()::regnamespace",
        {}, [&](const db::Row& row) { script += "drop table if exists " + row.string(0) + " cascade;"; });
  });
  if (!script.empty()) database.run_script(script);
}

}  // namespace tanfang::app
