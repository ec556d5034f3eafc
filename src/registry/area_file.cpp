#include "registry/area_file.h"

#include <algorithm>

#include "base/area_code.h"
#include "base/text.h"
#include "platform/files/given_file.h"
#include "registry/list_problems.h"
#include "registry/registry_problems.h"

namespace tanfang::registry {
namespace {

constexpr std::size_t kLargestFile = 256u << 20;
constexpr std::size_t kLongestName = 100;

/// Splits one line at its commas into `fields`; false where a quote is left open or stands inside a field.
bool split_line(std::string_view line, std::vector<std::string>& fields) {
  fields.clear();
  std::string field;
  bool quoted = false;
  bool closed = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    char c = line[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        field += line[++i];
      } else {
        quoted = false;
        closed = true;
      }
    } else if (c == ',') {
      fields.push_back(std::move(field));
      field.clear();
      closed = false;
    } else if (c == '"' && field.empty() && !closed) {
      quoted = true;
    } else if (c == '"' || closed) {
      return false;
    } else {
      field += c;
    }
  }
  fields.push_back(std::move(field));
  return !quoted;
}

struct Columns {
  std::size_t code = 0;
  std::size_t name = 1;
  std::size_t least = 2;
};

/// True where the line names the columns, which are then put into `columns`.
bool read_header(const std::vector<std::string>& fields, Columns& columns) {
  auto find = [&](const char* english, const char* chinese) {
    return std::find_if(fields.begin(), fields.end(),
                        [&](const std::string& field) { return field == english || field == chinese; });
  };
  auto code = find("code", "区划代码");
  auto name = find("name", "名称");
  if (code == fields.end() || name == fields.end()) return false;
  columns.code = static_cast<std::size_t>(code - fields.begin());
  columns.name = static_cast<std::size_t>(name - fields.begin());
  columns.least = std::max(columns.code, columns.name) + 1;
  return true;
}

/// Tells each area with its line.
void read_lines(const std::string& path, const std::function<void(Area&& area, std::int64_t line)>& take) {
  std::string text = files::read_given(path, kLargestFile);
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  std::vector<std::string> fields;
  Columns columns;
  for (std::int64_t number = 1; !rest.empty(); ++number) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    bool readable = is_valid_utf8(line) && split_line(line, fields);
    if (number == 1 && readable && read_header(fields, columns)) continue;
    if (!readable || fields.size() < columns.least) throw problems::areas_malformed(path, number);
    std::string name = trimmed(fields[columns.name]);
    if (!is_area_code(fields[columns.code]) || name.empty()) throw problems::areas_malformed(path, number);
    if (length_of(name) > kLongestName || name.find('\0') != std::string::npos)
      throw problems::areas_name(path, number);
    take({std::move(fields[columns.code]), std::move(name)}, number);
  }
}

}  // namespace

std::vector<Area> read_area_file(const std::string& path, const std::function<bool(std::string_view code)>& keep) {
  std::vector<Area> areas;
  read_lines(path, [&](Area&& area, std::int64_t) {
    if (keep(area.code)) areas.push_back(std::move(area));
  });
  return areas;
}

std::int64_t line_of_area(const std::string& path, std::string_view code) {
  std::int64_t found = 0;
  read_lines(path, [&](Area&& area, std::int64_t line) {
    if (area.code == code) found = line;
  });
  return found;
}

}  // namespace tanfang::registry
