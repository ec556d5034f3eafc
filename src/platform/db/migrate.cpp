#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "base/problem.h"
#include "platform/db/database.h"
#include "platform/db/migration_sql.h"
#include "platform/files/files.h"

namespace tanfang::db {
namespace {

namespace fs = std::filesystem;

struct Step {
  std::int64_t number;
  std::string name;  // the file without `.sql`
  std::string path;
};

std::vector<fs::path> sql_files(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".sql") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Step> steps_of(const std::string& folder) {
  std::vector<Step> steps;
  for (const auto& file : sql_files(folder)) {
    std::string name = file.stem().string();
    bool numbered = name.size() > 5 && name[4] == '_' &&
                    std::all_of(name.begin(), name.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
    bool plain = std::all_of(name.begin(), name.end(),
                             [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    if (!numbered || !plain) throw Failure("not named NNNN_name.sql: " + file.string());
    steps.push_back({std::stoll(name.substr(0, 4)), name, file.string()});
    if (steps.size() > 1 && steps[steps.size() - 2].number == steps.back().number) {
      throw Failure("two steps of one number: " + file.string());
    }
  }
  if (steps.empty()) throw Failure("no migrations in " + folder);
  return steps;
}

/// On a server programs that start at once change the schema one after another; SQLite has one writer anyway.
std::string alone(const Database& database, const std::string& script) {
  constexpr const char* kLock = "select pg_advisory_xact_lock(7305162);";
  return database.engine() == "sqlite" ? script : kLock + script;
}

void create_version_tables(Database& database) {
  std::string_view present = database.engine() == "sqlite"
                                 ? "select count(*) from sqlite_schema where name = 'schema_views'"
                                 : "select count(*) from pg_class where oid = to_regclass('schema_views')";
  bool there = false;
  database.read(
      [&](Session& session) { session.query(present, {}, [&](const Row& row) { there = row.integer(0) > 0; }); });
  // Only looking does not wait for another program that writes.
  if (there) return;
  std::string sql =
      "create table if not exists schema_steps ("
      "number bigint constraint schema_steps_pk primary key, name text not null);"
      "create table if not exists schema_views (text text not null);";
  database.run_script(alone(database, for_engine(sql, database.engine())));
}

std::map<std::int64_t, std::string> taken_steps(Database& database) {
  std::map<std::int64_t, std::string> taken;
  database.read([&](Session& session) {
    session.query("select number, name from schema_steps", {},
                  [&](const Row& row) { taken[row.integer(0)] = row.string(1); });
  });
  return taken;
}

std::string sql_text(std::string_view text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

/// Drops every view, so that a step may change the tables under them.
std::string drop_views(Database& database) {
  std::string_view sql = database.engine() == "sqlite"
                             ? "select name from sqlite_schema where type = 'view' order by rowid desc"
                             : "select c.relname from pg_class c where c.relkind = 'v' and "
                               "c.relnamespace = current_schema()::regnamespace order by c.oid desc";
  std::string script = "delete from schema_views;";
  database.read([&](Session& session) {
    session.query(sql, {}, [&](const Row& row) { script += "drop view if exists " + row.string(0) + ";"; });
  });
  return script;
}

/// False where another program took the step in the meantime.
bool take(Database& database, const Step& step) {
  // The version row comes first: of two programs one waits here and then breaks the primary key.
  std::string script = "insert into schema_steps (number, name) values (" + std::to_string(step.number) + ", " +
                       sql_text(step.name) + ");" + drop_views(database) +
                       for_engine(files::read_whole(step.path), database.engine());
  try {
    database.run_script(alone(database, script));
    return true;
  } catch (const ConstraintViolation& violation) {
    if (violation.kind == Constraint::unique && taken_steps(database).count(step.number)) return false;
    throw Failure("migration " + step.name + ": " + violation.what());
  }
}

bool views_are(Database& database, const std::string& text) {
  bool same = false;
  database.read([&](Session& session) {
    session.query("select text from schema_views", {}, [&](const Row& row) { same = row.text(0) == text; });
  });
  return same;
}

void create_views(Database& database, const std::string& folder) {
  std::string text;
  for (const auto& file : sql_files(folder)) text += files::read_whole(file.string()) + ";\n";
  if (views_are(database, text)) return;
  try {
    database.run_script(alone(database, drop_views(database) + for_engine(text, database.engine()) +
                                            "insert into schema_views (text) values (" + sql_text(text) + ");"));
  } catch (const std::logic_error&) {
    // Another program may have made them at this moment.
    if (!views_are(database, text)) throw;
  }
}

}  // namespace

std::vector<std::string> migrate(Database& database, const std::string& folder, const std::string& views_folder) {
  std::vector<Step> steps = steps_of(folder);
  create_version_tables(database);
  auto taken = taken_steps(database);
  if (!taken.empty() && taken.rbegin()->first > steps.back().number) {
    throw Failure("the database is newer than this program (" + taken.rbegin()->second + " after " + steps.back().name +
                  "): use the program that wrote it");
  }
  std::vector<std::string> done;
  for (const Step& step : steps) {
    if (taken.count(step.number) == 0 && take(database, step)) done.push_back(step.name);
  }
  create_views(database, views_folder);
  return done;
}

}  // namespace tanfang::db
