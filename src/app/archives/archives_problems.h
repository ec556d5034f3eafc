// The refusals of archives.
#pragma once

#include "base/problem.h"

namespace tanfang::app::archives::problems {

inline Problem area_wrong() {
  Words text{"请选择一个乡镇（街道）或村（社区）", "choose a town or a village"};
  return Problem("archive.area", 422, text, {{"area", "archive.area", text}});
}

inline Problem nothing_there() {
  return Problem("archive.empty", 409,
                 {"这个月在这里没有已完成的探访记录，无可归档；请检查月份和区域",
                  "there are no records of visits here in this month; look at month and area"});
}

inline Problem too_large() {
  return Problem(
      "archive.too_large", 409,
      {"记录超过 20000 份；请按村（社区）分别归档", "there are more than 20,000 records; file village by village"});
}

inline Problem too_many_bytes() {
  return Problem("archive.too_many_bytes", 409,
                 {"照片、签名和页面太多：各份合计，照片和签名至多 3 GB，压缩包至多 4 GB；请按村（社区）分别归档，"
                  "一个村仍放不下的请逐份打印",
                  "too many photos, signatures and pages: in all copies together pictures may have 3 GB, the ZIP 4 GB; "
                  "file village by village, and print the records of a village one by one where it is still too much"});
}

inline Problem unknown() {
  return Problem("archive.unknown", 404,
                 {"没有这份归档；请从列表中选择", "there is no such archive; choose one of the list"});
}

inline Problem unfinished() {
  return Problem("archive.unfinished", 409,
                 {"这份归档还没有制作完成，请稍后再试", "the archive is not finished yet; try again later"});
}

inline Problem erased() {
  return Problem("archive.erased", 410,
                 {"归档中有人的资料已按规定删除，文件不再保留，只留下校验值；如仍需要，请重新归档",
                  "somebody in the archive was erased by rule: its files are gone, its hash remains; file "
                  "anew what is still wanted"});
}

inline Problem damaged() {
  return Problem("archive.damaged", 409,
                 {"归档文件缺失或损坏，与归档时的校验值不符；请从备份恢复后重试",
                  "files of the archive are missing or damaged: it is not what was filed; restore it from a backup"});
}

inline Problem reason_missing() {
  Words text{"请写明打印未遮盖资料的原因，至少 4 个字", "give the reason for printing unmasked, at least 4 characters"};
  return Problem("reveal.reason_missing", 422, text, {{"reason", "reveal.reason_missing", text}});
}

}  // namespace tanfang::app::archives::problems
