#include "paper/grid.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "base/text.h"

namespace tanfang::paper {
namespace {

namespace js = boost::json;
using forms::Block;
using forms::Field;
using forms::FieldKind;
using forms::Section;

/// As check_grid of forms counts: a title left of its rows, and a block's side cell.
constexpr int kSideColumns = 2;
constexpr int kLongAnswer = 200;  // characters allowed: such a text may flow to the continuation sheet

bool is_plain_text(const Field& field) { return field.kind == FieldKind::text || field.kind == FieldKind::area; }

class GridBuilder {
 public:
  explicit GridBuilder(const Sheet& sheet)
      : sheet_(sheet),
        form_(*sheet.form),
        layout_(*sheet.layout),
        answers_(form_, layout_, sheet.filling),
        columns_(form_.grid_columns),
        across_(layout_, form_.grid_columns) {}

  Grid build() {
    for (std::size_t i = 0; i < form_.sections.size();) {
      if (form_.sections[i].block.empty()) {
        add_section(form_.sections[i++]);
        continue;
      }
      std::size_t end = i;
      while (end < form_.sections.size() && form_.sections[end].block == form_.sections[i].block) ++end;
      add_block(i, end);
      i = end;
    }
    if (!form_.copies_note.zh.empty()) add_bare(form_.copies_note.zh);
    std::stable_sort(grid_.cells.begin(), grid_.cells.end(), [](const Cell& one, const Cell& other) {
      return one.row != other.row ? one.row < other.row : one.left < other.left;
    });
    return std::move(grid_);
  }

 private:
  int row_count() const { return static_cast<int>(grid_.rows.size()); }

  Cell& add_cell(int row, double left, double right, std::string text) {
    Cell& cell = grid_.cells.emplace_back();
    cell.row = row;
    cell.left = left;
    cell.right = right;
    cell.text = std::move(text);
    return cell;
  }

  void add_bare(const std::string& text) {
    grid_.rows.emplace_back();
    Cell& cell = add_cell(row_count() - 1, 0, columns_, text);
    cell.framed = false;
    cell.fixed = true;
    cell.align = pdf::Align::left;
  }

  void add_title(const std::string& title) {
    if (title.empty()) return;
    grid_.rows.push_back({false, true});
    Cell& cell = add_cell(row_count() - 1, 0, columns_, title);
    cell.heading = true;
    cell.fixed = true;
  }

  const SectionLayout& layout_of_section(const Section& section) const {
    static const SectionLayout kPlain;
    auto found = layout_.sections.find(section.code);
    return found == layout_.sections.end() ? kPlain : found->second;
  }

  const BlockLayout& layout_of_block(const Block& block) const {
    static const BlockLayout kPlain;
    auto found = layout_.blocks.find(block.code);
    return found == layout_.blocks.end() ? kPlain : found->second;
  }

  void add_section(const Section& section) {
    const SectionLayout& layout = layout_of_section(section);
    if (!layout.shown) return;
    add_title(layout.title.value_or(section.title.zh));
    add_fields(section, 0, layout.stacked);
  }

  void add_block(std::size_t begin, std::size_t end) {
    const Block* block = nullptr;
    for (const Block& each : form_.blocks) {
      if (each.code == form_.sections[begin].block) block = &each;
    }
    if (block == nullptr) return;
    const BlockLayout& layout = layout_of_block(*block);
    bool repeated = !block->repeat.empty();
    auto first_row = grid_.rows.size();
    add_title(layout.title.value_or(repeated ? "" : block->title.zh));
    for (int quarter = repeated ? 1 : 0; quarter <= (repeated ? 4 : 0); ++quarter) {
      answers_.use_quarter(quarter);
      add_block_once(*block, layout, begin, end);
    }
    answers_.use_quarter(0);
    if (layout.page_before && first_row < grid_.rows.size()) grid_.rows[first_row].page_before = true;
  }

  void add_block_once(const Block& block, const BlockLayout& layout, std::size_t begin, std::size_t end) {
    double left = block.side.empty() ? 0 : kSideColumns;
    int first = row_count();
    for (std::size_t i = begin; i < end; ++i) {
      const Section& section = form_.sections[i];
      const SectionLayout& its = layout_of_section(section);
      if (!its.shown) continue;
      int from = row_count();
      add_fields(section, left + (section.side ? kSideColumns : 0), its.stacked);
      if (!section.side || row_count() == from) continue;
      Cell& side = add_cell(from, left, left + kSideColumns, its.title.value_or(section.title.zh));
      side.rows = row_count() - from;
      side.fixed = true;
    }
    if (block.side.empty()) return;
    if (row_count() == first) grid_.rows.emplace_back();
    Cell& side = add_cell(first, 0, kSideColumns, side_text(block, layout));
    side.rows = row_count() - first;
  }

  std::string side_text(const Block& block, const BlockLayout& layout) const {
    if (!layout.side.empty()) return answers_.fill(layout.side, nullptr);
    std::string text;
    for (const std::string& code : block.side) {
      const Field* field = form_.find(code);
      if (field == nullptr) continue;
      std::string words = answers_.of(*field).text;
      bool open = field->label.zh.find("__") != std::string::npos;
      if (!text.empty()) text += '\n';
      text += open ? replaced(field->label.zh, "__", words.empty() ? "__" : " " + words + " ") : words;
    }
    return text;
  }

  bool stands_behind(const Field& field) const {
    for (const auto& [code, layout] : layout_.fields) {
      if (std::find(layout.also.begin(), layout.also.end(), field.code) != layout.also.end()) return true;
    }
    return false;
  }

  /// Whether the field stands in another place: an option's blank, a block's side, behind another answer.
  bool stands_elsewhere(const Field& field) const {
    for (const Block& block : form_.blocks) {
      if (std::find(block.side.begin(), block.side.end(), field.code) != block.side.end()) return true;
    }
    if (stands_behind(field)) return true;
    for (const Section& section : form_.sections) {
      for (const Field& other : section.fields) {
        for (const forms::Option& option : other.options) {
          if (option.blank == field.code) return true;
        }
      }
    }
    return false;
  }

  /// Rows of the section's grid that bear something, to rows of this one.
  std::map<int, int> open_rows(const Section& section, int tall) {
    std::map<int, int> rows;
    for (const Field& field : section.fields) {
      if (!field.cell || stands_behind(field)) continue;
      for (int row = field.cell->row; row < field.cell->row + field.cell->height; ++row) rows[row] = 0;
    }
    for (auto& [row, place] : rows) {
      place = row_count();
      grid_.rows.resize(grid_.rows.size() + static_cast<std::size_t>(tall));
    }
    return rows;
  }

  void add_fields(const Section& section, double left, bool stacked) {
    std::map<int, int> rows = open_rows(section, stacked ? 2 : 1);
    std::map<int, double> filled;  // row of the section to where its next cell begins
    for (const Field& field : section.fields) {
      if (!field.cell || stands_behind(field)) continue;
      double begin = filled.try_emplace(field.cell->row, left).first->second;
      for (int below = 0; below < field.cell->height; ++below) {
        filled.try_emplace(field.cell->row + below, left).first->second += field.cell->label + field.cell->width;
      }
      add_placed(field, rows.at(field.cell->row), begin, stacked);
    }
    for (const Field& field : section.fields) {
      if (field.cell || stands_elsewhere(field)) continue;
      grid_.rows.emplace_back();
      if (field.kind == FieldKind::rows) {
        add_table(field, row_count() - 1, left, columns_);
      } else {
        add_pair(field, row_count() - 1, 1, left, left + (columns_ - left) / 3, columns_);
      }
    }
  }

  void add_placed(const Field& field, int row, double begin, bool stacked) {
    double middle = begin + field.cell->label;
    double end = middle + field.cell->width;
    if (field.kind == FieldKind::rows) return add_table(field, row, begin, end);
    if (stacked) {
      add_label(field, row, begin, end);
      add_answer(field, row + 1, begin, end).rows = field.cell->height;
      return;
    }
    for (const Group& group : layout_.groups) {
      auto member = std::find(group.fields.begin(), group.fields.end(), field.code);
      if (member == group.fields.end()) continue;
      if (member == group.fields.begin()) {
        Cell& label = add_cell(row, begin, begin + group.columns, group.label);
        label.rows = static_cast<int>(group.fields.size());
        label.fixed = true;
      }
      begin += group.columns;
    }
    add_pair(field, row, field.cell->height, begin, middle, end);
  }

  void add_label(const Field& field, int row, double left, double right) {
    const FieldLayout& layout = layout_of(layout_, field.code);
    add_cell(row, left, right, layout.label.value_or(field.label.zh)).fixed = true;
  }

  void add_pair(const Field& field, int row, int height, double left, double middle, double right) {
    if (layout_of(layout_, field.code).inside) {
      Cell& both = add_answer(field, row, left, right);
      both.rows = height;
      std::string words = layout_of(layout_, field.code).label.value_or(field.label.zh) + "：";
      for (pdf::Span& span : both.together) span = {span.begin + words.size(), span.end + words.size()};
      both.text = words + both.text;
      both.align = pdf::Align::left;
      return;
    }
    const auto& label = layout_of(layout_, field.code).label;
    if (label && label->empty()) middle = left;
    if (middle > left) {
      add_label(field, row, left, middle);
      grid_.cells.back().rows = height;
    }
    add_answer(field, row, middle, right).rows = height;
  }

  Cell& add_answer(const Field& field, int row, double left, double right) {
    Written written = answers_.of(field);
    const FieldLayout& layout = layout_of(layout_, field.code);
    Cell& cell = add_cell(row, left, right, std::move(written.text));
    cell.together = std::move(written.together);
    cell.fixed = written.fixed;
    cell.may_shrink = !written.fixed && cell.together.empty();
    cell.lines = layout.lines;
    bool boxes = !cell.together.empty();
    bool wide = right - left >= columns_ * 0.45;
    cell.align = boxes || wide ? pdf::Align::left : pdf::Align::center;
    if (is_plain_text(field) && field.max_length >= kLongAnswer) {
      cell.continues = layout.label.value_or(field.label.zh);
      cell.align = pdf::Align::left;
    }
    if (field.kind == FieldKind::signature) {
      cell.align = pdf::Align::center;
      cell.lines = std::max(cell.lines, 2);
      auto signature = sheet_.filling.signatures.find(field.code);
      if (signature != sheet_.filling.signatures.end()) cell.picture = &signature->second;
    }
    return cell;
  }

  std::vector<double> edges_of(const Field& field, double left, double right) const {
    std::vector<double> widths = layout_of(layout_, field.code).widths;
    widths.resize(field.columns.size() + 1, widths.empty() ? 1 : widths.back());
    double sum = 0;
    for (double width : widths) sum += width;
    double x = across_.x_of(left);
    double wide = across_.x_of(right) - x;
    std::vector<double> edges{left};
    for (double width : widths) edges.push_back(across_.column_at(x += wide * width / sum));
    edges.back() = right;
    return edges;
  }

  /// A numbered table in the row `row` and as many further ones as it needs.
  void add_table(const Field& field, int row, double left, double right) {
    const FieldLayout& layout = layout_of(layout_, field.code);
    std::vector<double> edges = edges_of(field, left, right);
    add_cell(row, edges[0], edges[1], "序号").fixed = true;
    for (std::size_t i = 0; i < field.columns.size(); ++i) {
      add_cell(row, edges[i + 1], edges[i + 2], field.columns[i].label.zh).fixed = true;
    }
    grid_.rows[static_cast<std::size_t>(row)].keep_with_next = true;
    const js::value* given = answers_.answer(field.code);
    static const js::array kNone;
    const js::array& rows = given != nullptr && given->is_array() ? given->get_array() : kNone;
    std::size_t count = std::max(rows.size(), static_cast<std::size_t>(layout.rows));
    for (std::size_t number = 1; number <= count; ++number) {
      grid_.rows.emplace_back();
      if (number > 1) grid_.rows.back().table_head = row;
      bool first = number == 1 && !layout.first.empty();
      add_cell(row_count() - 1, edges[0], edges[1], first ? layout.first : std::to_string(number)).fixed = true;
      add_table_row(field, number <= rows.size() ? &rows[number - 1] : nullptr, edges);
    }
  }

  void add_table_row(const Field& field, const js::value* given, const std::vector<double>& edges) {
    for (std::size_t i = 0; i < field.columns.size(); ++i) {
      const Field& column = field.columns[i];
      const js::value* value =
          given != nullptr && given->is_object() ? given->get_object().if_contains(column.code) : nullptr;
      bool answered = value != nullptr && !value->is_null();
      Cell& cell = add_cell(row_count() - 1, edges[i + 1], edges[i + 2],
                            answered ? answers_.words_of(column, value) : std::string());
      cell.may_shrink = true;
    }
  }

  const Sheet& sheet_;
  const forms::Form& form_;
  const Layout& layout_;
  AnswersText answers_;
  const double columns_;
  const Columns across_;
  Grid grid_;
};

}  // namespace

Columns::Columns(const Layout& layout, int count) {
  std::vector<double> widths = layout.columns;
  widths.resize(static_cast<std::size_t>(count), 1);
  double sum = 0;
  for (double width : widths) sum += width;
  edges_.push_back(0);
  for (double width : widths) edges_.push_back(edges_.back() + kWide * width / sum);
}

double Columns::x_of(double column) const {
  auto whole = static_cast<std::size_t>(column);
  if (whole + 1 >= edges_.size()) return edges_.back();
  return edges_[whole] + (edges_[whole + 1] - edges_[whole]) * (column - static_cast<double>(whole));
}

double Columns::column_at(double x) const {
  std::size_t whole = 0;
  while (whole + 2 < edges_.size() && edges_[whole + 1] <= x) ++whole;
  return static_cast<double>(whole) + (x - edges_[whole]) / (edges_[whole + 1] - edges_[whole]);
}

Grid build_grid(const Sheet& sheet) { return GridBuilder(sheet).build(); }

}  // namespace tanfang::paper
