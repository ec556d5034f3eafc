#include "paper/pages.h"

#include <algorithm>
#include <array>

namespace tanfang::paper {
namespace {

using pdf::Align;
using pdf::Text;

constexpr double kPadding = 3;
constexpr double kTop = 12 * pdf::kMillimetre;
constexpr double kBottom = pdf::kPageHeight - 12 * pdf::kMillimetre - kFooter;
/// A text of the file that needs more lines than this flows to the continuation sheet.
constexpr int kMostLines = 8;
constexpr double kLeastSize = 7;
constexpr const char* kContinued = "（下转续页）";
/// Of one piece of a long text on the continuation sheet, so that pages break between pieces.
constexpr int kPieceLines = 12;

struct Continued {
  std::string name;
  std::string text;
};

struct Measured {
  Text text;
  double height = 0;
};

/// The form's own words are labels, but boxes are answers.
bool is_label(const Cell& cell) { return cell.heading || (cell.fixed && cell.together.empty()); }

class PageMaker {
 public:
  explicit PageMaker(const Sheet& sheet)
      : sheet_(sheet),
        layout_(*sheet.layout),
        columns_(layout_, sheet.form->grid_columns),
        grid_(build_grid(sheet)),
        setter_(pdf::typesetter()) {}

  std::vector<Page> make() {
    measure();
    begin_page();
    add_head(layout_.title.empty() ? sheet_.form->title.zh : layout_.title, true);
    place_rows();
    if (!continued_.empty()) add_continuation();
    return std::move(pages_);
  }

 private:
  double line_height() const { return layout_.size * 1.55; }

  double width_of(const Cell& cell) const {
    return columns_.x_of(cell.right) - columns_.x_of(cell.left) - 2 * kPadding;
  }

  Text lay(const Cell& cell, const std::string& text, double size) {
    pdf::Style style{size, cell.heading, cell.align};
    return cell.fixed ? setter_.lay_fixed(text, style, width_of(cell), cell.together)
                      : setter_.lay(text, style, width_of(cell), cell.together);
  }

  /// The size at which the text fits into the row, else the smallest that is still read well.
  Text lay_shrinking(const Cell& cell) {
    Text text = lay(cell, cell.text, layout_.size);
    double room = std::max(layout_.row * cell.rows - 2, line_height() * cell.lines);
    for (double size = layout_.size - 1; text.height() > room && size >= kLeastSize; size -= 1) {
      text = lay(cell, cell.text, size);
    }
    return text;
  }

  Text lay_or_continue(const Cell& cell) {
    double size = layout_.size - 1;
    Text text = lay(cell, cell.text, layout_.size);
    if (text.height() <= std::max(layout_.row - 2, line_height() * cell.lines)) return text;
    text = lay(cell, cell.text, size);
    double most = line_height() * std::max(cell.lines, kMostLines);
    if (text.height() <= most) return text;
    std::size_t kept = text.fitting(most - line_height());
    continued_.push_back({cell.continues, cell.text.substr(kept)});
    return lay(cell, cell.text.substr(0, kept) + kContinued, size);
  }

  void measure() {
    heights_.assign(grid_.rows.size(), layout_.row);
    texts_.resize(grid_.cells.size());
    for (std::size_t i = 0; i < grid_.cells.size(); ++i) {
      const Cell& cell = grid_.cells[i];
      Text text = !cell.continues.empty() ? lay_or_continue(cell)
                  : cell.may_shrink       ? lay_shrinking(cell)
                                          : lay(cell, cell.text, layout_.size);
      double height = std::max(text.height() + 2, line_height() * cell.lines);
      texts_[i] = {text, height};
      if (cell.rows == 1) grow(static_cast<std::size_t>(cell.row), height);
    }
    for (std::size_t i = 0; i < grid_.cells.size(); ++i) {
      const Cell& cell = grid_.cells[i];
      if (cell.rows == 1) continue;
      double sum = 0;
      for (int row = cell.row; row < cell.row + cell.rows; ++row) sum += heights_[static_cast<std::size_t>(row)];
      if (texts_[i].height > sum)
        heights_[static_cast<std::size_t>(cell.row + cell.rows - 1)] += texts_[i].height - sum;
    }
  }

  void grow(std::size_t row, double height) { heights_[row] = std::max(heights_[row], height); }

  void begin_page() {
    pages_.emplace_back();
    top_ = kTop;
  }

  /// A title keeps clear of the code in the corner; further pages have only its room.
  void add_head(const std::string& title, bool with_lines) {
    double width = kWide - 2 * kCodeSide - 8;
    Text text = setter_.lay_fixed(title, {kTitleSize, true, Align::center}, width);
    double room = std::max(kCodeSide, text.height());
    pages_.back().head.push_back({text, kMargin + kCodeSide + 4, top_ + (room - text.height()) / 2});
    top_ += room + 4;
    if (!with_lines) return;
    AnswersText answers(*sheet_.form, layout_, sheet_.filling);
    for (const Line& line : layout_.lines) {
      Text laid = setter_.lay(answers.fill(line.text, nullptr), {layout_.size, false, line.align}, kWide);
      pages_.back().head.push_back({laid, kMargin, top_});
      top_ += laid.height() + 5;
    }
  }

  /// Behind a heading and the row below it, or the row alone.
  std::size_t end_of_headed(std::size_t row) const {
    std::size_t end = row + 1;
    while (grid_.rows[end - 1].keep_with_next && end < grid_.rows.size()) ++end;
    return end;
  }

  /// Behind the last row that must stay on the page of `row`.
  std::size_t end_of_group(std::size_t row) const {
    std::size_t end = end_of_headed(row);
    for (const Cell& cell : grid_.cells) {
      auto first = static_cast<std::size_t>(cell.row);
      if (first >= end) break;
      if (first >= row) end = std::max(end, first + static_cast<std::size_t>(cell.rows));
    }
    return end;
  }

  double height_of(std::size_t begin, std::size_t end) const {
    double sum = 0;
    for (std::size_t row = begin; row < end; ++row) sum += heights_[row];
    return sum;
  }

  void next_page() {
    begin_page();
    top_ += kCodeSide + 4;
  }

  void place_rows() {
    std::size_t row = 0;
    std::size_t from = 0;  // first row of this page
    double start = top_;
    while (row < grid_.rows.size()) {
      std::size_t end = end_of_group(row);
      bool fits = top_ + height_of(row, end) <= kBottom;
      bool whole_fits = kTop + kCodeSide + 4 + height_of(row, end) <= kBottom;
      if (!whole_fits) {  // nothing for it but to break inside, though not behind a heading
        end = end_of_headed(row);
        fits = top_ + height_of(row, end) <= kBottom;
      }
      if ((!fits || grid_.rows[row].page_before) && row > from) {
        place_cells(from, row, start);
        next_page();
        from = row;
        start = top_;
        top_ += head_height(row);
      }
      top_ += height_of(row, end);
      row = end;
    }
    place_cells(from, row, start);
  }

  /// Of the table's headings where a page begins with one of its later rows, else 0.
  double head_height(std::size_t row) const {
    int head = row < grid_.rows.size() ? grid_.rows[row].table_head : -1;
    return head < 0 ? 0 : heights_[static_cast<std::size_t>(head)];
  }

  /// Rows `begin` to `end` from `top` down, below the headings of the table that they go on with; of a cell that began
  /// on the page before, the rest, beside those headings too.
  void place_cells(std::size_t begin, std::size_t end, double top) {
    double lead = head_height(begin);
    int table_row = lead > 0 ? grid_.rows[begin].table_head : 0;
    auto head = static_cast<std::size_t>(table_row);
    for (std::size_t i = 0; i < grid_.cells.size(); ++i) {
      const Cell& cell = grid_.cells[i];
      double left = columns_.x_of(cell.left);
      pdf::Box box{kMargin + left, top, columns_.x_of(cell.right) - left, lead};
      std::size_t first = std::max(static_cast<std::size_t>(cell.row), begin);
      std::size_t behind = std::min(static_cast<std::size_t>(cell.row + cell.rows), end);
      bool beside_head = lead > 0 && static_cast<std::size_t>(cell.row) <= head && cell.row + cell.rows > table_row;
      if (first < behind) {
        box.height = height_of(first, behind) + (beside_head ? lead : 0);
        if (!beside_head) box.top += lead + height_of(begin, first);
      } else if (!beside_head) {
        continue;
      }
      if (beside_head) first = head;
      PageCell placed{box, cell.framed, {}, cell.picture, false, static_cast<int>(first), is_label(cell)};
      const Text& text = texts_[i].text;
      bool high = cell.lines > 1 && cell.align == Align::left;  // a field to write into begins at its top
      double down = high ? 3 : std::max(0.0, (box.height - text.height()) / 2);
      if (!cell.text.empty()) placed.texts.push_back({text, box.left + kPadding, box.top + down});
      pages_.back().cells.push_back(std::move(placed));
    }
  }

  void add_bare(const std::string& words, const pdf::Style& style) {
    Text text = setter_.lay(words, style, kWide);
    if (top_ + text.height() > kBottom) next_page();
    PageCell cell{{kMargin, top_, kWide, text.height()}, false, {}};
    cell.texts.push_back({text, kMargin, top_});
    pages_.back().cells.push_back(std::move(cell));
    top_ += text.height();
  }

  void add_continuation() {
    begin_page();
    add_head(sheet_.form->title.zh + "（续页）", false);
    if (!sheet_.filling.name.empty()) add_bare("姓名：" + sheet_.filling.name, {layout_.size, false, Align::left});
    for (const Continued& each : continued_) {
      top_ += 6;
      std::string_view left = each.text;
      pdf::Style style{layout_.size, false, Align::left};
      for (bool first = true; !left.empty(); first = false) {
        Text text = setter_.lay(left, style, kWide);
        std::size_t piece = std::max<std::size_t>(1, text.fitting(line_height() * kPieceLines));
        if (first) {  // never alone at the foot of a page
          double lines = std::min(text.height(), line_height() * kPieceLines);
          if (top_ + 2 * line_height() + lines > kBottom) next_page();
          add_bare(each.name + "（续）", {layout_.size, true, Align::left});
        }
        add_bare(std::string(left.substr(0, piece)), style);
        left.remove_prefix(piece);
      }
    }
  }

  const Sheet& sheet_;
  const Layout& layout_;
  const Columns columns_;
  Grid grid_;
  pdf::Typesetter& setter_;
  std::vector<double> heights_;
  std::vector<Measured> texts_;
  std::vector<Continued> continued_;
  std::vector<Page> pages_;
  double top_ = 0;
};

}  // namespace

std::vector<Page> make_pages(const Sheet& sheet) {
  std::vector<Page> pages = PageMaker(sheet).make();
  add_photo_pages(sheet, pages);
  return pages;
}

}  // namespace tanfang::paper
