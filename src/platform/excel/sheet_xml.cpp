// ECMA-376 part 1: 18.2 workbooks, 18.3 worksheets (in the order of CT_Worksheet), 18.8 styles.
#include "platform/excel/sheet_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace tanfang::excel {
namespace {

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006";
constexpr std::string_view kTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

/// Formats, faces, fillings and edges, then the styles of `CellStyle` in their order.
constexpr std::string_view kStyles =
    R"(<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>)"
    R"(<fonts count="3"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>)"
    R"(<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>)"
    R"(<font><b/><sz val="14"/><name val="Calibri"/><family val="2"/></font></fonts>)"
    R"(<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>)"
    R"(<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/></patternFill></fill></fills>)"
    R"(<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/>)"
    R"(<right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>)"
    R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>)"
    R"(<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>)"
    R"(<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
    R"(<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" )"
    R"(applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>)"
    R"(<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">)"
    R"(<alignment horizontal="center"/></xf>)"
    R"(<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>)"
    R"(<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>)";

std::string column_name(std::size_t column) {
  std::string name;
  for (++column; column > 0; column = (column - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return name;
}

std::string place(int row, int column) {
  return column_name(static_cast<std::size_t>(column)) + std::to_string(row + 1);
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

/// Whether `_xHHHH_` stands there, which readers take for one character (ST_Xstring, 22.9.2.19).
bool is_escape(std::string_view text, std::size_t at) {
  return text.size() >= at + 7 && text[at + 1] == 'x' && text[at + 6] == '_' &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                     text.begin() + static_cast<std::ptrdiff_t>(at) + 6, is_hex);
}

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') {
      fmt::format_to(std::back_inserter(out), "_x{:04X}_", static_cast<unsigned>(c));
    } else if (c == '_' && is_escape(text, i)) {
      out += "_x005F_";
    } else {
      out += c;
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

/// A cell up to its type.
void open_cell(std::string& out, int row, std::size_t column, CellStyle style) {
  out += "<c r=\"";
  if (column < 26) {
    out += static_cast<char>('A' + column);
  } else {
    out += column_name(column);
  }
  std::array<char, 12> digits;
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), row + 1).ptr;
  out.append(digits.data(), end);
  out += '"';
  if (style == CellStyle::none) return;
  out += " s=\"";
  out += static_cast<char>('0' + static_cast<int>(style));
  out += '"';
}

/// As sheets keep widths: in 256ths of a digit of the usual face, with five pixels about it (18.3.1.13).
double kept_width(double characters) { return std::trunc((characters * 7 + 5) / 7 * 256) / 256; }

std::string filter_range(const SheetLook& look, bool absolute) {
  int last = look.filter_columns - 1;
  if (!absolute) return place(look.filter_row, 0) + ":" + place(look.rows - 1, last);
  return fmt::format("$A${}:${}${}", look.filter_row + 1, column_name(static_cast<std::size_t>(last)), look.rows);
}

bool is_filtered(const SheetLook& look) { return look.filter_row >= 0 && look.filter_columns > 0; }

std::string workbook_of(const SheetLook& look) {
  std::string sheet = "'" + escaped(look.name) + "'";
  std::string names;
  if (is_filtered(look)) {
    names += fmt::format(R"(<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{}!{}</definedName>)",
                         sheet, filter_range(look, true));
  }
  if (look.heading_rows > 0) {
    names += fmt::format(R"(<definedName name="_xlnm.Print_Titles" localSheetId="0">{}!$1:${}</definedName>)", sheet,
                         look.heading_rows);
  }
  return fmt::format(
      R"({}<workbook xmlns="{}" xmlns:r="{}"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets>)"
      "{}</workbook>",
      kHead, kMain, kRelations, escaped(look.name),
      names.empty() ? names : "<definedNames>" + names + "</definedNames>");
}

}  // namespace

std::vector<std::pair<std::string, std::string>> parts_beside_sheet(const SheetLook& look) {
  std::string types = fmt::format(
      R"({}<Types xmlns="{}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-)"
      R"(package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>)"
      R"(<Override PartName="/xl/workbook.xml" ContentType="{}sheet.main+xml"/>)"
      R"(<Override PartName="/{}" ContentType="{}worksheet+xml"/>)"
      R"(<Override PartName="/xl/styles.xml" ContentType="{}styles+xml"/></Types>)",
      kHead, kPackage, kTypes, kSheetPart, kTypes, kTypes);
  std::string package =
      fmt::format(R"({}<Relationships xmlns="{}/relationships"><Relationship Id="rId1" Type="{}/officeDocument" )"
                  R"(Target="xl/workbook.xml"/></Relationships>)",
                  kHead, kPackage, kRelations);
  std::string book = fmt::format(
      R"({}<Relationships xmlns="{}/relationships"><Relationship Id="rId1" Type="{}/worksheet" )"
      R"(Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{}/styles" Target="styles.xml"/></Relationships>)",
      kHead, kPackage, kRelations, kRelations);
  std::string styles = fmt::format(R"({}<styleSheet xmlns="{}">{}</styleSheet>)", kHead, kMain, kStyles);
  return {{"[Content_Types].xml", types},
          {"_rels/.rels", package},
          {"xl/workbook.xml", workbook_of(look)},
          {"xl/_rels/workbook.xml.rels", book},
          {"xl/styles.xml", styles}};
}

std::string head_of_sheet(const SheetLook& look) {
  std::string head = fmt::format(R"({}<worksheet xmlns="{}" xmlns:r="{}">)", kHead, kMain, kRelations);
  if (look.paged) head += R"(<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>)";
  head += R"(<sheetViews><sheetView tabSelected="1" workbookViewId="0">)";
  if (look.heading_rows > 0) {
    head += fmt::format(R"(<pane ySplit="{}" topLeftCell="{}" activePane="bottomLeft" state="frozen"/>)",
                        look.heading_rows, place(look.heading_rows, 0));
  }
  head += R"(</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>)";
  std::string columns;
  for (std::size_t i = 0; i < look.widths.size(); ++i) {
    if (look.widths[i] <= 0) continue;
    columns +=
        fmt::format(R"(<col min="{}" max="{}" width="{}" customWidth="1"/>)", i + 1, i + 1, kept_width(look.widths[i]));
  }
  if (!columns.empty()) head += "<cols>" + columns + "</cols>";
  return head + "<sheetData>";
}

std::string tail_of_sheet(const SheetLook& look) {
  std::string tail = "</sheetData>";
  if (is_filtered(look)) tail += "<autoFilter ref=\"" + filter_range(look, false) + "\"/>";
  if (!look.merges.empty()) {
    tail += fmt::format("<mergeCells count=\"{}\">", look.merges.size());
    for (const Merge& merge : look.merges) {
      tail += "<mergeCell ref=\"" + place(merge.first_row, merge.first_column) + ":" +
              place(merge.last_row, merge.last_column) + "\"/>";
    }
    tail += "</mergeCells>";
  }
  tail += R"(<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>)";
  if (look.paged) {
    tail += fmt::format(R"(<pageSetup paperSize="9" orientation="{}" fitToHeight="0"/>)",
                        look.landscape ? "landscape" : "portrait");
    tail += "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>";
  }
  return tail + "</worksheet>";
}

void open_row(std::string& out, int row) { fmt::format_to(std::back_inserter(out), "<row r=\"{}\">", row + 1); }

void close_row(std::string& out) { out += "</row>"; }

void add_number(std::string& out, int row, std::size_t column, double number, CellStyle style) {
  open_cell(out, row, column, style);
  fmt::format_to(std::back_inserter(out), "><v>{}</v></c>", number);
}

void add_text(std::string& out, int row, std::size_t column, std::string_view text, CellStyle style) {
  open_cell(out, row, column, style);
  bool kept = text.find_first_of(" \t\n") != text.npos;
  out += kept ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">" : " t=\"inlineStr\"><is><t>";
  append_escaped(out, text);
  out += "</t></is></c>";
}

void add_blank(std::string& out, int row, std::size_t column, CellStyle style) {
  open_cell(out, row, column, style);
  out += "/>";
}

}  // namespace tanfang::excel
