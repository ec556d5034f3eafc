// What the database layer refuses; everything else that goes wrong there is a Failure.
#pragma once

#include "base/problem.h"

namespace tanfang::db {

inline Problem copy_of_a_server() {
  return Problem("backup.server_database", 422,
                 {"数据库在 PostgreSQL 服务器上，本命令只备份内置数据库；请用 pg_dump 备份",
                  "the database is on a PostgreSQL server and this command copies the embedded one only; use pg_dump"});
}

}  // namespace tanfang::db
