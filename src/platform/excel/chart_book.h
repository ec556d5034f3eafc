// A book of a few small sheets with charts beside their tables, for reports.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace tanfang::excel {

/// A text, a count, a rate shown in percent, or nothing (a dash).
struct Value {
  enum class Kind { text, count, rate, none };
  Kind kind = Kind::none;
  double number = 0;
  std::string text;
};

/// Drawn of a table that was added before: the first column names, `columns` are drawn.
struct ChartOrder {
  std::string title;
  bool line = false;  // else bars
  std::vector<int> columns;
};

class ChartBook {
 public:
  /// As TableWriter: complete, and its owner's only, after `close`. Throws Failure. `made_on` (YYYY-MM-DD) is said to
  /// be the day on which it was made, so that the same content makes the same bytes.
  ChartBook(const std::string& path, const std::string& made_on);
  ~ChartBook();
  ChartBook(const ChartBook&) = delete;
  ChartBook& operator=(const ChartBook&) = delete;

  void add_sheet(const std::string& name);
  void add_title(const std::string& text);
  void add_paragraph(const std::string& text);
  void add_table(const std::string& title, const std::vector<std::string>& headings,
                 const std::vector<std::vector<Value>>& rows);
  void add_chart(const ChartOrder& chart);
  void close();

 private:
  struct Book;
  std::unique_ptr<Book> book_;
};

}  // namespace tanfang::excel
