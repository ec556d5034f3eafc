// Any bytes as a package and, because changed bytes seldom are a whole zip, as the parts of one: they are cut at zero
// bytes into a sheet, shared strings, styles and a workbook.
#include <zip.h>

#include "platform/excel/fuzz_support.h"
#include "platform/excel/test_package.h"

namespace {

void read_parts(std::string bytes) {
  using namespace tanfang::excel;
  static const TemporaryFolder kFolder;
  Parts parts = book_parts({{"a", "<row/>"}}, "<si><t>a</t></si>", "<cellXfs/>");
  for (const char* name : {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"}) {
    std::size_t end = bytes.find('\0');
    std::string part = bytes.substr(0, end);
    bytes.erase(0, end == std::string::npos ? bytes.size() : end + 1);
    if (!part.empty()) parts[name] = part;
  }
  write_package(kFolder.file("a.xlsx"), parts);
  read_everything(kFolder.file("a.xlsx"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size > 1 && bytes[0] != 'P') {
    read_parts(std::string(reinterpret_cast<const char*>(bytes), size));
    return 0;
  }
  tanfang::excel::MemoryFile file(bytes, size);
  tanfang::excel::read_everything(file.path());
  return 0;
}
