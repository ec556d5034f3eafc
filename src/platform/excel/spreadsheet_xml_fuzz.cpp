// Any bytes inside a SpreadsheetML workbook of one sheet.
#include "platform/excel/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string book = "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table>" +
                     std::string(reinterpret_cast<const char*>(bytes), size) + "</Table></Worksheet></Workbook>";
  tanfang::excel::MemoryFile file(reinterpret_cast<const std::uint8_t*>(book.data()), book.size());
  tanfang::excel::read_everything(file.path());
  return 0;
}
