#include "platform/db/migration_sql.h"

#include <gtest/gtest.h>

namespace tanfang::db {
namespace {

TEST(MigrationSql, SpeaksToEachEngineInItsWords) {
  struct Case {
    const char* sql;
    const char* sqlite;
  };
  const Case cases[] = {
      {"create table a (x bigint, y bytea);", "create table a (x integer, y blob) strict;"},
      {"CREATE TABLE a (x BIGINT NOT NULL,\n y double precision);",
       "CREATE TABLE a (x integer NOT NULL,\n y real ) strict;"},
      {"create index i on a (x);", "create index i on a (x);"},
      {"create table a (x text collate \"C\" not null);", "create table a (x text   not null) strict;"},
      {"create table a (x bigint); create table b (y text);",
       "create table a (x integer) strict; create table b (y text) strict;"},
      {"-- a bigint; or not\ncreate table a (x text default 'bigint; it''s');",
       "-- a bigint; or not\ncreate table a (x text default 'bigint; it''s') strict;"},
      {"/* bytea; */ alter table a add column bigint_count bigint;",
       "/* bytea; */ alter table a add column bigint_count integer;"},
      {"create view v as select cast(x as bigint) as \"bigint\" from a;",
       "create view v as select cast(x as integer) as \"bigint\" from a;"},
      {"create table a (x text default 'open", "create table a (x text default 'open"},
      {"create table a (x text, y bigint, constraint a_key primary key (x, y));",
       "create table a (x text, y integer, constraint a_key primary key (x, y)) strict, without rowid;"},
      {"create table a (x text primary key, y bigint unique (y));",
       "create table a (x text primary key, y integer unique (y)) strict;"},
      {"create table a (x text, y bytea, primary key (x)); create table b (x text, primary key (x));",
       "create table a (x text, y blob, primary key (x)) strict; "
       "create table b (x text, primary key (x)) strict, without rowid;"},
      {"create table a (x text, y bigint, constraint a_x check (x in ('b', 'c)', 'd')), check (y in (1, 2) or x = 'e'));",
       "create table a (x text, y integer, constraint a_x check ((x = 'b' or x = 'c)' or x = 'd')), "
       "check ((y = 1 or y = 2) or x = 'e')) strict;"},
      {"create index i on a (x) where y in (1, 2, 3);", "create index i on a (x) where y in (1, 2, 3);"},
      {"create table a (x text check (x in ('b', ", "create table a (x text check (x "},
      {"", ""},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(for_engine(each.sql, "sqlite"), each.sqlite);
    EXPECT_EQ(for_engine(each.sql, "postgresql"), each.sql);
  }
}

}  // namespace
}  // namespace tanfang::db
