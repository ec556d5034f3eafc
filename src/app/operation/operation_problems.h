// The refusals of backup, restore and key commands.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::app {

inline Problem backup_exists(const std::string& path) {
  return Problem(
      "backup.exists", 409,
      {"文件 " + path + " 已经存在，请另取名称", "the file " + path + " is there already; choose another name"});
}

inline Problem backup_no_data(const std::string& folder) {
  return Problem("backup.no_data", 409,
                 {"数据目录 " + folder + " 中没有数据库，请检查 --data",
                  "there is no database in the folder " + folder + "; check --data"});
}

/// For a command that needs what others put there.
inline Problem data_missing(const std::string& where) {
  return Problem(
      "data.missing", 409,
      {where + " 中没有探访数据；请检查 --data 或 --database，新建请先导入（tanfang ledger import）或用 tanfang demo",
       "there is no data in " + where +
           "; check --data or --database; to begin, import a ledger (tanfang ledger import) or try tanfang demo"});
}

inline Problem demo_not_empty(const std::string& county) {
  return Problem("demo.not_empty", 409,
                 {"区县 " + county + " 已有人员；演示数据请放在另一个 --data 目录",
                  "the county " + county + " has people already; make the demonstration in another --data folder"});
}

inline Problem keys_short_passphrase() {
  return Problem("keys.short_passphrase", 422,
                 {"口令太短；请用至少 12 个字符", "the passphrase is too short; take at least 12 characters"});
}

/// `reason` in English says what is wrong with the file.
inline Problem backup_unsound(const std::string& reason) {
  return Problem("backup.unsound", 422,
                 {"该文件不是完好的探访数据库备份（" + reason + "），请使用另一份备份",
                  "the file is not a sound backup of this program's database (" + reason + "); use another one"});
}

inline Problem backup_not_own() {
  return Problem("backup.not_own", 422,
                 {"备份不是用此处的密钥生成的，或被人改过；请核对备份与密钥",
                  "the backup was not made with the keys that are here, or somebody wrote it anew; check both"});
}

inline Problem backup_newer() {
  return Problem(
      "backup.newer", 422,
      {"备份由更新版本的程序生成，请先升级程序", "the backup was made by a newer program; upgrade this one first"});
}

inline Problem backup_broken_trail(const std::string& county, std::int64_t number, const std::string& what) {
  return Problem("backup.broken_trail", 422,
                 {"备份中的审计链不完整：区县“" + county + "”第 " + std::to_string(number) + " 条（" + what +
                      "）。请换一份备份；确要恢复时加 --accept-broken-trail",
                  "the backup's audit chain is broken at county '" + county + "' number " + std::to_string(number) +
                      " (" + what + "); use another backup, or --accept-broken-trail to restore it as it is"});
}

inline Problem restore_not_empty(const std::string& where) {
  return Problem("restore.not_empty", 409,
                 {where + " 中已有数据；内置数据库请加 --force，把原文件另存后再恢复",
                  where + " holds data already; with the embedded database --force keeps the old file aside"});
}

inline Problem keys_conflict() {
  return Problem("keys.conflict", 409,
                 {"现有密钥文件里有要导入的文件所没有的密钥，导入会丢失它们；请核对文件",
                  "the key file here holds keys that the imported one lacks and that would be lost; check the file"});
}

inline Problem keys_no_passphrase() {
  return Problem(
      "keys.no_passphrase", 422,
      {"需要口令：请用 --passphrase-file 指定文件，或在终端输入；确要明文导出时加 --plain",
       "a passphrase is needed: --passphrase-file FILE, or type it at a terminal; --plain exports in clear"});
}

}  // namespace tanfang::app
