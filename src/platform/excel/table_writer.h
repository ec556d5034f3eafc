// Writes one sheet as .xlsx, row after row, in constant memory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/excel/table.h"

namespace tanfang::excel {

enum class Look { plain, heading, title };

class TableWriter {
 public:
  /// The file is made for its owner only (mode 0600) and complete after `close`. Throws Failure.
  TableWriter(const std::string& path, const std::string& sheet_name);
  ~TableWriter();
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  /// Column widths in characters, from the first column on; before the first row.
  void set_width(int column, double characters);
  /// As it comes out of a printer: A4, as wide as a page, page numbers below; the first `heading_rows` rows stay in
  /// view and stand again on every page. Before the first row.
  void set_page(bool landscape, int heading_rows);
  /// Lets the reader filter by the columns whose headings stand in the row that `add_row` wrote last.
  void filter_from_last_row(int columns);
  /// Appends a row; text cells keep the text format, so that long digits typed over them stay text.
  void add_row(const std::vector<Cell>& cells, Look look = Look::plain);
  /// Merges cells of the row that `add_row` will write next; call before it. The first cell's text is shown.
  void merge_in_next_row(int first_column, int last_column);
  /// Leaves a row out.
  void skip_row() { ++row_; }
  void close();

 private:
  struct Book;
  void add_cell(std::size_t column, const Cell& cell, Look look);

  std::unique_ptr<Book> book_;
  std::string path_;
  int row_ = 0;
};

}  // namespace tanfang::excel
