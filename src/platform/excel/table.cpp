#include "platform/excel/table.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "base/text.h"
#include "platform/excel/excel_problems.h"
#include "platform/excel/formats.h"

namespace tanfang::excel {
namespace {

std::string read_start(const std::string& path, std::uint64_t limit) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) throw problems::unreadable_file();
  if (static_cast<std::uint64_t>(status.st_size) > limit) throw problems::too_large("file");
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) throw problems::unreadable_file();
  std::string start(4096, '\0');
  start.resize(std::fread(start.data(), 1, start.size(), file.get()));
  return start;
}

/// Pictures and documents that were given a table's name.
bool is_something_else(std::string_view start) {
  constexpr std::array<std::string_view, 6> kMagic = {"%PDF", "\x89PNG",    "\xFF\xD8\xFF",
                                                      "Rar!", "7z\xBC\xAF", "{\\rtf"};
  return std::any_of(kMagic.begin(), kMagic.end(), [&](std::string_view magic) { return start.starts_with(magic); });
}

/// HTML or SpreadsheetML, also in UTF-16.
bool is_markup(std::string_view start) {
  for (std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}) {
    if (start.starts_with(mark)) start.remove_prefix(mark.size());
  }
  std::size_t first = start.find_first_not_of(std::string_view(" \t\r\n\0", 5));
  return first != std::string_view::npos && start[first] == '<';
}

/// By the namespace of its elements, also in UTF-16.
bool is_spreadsheet_xml(std::string_view start) {
  std::string plain(start);
  std::erase(plain, '\0');
  if (lower_ascii(plain).find("<html") != std::string::npos) return false;
  return plain.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string::npos;
}

}  // namespace

std::unique_ptr<Workbook> open_workbook(const std::string& path, const Limits& limits) {
  std::string start = read_start(path, limits.file_bytes);
  if (start.empty()) throw problems::empty();
  if (start.starts_with("PK\x03\x04")) return open_xlsx(path, limits);
  if (start.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return open_xls(path, limits);
  if (is_something_else(start)) throw problems::not_a_table();
  if (!is_markup(start)) return open_csv(path, limits);
  return is_spreadsheet_xml(start) ? open_spreadsheet_xml(path, limits) : open_html(path, limits);
}

std::size_t choose_sheet(Workbook& workbook, const std::string& name) {
  const auto& sheets = workbook.sheets();
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (!name.empty() && trimmed(sheets[i].name) == trimmed(name)) return i;
    if (!name.empty() || !sheets[i].visible) continue;
    Row row;
    if (workbook.read(i)->next(row)) return i;
  }
  if (name.empty()) throw problems::empty();
  throw problems::no_such_sheet(name);
}

}  // namespace tanfang::excel
