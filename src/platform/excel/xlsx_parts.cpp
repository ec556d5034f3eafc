#include "platform/excel/xlsx_parts.h"

#include <charconv>
#include <map>

#include "base/text.h"
#include "platform/excel/excel_problems.h"
#include "platform/excel/number_format.h"
#include "platform/excel/xml_reader.h"

namespace tanfang::excel {
namespace {

constexpr std::size_t kMostSheets = 1024;
constexpr std::size_t kMostStyles = 65'536;

int to_int(std::string_view text, int otherwise) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

/// Relations by id: type's last word and target.
struct Relations : XmlHandler {
  struct Target {
    std::string type;
    std::string path;
  };
  std::map<std::string, Target, std::less<>> by_id;
  std::string folder;

  void start(std::string_view name, const char** attributes) override {
    if (name != "Relationship") return;
    std::string_view type = attribute(attributes, "Type");
    std::string_view target = attribute(attributes, "Target");
    if (target.starts_with("./")) target.remove_prefix(2);
    std::string path = target.starts_with('/') ? std::string(target.substr(1)) : folder + std::string(target);
    by_id[std::string(attribute(attributes, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)), path};
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct WorkbookPart : XmlHandler {
  struct Entry {
    Sheet sheet;
    std::string relation;
  };
  std::vector<Entry> entries;
  bool from_1904 = false;

  void start(std::string_view name, const char** attributes) override {
    if (name == "workbookPr") from_1904 = is_true(attribute(attributes, "date1904"));
    if (name != "sheet") return;
    if (entries.size() >= kMostSheets) throw problems::too_large("sheets");
    std::string_view state = attribute(attributes, "state");
    Entry entry{{std::string(attribute(attributes, "name")), state.empty() || state == "visible"}, ""};
    for (const char** pair = attributes; *pair != nullptr; pair += 2) {
      if (std::string_view(*pair).ends_with(":id")) entry.relation = pair[1];
    }
    entries.push_back(std::move(entry));
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct StylesPart : XmlHandler {
  std::map<int, std::string> codes;
  std::vector<bool> date_styles;
  bool in_cell_formats = false;

  void start(std::string_view name, const char** attributes) override {
    if (name == "numFmt" && codes.size() < kMostStyles) {
      codes[to_int(attribute(attributes, "numFmtId"), -1)] = attribute(attributes, "formatCode");
    } else if (name == "cellXfs") {
      in_cell_formats = true;
    } else if (name == "xf" && in_cell_formats) {
      if (date_styles.size() >= kMostStyles) throw problems::too_large("styles");
      int id = to_int(attribute(attributes, "numFmtId"), 0);
      auto code = codes.find(id);
      date_styles.push_back(shows_date(id, code == codes.end() ? std::string_view() : code->second));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cell_formats = false;
  }
  void text(std::string_view) override {}
};

struct StringsPart : XmlHandler {
  StringsPart(SharedStrings& strings, const Limits& limits) : strings(strings), limits(limits) {}
  SharedStrings& strings;
  const Limits& limits;
  bool in_text = false;
  int in_phonetic = 0;

  void start(std::string_view name, const char**) override {
    if (name == "t") in_text = in_phonetic == 0;
    if (name == "rPh") ++in_phonetic;
  }
  void end(std::string_view name) override {
    if (name == "t") in_text = false;
    if (name == "rPh") --in_phonetic;
    if (name == "si") strings.ends_.push_back(strings.text_.size());
    if (strings.ends_.size() * sizeof(std::size_t) > limits.string_bytes) throw problems::too_large("strings");
  }
  void text(std::string_view characters) override {
    if (!in_text) return;
    if (strings.text_.size() + characters.size() > limits.string_bytes) throw problems::too_large("strings");
    strings.text_ += characters;
  }
};

std::string part_of_type(const Relations& relations, std::string_view type) {
  for (const auto& [id, target] : relations.by_id) {
    if (target.type == type) return target.path;
  }
  return {};
}

}  // namespace

XlsxBook read_xlsx_book(const ZipPackage& package) {
  Relations root;
  if (package.has("_rels/.rels")) package.read_xml("_rels/.rels", root);
  std::string book_part = part_of_type(root, "officeDocument");
  if (book_part.empty() && package.has("xl/workbook.xml")) book_part = "xl/workbook.xml";
  // Word and presentation files are packages of the same kind.
  if (book_part.empty() || book_part.find("workbook") == std::string::npos) throw problems::not_a_table();

  std::size_t slash = book_part.rfind('/') + 1;
  Relations relations;
  relations.folder = book_part.substr(0, slash);
  package.read_xml(relations.folder + "_rels/" + book_part.substr(slash) + ".rels", relations);
  WorkbookPart workbook;
  package.read_xml(book_part, workbook);

  XlsxBook book;
  book.from_1904 = workbook.from_1904;
  for (auto& entry : workbook.entries) {
    auto target = relations.by_id.find(entry.relation);
    if (target == relations.by_id.end()) throw problems::malformed(book_part);
    if (target->second.type != "worksheet") continue;  // charts and dialogs
    book.sheets.push_back(std::move(entry.sheet));
    book.sheet_parts.push_back(target->second.path);
  }
  book.strings_part = part_of_type(relations, "sharedStrings");
  std::string styles = part_of_type(relations, "styles");
  if (!styles.empty() && package.has(styles)) {
    StylesPart part;
    package.read_xml(styles, part);
    book.date_styles = std::move(part.date_styles);
  }
  return book;
}

SharedStrings read_shared_strings(const ZipPackage& package, const std::string& part, const Limits& limits) {
  SharedStrings strings;
  if (part.empty() || !package.has(part)) return strings;
  StringsPart handler(strings, limits);
  package.read_xml(part, handler);
  return strings;
}

void decode_escapes(std::string& text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return;
  std::string decoded;
  std::size_t from = 0;
  for (; at != std::string::npos; at = text.find("_x", at + 1)) {
    unsigned code = 0;
    if (at + 7 > text.size() || text[at + 6] != '_') continue;
    auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16);
    if (error != std::errc() || end != text.data() + at + 6 || (code >= 0xD800 && code < 0xE000)) continue;
    decoded.append(text, from, at - from);
    append_utf8(decoded, code);
    from = at + 7;
    at = from - 1;
  }
  decoded.append(text, from);
  text = std::move(decoded);
}

}  // namespace tanfang::excel
