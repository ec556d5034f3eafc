// Tables that others sent: .xlsx, .xls, .csv, web pages and SpreadsheetML behind one streaming reader, told apart by
// content.
//
// Readers keep memory constant (shared strings apart) and hold to `Limits`; whatever is malformed, protected or too
// large is refused by a Problem `ledger.…` (excel_problems.h) and never crashes the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tanfang::excel {

enum class CellKind : std::uint8_t { empty, text, number, date, boolean, error };

/// `text` is always how the value reads: numbers with up to 15 digits, dates as `YYYY-MM-DD`, booleans as TRUE or
/// FALSE. `number` is the value of a number, the serial day of a date (1900 system), 1 or 0 of a boolean.
struct Cell {
  CellKind kind = CellKind::empty;
  double number = 0;
  std::string text;
};

/// One row that has content. Cells stand at their column (the first is 0); the last one is not empty.
struct Row {
  int number = 0;  // as in the sheet, the first is 1
  std::vector<Cell> cells;
};

/// A block of merged cells; rows count from 1, columns from 0, both ends included.
struct Merge {
  int first_row = 0;
  int last_row = 0;
  int first_column = 0;
  int last_column = 0;
  bool operator==(const Merge&) const = default;
};

struct Limits {
  std::uint64_t file_bytes = 256u << 20;
  std::uint64_t part_bytes = 1536u << 20;   // one part of the package, or a text, once unpacked
  std::uint64_t string_bytes = 192u << 20;  // all shared strings together
  int rows = 1'048'576;
  int columns = 1024;
  std::size_t cell_bytes = 128u << 10;
  std::size_t merges = 200'000;
};

/// The rows of one sheet, first to last.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  /// Fills `row` (its buffers are used again) and returns true, or false after the last row.
  virtual bool next(Row& row) = 0;
};

struct Sheet {
  std::string name;  // empty for a CSV
  bool visible = true;
};

/// An open file. Reading the same sheet twice gives the same rows.
class Workbook {
 public:
  virtual ~Workbook() = default;
  virtual const std::vector<Sheet>& sheets() const = 0;
  virtual std::unique_ptr<SheetReader> read(std::size_t sheet) = 0;
  /// The merged blocks of a sheet, by first row.
  virtual std::vector<Merge> merges(std::size_t sheet) = 0;
};

/// Opens a file by its content, whatever its name. Throws Problem.
std::unique_ptr<Workbook> open_workbook(const std::string& path, const Limits& limits = {});

/// The index of the first visible sheet that has a row, or of the one named. Throws Problem `ledger.empty` or
/// `ledger.no_such_sheet`.
std::size_t choose_sheet(Workbook& workbook, const std::string& name = {});

}  // namespace tanfang::excel
