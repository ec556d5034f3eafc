// A form as a table of cells in reading order, before anything is measured. Inside the room only.
#pragma once

#include <string>
#include <vector>

#include "paper/answers_text.h"
#include "paper/paper.h"

namespace tanfang::paper {

inline constexpr double kMargin = 15 * pdf::kMillimetre;
inline constexpr double kWide = pdf::kPageWidth - 2 * kMargin;

struct Cell {
  int row = 0;   // of the grid, from 0
  int rows = 1;  // that it reaches over
  double left = 0;
  double right = 0;  // in widths of the form's columns
  std::string text;
  std::vector<pdf::Span> together;
  pdf::Align align = pdf::Align::center;
  bool framed = true;
  bool heading = false;  // bold
  bool fixed = false;    // the form's own words
  bool may_shrink = false;
  std::string continues;  // what a long text is called on the continuation sheet; empty: it makes the row grow
  int lines = 0;          // least height
  const std::string* picture = nullptr;  // a signature
};

/// Where the form's columns lie across the page's width: whole numbers are their edges, from 0 to `count`.
class Columns {
 public:
  Columns(const Layout& layout, int count);
  double x_of(double column) const;
  double column_at(double x) const;

 private:
  std::vector<double> edges_;
};

struct Row {
  bool page_before = false;
  bool keep_with_next = false;
  int table_head = -1;  // of a table's later rows: the row of its headings, which stands again above them on a new page
};

struct Grid {
  std::vector<Row> rows;
  std::vector<Cell> cells;  // by row, then from left to right; a cell over several rows stands with its first
};

Grid build_grid(const Sheet& sheet);

}  // namespace tanfang::paper
