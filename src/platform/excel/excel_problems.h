// What the readers of tables refuse.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::excel::problems {

inline Problem unreadable_file() {
  return Problem(
      "ledger.unreadable", 422,
      {"打不开这个文件：请检查文件名和读取权限", "the file cannot be opened: check its name and permissions"});
}
inline Problem not_a_table() {
  return Problem("ledger.not_a_table", 422,
                 {"这不是 Excel 或 CSV 表格：请用 Excel 或 WPS 打开后另存为 .xlsx 再导入",
                  "this is not an Excel or CSV table: open it in Excel or WPS, save it as .xlsx and import that"});
}
inline Problem web_page() {
  return Problem(
      "ledger.not_a_table", 422,
      {"这个文件其实是网页或 XML（许多系统导出的 .xls 都是这样），不是真正的 Excel 表格：请用 Excel 或 WPS "
       "打开，另存为 .xlsx 再导入",
       "this file is a web page or XML under the name of a table (many systems export such .xls): open it in "
       "Excel or WPS, save it as .xlsx and import that"});
}
inline Problem is_protected() {
  return Problem(
      "ledger.protected", 422,
      {"文件设有打开密码：请去掉密码后另存再导入", "the file has a password: remove it, save and import again"});
}
inline Problem malformed(const std::string& part) {
  return Problem("ledger.malformed", 422,
                 {"文件已损坏（" + part + "）：请用 Excel 或 WPS 打开并另存为 .xlsx 再导入",
                  "the file is damaged (" + part + "): open it in Excel or WPS, save it as .xlsx and import that"});
}
inline Problem too_large(const std::string& what) {
  return Problem(
      "ledger.too_large", 422,
      {"表格太大（" + what + "）：请拆成几个文件导入", "the table is too large (" + what + "): import it in parts"});
}
inline Problem empty() {
  return Problem("ledger.empty", 422, {"表格里没有内容，请核对文件", "the table has no content; check the file"});
}
inline Problem no_such_sheet(const std::string& name) {
  return Problem(
      "ledger.no_such_sheet", 422,
      {"没有名为“" + name + "”的工作表，请核对名称", "there is no sheet named " + name + "; check its name"});
}
inline Problem encoding() {
  return Problem("ledger.encoding", 422,
                 {"文字编码既不是 UTF-8 也不是 GB18030：请另存为 .xlsx 再导入",
                  "the text is neither UTF-8 nor GB18030: save it as .xlsx and import that"});
}

}  // namespace tanfang::excel::problems
