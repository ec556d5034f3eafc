// What a ledger as a whole is refused for. The reasons of single rows are in row_check.h.
#pragma once

#include <cstdint>
#include <string>

#include "base/problem.h"

namespace tanfang::ledgers::problems {

inline Problem no_heading() {
  return Problem(
      "ledger.no_heading", 422,
      {"找不到表头：表头一行至少要有姓名、身份证号和村（社区）等栏目；栏目名称特殊时请用 --mapping 指明",
       "no row of headings was found: it needs name, citizen number and village; name unusual ones by --mapping"});
}
inline Problem column_missing(const std::string& zh, const std::string& en) {
  return Problem("ledger.column_missing", 422,
                 {"缺少栏目：" + zh + "；栏目名称特殊时请用 --mapping 指明",
                  "a column is missing: " + en + "; where it is headed unusually, name it by --mapping"});
}
/// `written`: rows that are on the disk already.
inline Problem changed_while_read(std::int64_t written) {
  std::string rows = std::to_string(written);
  return Problem("ledger.changed_while_read", 409,
                 {"导入过程中文件被改动：已导入前 " + rows + " 行，其余没有导入；请重新导入，已导入的不会重复",
                  "the file was changed while it was read: the first " + rows +
                      " rows were imported, the others were not; import it again, what is there is not doubled"});
}
inline Problem import_unknown() {
  return Problem("ledger.import_unknown", 404,
                 {"没有这次导入：请用 tanfang ledger list 查看编号",
                  "there is no such import: see the ids by tanfang ledger list"});
}
inline Problem import_stopped() {
  return Problem("ledger.import_stopped", 409,
                 {"这次导入在进行中被撤销，其余的行没有导入；如仍需要，请重新导入",
                  "the import was undone while it went on; the other rows were not imported: import "
                  "them again where they are wanted"});
}
inline Problem still_running() {
  return Problem("ledger.still_running", 409,
                 {"这次导入还在进行，请等它结束后再撤销", "the import goes on; undo it when it has ended"});
}
inline Problem not_recorded() {
  return Problem(
      "ledger.not_recorded", 409,
      {"这次导入由早先的版本写入，没有留下可供撤销的记录；请逐人更正",
       "an earlier version wrote this import and kept nothing to undo it by; correct its people one by one"});
}
inline Problem built_on(std::int64_t people) {
  std::string count = std::to_string(people);
  return Problem(
      "ledger.built_on", 409,
      {"导入之后，其中 " + count + " 人已有新的记录（情况、探访、状态、再次导入等），不能整批撤销；请逐人更正",
       "since the import something was recorded about " + count +
           " of its people (facts, visits, status, another import); it cannot be undone as a whole: correct "
           "them one by one"});
}
inline Problem area_unknown() {
  return Problem(
      "ledger.area_unknown", 422,
      {"没有这个行政区划代码，或它不在任何一个县内：请给出县（6位）、镇（9位）或村（12位）的代码",
       "no such area, or it lies in no single county: give the code of a county (6 digits), town (9) or village (12)"});
}
/// Whoever is registered from a day on is owed nothing before it.
inline Problem registered_from_far(const std::string& latest) {
  tanfang::Words text{"登记起始日不能晚于 " + latest + "，否则名单上的人在此之前都不会被探访：请改为该日或更早的日期",
                      "the day from which people count as registered may not be later than " + latest +
                          ": nobody on the list would be owed a visit before; give that day or an earlier one"};
  return Problem("ledger.registered_from_far", 422, text, {{"registered_from", "ledger.registered_from_far", text}});
}
inline Problem refused_path_is_ledger() {
  return Problem("refused.is_ledger", 422,
                 {"退回行不能写到台账自己的文件里：请换一个文件名",
                  "the refused rows cannot be written over the ledger itself: give another name"});
}
inline Problem refused_path_not_writable() {
  return Problem("refused.not_writable", 422,
                 {"退回行的文件写不进去：请检查文件夹是否存在、能否写入，文件名以 .xlsx 结尾",
                  "the file for the refused rows cannot be written: check that its folder exists and can be written"});
}
inline Problem mapping_unreadable() {
  return Problem(
      "mapping.unreadable", 422,
      {"打不开对照文件：请检查文件名和读取权限", "the mapping file cannot be opened: check its name and permissions"});
}
inline Problem mapping_malformed(int line, const std::string& why) {
  return Problem("mapping.malformed", 422,
                 {"对照文件第 " + std::to_string(line) + " 行读不懂，请改正：" + why,
                  "the mapping file cannot be read, mend line " + std::to_string(line) + ": " + why});
}
inline Problem mapping_unknown_field(int line, const std::string& field) {
  return Problem(
      "mapping.unknown_field", 422,
      {"对照文件第 " + std::to_string(line) + " 行：没有名为 " + field + " 的字段，请核对拼写",
       "mapping file, line " + std::to_string(line) + ": there is no field " + field + "; check its spelling"});
}
inline Problem mapping_unknown_column(const std::string& heading) {
  return Problem("mapping.unknown_column", 422,
                 {"对照文件里的栏目“" + heading + "”不在表中，请核对表头",
                  "the mapping names a column that the ledger has not: " + heading + "; check its headings"});
}
inline Problem mapping_bad_value(int line, const std::string& field, const std::string& why) {
  return Problem("mapping.bad_value", 422,
                 {"对照文件第 " + std::to_string(line) + " 行：" + field + " 的取值不对（" + why + "），请改正",
                  "mapping file, line " + std::to_string(line) + ": mend the value of " + field + " (" + why + ")"});
}
inline Problem difference_unknown() {
  return Problem("difference.unknown", 404,
                 {"没有这条差异，可能已撤销；请从列表中选择",
                  "there is no such difference, or not any more; choose one of the list"});
}
inline Problem difference_decided() {
  return Problem(
      "difference.decided", 409,
      {"这条差异已经处理过了；请刷新列表查看结果", "this difference has been decided; load the list again to see how"});
}
inline Problem difference_not_acceptable() {
  return Problem("difference.not_acceptable", 422,
                 {"这条差异是台账的说法与方案判定不同，不能直接采纳：请先更正情况，或者驳回",
                  "here the ledger's claim contradicts the scheme; it cannot be accepted as it is: correct the facts, "
                  "or reject it"});
}

}  // namespace tanfang::ledgers::problems
