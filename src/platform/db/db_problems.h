// What the database layer refuses; everything else that goes wrong there is a Failure.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::db {

inline Problem copy_of_a_server() {
  return Problem("backup.server_database", 422,
                 {"数据库在 PostgreSQL 服务器上，本命令只备份内置数据库；请用 pg_dump 备份",
                  "the database is on a PostgreSQL server and this command copies the embedded one only; use pg_dump"});
}

inline Problem no_pg_dump(const std::string& program) {
  return Problem("backup.no_pg_dump", 409,
                 {"找不到程序 " + program +
                      "：请安装与服务器同版本的 PostgreSQL 客户端（postgresql-client），"
                      "或用其他方式运行 pg_dump 和 pg_restore",
                  "the program " + program +
                      " is missing: install the PostgreSQL client of the server's version "
                      "(postgresql-client), or run pg_dump and pg_restore yourself"});
}

}  // namespace tanfang::db
