#include "ledgers/layout.h"

#include <algorithm>

#include "base/citizen_number.h"
#include "base/text.h"
#include "ledgers/heading_block.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/plain_words.h"

namespace tanfang::ledgers {
namespace {

constexpr std::size_t kHeadingRows = 40;  // headings stand within the first rows
constexpr std::size_t kSample = 200;
constexpr double kLeastScore = 4;
constexpr double kMost = 0.6;  // of a column's sampled cells must look like it

struct Candidate {
  Recognised recognised;
  std::size_t last = 0;
  int height = 1;
};

/// Whether a person stands in the row: a cell that is a citizen number, whole or not.
bool holds_a_number(const excel::Row& row) {
  constexpr std::size_t kFewest = 14;
  constexpr std::size_t kMostOther = 6;  // bytes beside the digits
  return std::any_of(row.cells.begin(), row.cells.end(), [](const excel::Cell& cell) {
    std::size_t digits = digits_in(cell.text);
    if (digits >= kFewest) return compact(cell.text).size() <= digits + kMostOther;
    return cell.kind == excel::CellKind::text && digits > 0 && cell.text.find_first_of("eE") != std::string::npos &&
           read_citizen_number(cell.text).reason == "citizen_number.lost_digits";
  });
}

/// The rows that a block of headings reaches over hold nobody.
bool may_be_headings(const std::vector<excel::Row>& rows, std::size_t last, int height) {
  for (std::size_t i = last + 1; i > 0 && rows[i - 1].number > rows[last].number - height; --i) {
    if (holds_a_number(rows[i - 1])) return false;
  }
  return true;
}

/// Whether a block further down is the better one: only by naming more, so that repeated headings never win.
bool is_better(const Candidate& best, const std::vector<excel::Row>& rows, std::size_t last, int height,
               const Recognised& found) {
  constexpr double kMuch = 1;
  if (best.recognised.score < kLeastScore) return found.score > best.recognised.score + 1e-9;
  bool apart = rows[last].number - height >= rows[best.last].number;
  if (apart) return found.named > best.recognised.named + kMuch;
  return found.score > best.recognised.score + 1e-9;
}

Candidate best_block(const std::vector<excel::Row>& rows, const std::vector<excel::Merge>& merges, const Words& words,
                     const Mapping& mapping) {
  Candidate best;
  for (std::size_t last = 0; last < std::min(rows.size(), kHeadingRows); ++last) {
    if (mapping.heading_row && rows[last].number != *mapping.heading_row) continue;
    if (holds_a_number(rows[last]) && best.recognised.score >= kLeastScore) break;  // people begin here
    for (int height = 1; height <= 3 && height <= rows[last].number; ++height) {
      if (!may_be_headings(rows, last, height)) break;
      auto recognised = recognise(read_headings(rows, merges, last, height), words, mapping);
      if (!is_better(best, rows, last, height, recognised)) continue;
      best = {std::move(recognised), last, height};
    }
  }
  if (best.recognised.score < kLeastScore) throw problems::no_heading();
  return best;
}

/// Rows below the headings, for telling columns by what stands in them.
std::vector<const excel::Row*> sample_below(const std::vector<excel::Row>& rows, int heading_row) {
  std::vector<const excel::Row*> sample;
  for (const excel::Row& row : rows) {
    if (row.number > heading_row && sample.size() < kSample) sample.push_back(&row);
  }
  return sample;
}

template <typename Test>
bool mostly(const std::vector<const excel::Row*>& sample, int column, Test test) {
  std::size_t filled = 0;
  std::size_t fitting = 0;
  for (const excel::Row* row : sample) {
    std::string text = trimmed(text_at(*row, column));
    if (text.empty()) continue;
    ++filled;
    fitting += test(text) ? 1 : 0;
  }
  return filled > 0 && static_cast<double>(fitting) >= kMost * static_cast<double>(filled);
}

bool is_number_of_citizen(const std::string& text) { return read_citizen_number(text).number.has_value(); }

bool is_chinese_name(const std::string& text) {
  auto points = code_points(without_spaces(text));
  return points.size() >= 2 && points.size() <= 4 &&
         std::all_of(points.begin(), points.end(), [](char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; });
}

/// Names the columns that the elder's row needs by their content where no heading does.
void complete_by_content(Layout& layout, const std::vector<const excel::Row*>& sample, const Content& content) {
  auto give = [&](Field field, auto test) {
    if (layout.find(field) != nullptr) return;
    for (Column& column : layout.columns) {
      if (column.known || !mostly(sample, column.index, test)) continue;
      column.field = field;
      column.known = true;
      return;
    }
  };
  give(Field::citizen_number, is_number_of_citizen);
  if (layout.find(Field::area_path) == nullptr) {
    give(Field::residence_area, [&](const std::string& text) { return content.is_village(text); });
  }
  give(Field::name, is_chinese_name);
}

/// Columns headed by a place that hold a kind of place, and the other way round: 户籍 with addresses, 居住地 with 农村.
void correct_by_content(Layout& layout, const std::vector<const excel::Row*>& sample, const Words& words) {
  struct Twin {
    Field place, kind;
    const char* table;
  };
  constexpr Twin kTwins[] = {{Field::area_path, Field::residence_kind, "residence_kind"},
                             {Field::hukou_area, Field::hukou_kind, "hukou_kind"}};
  for (const Twin& twin : kTwins) {
    auto is_kind = [&](const std::string& text) { return words.table(twin.table).find(plain_value(text)) != nullptr; };
    for (Column& column : layout.columns) {
      if (column.field == twin.place && layout.find(twin.kind) == nullptr && mostly(sample, column.index, is_kind)) {
        column.field = twin.kind;
      } else if (column.field == Field::hukou_kind && twin.kind == Field::hukou_kind &&
                 layout.find(Field::hukou_area) == nullptr && mostly(sample, column.index, [&](const auto& text) {
                   return !is_kind(text) && length_of(text) > 4;
                 })) {
        column.field = Field::hukou_area;
      }
    }
  }
}

/// Whether the village column names each village once, above the rows that belong to it.
bool repeats_downwards(const Layout& layout, const std::vector<const excel::Row*>& sample) {
  const Column* village = layout.find(Field::residence_area);
  const Column* number = layout.find(Field::citizen_number);
  if (village == nullptr || number == nullptr) return false;
  std::size_t people = 0;
  std::size_t empty = 0;
  for (const excel::Row* row : sample) {
    if (trimmed(text_at(*row, number->index)).empty()) continue;
    bool blank = trimmed(text_at(*row, village->index)).empty();
    if (people == 0 && blank) return false;
    ++people;
    empty += blank ? 1 : 0;
  }
  return empty * 3 > people;
}

/// Whether merged blocks already tell how far each village reaches.
bool merged_downwards(const Layout& layout, const std::vector<excel::Merge>& merges) {
  const Column* village = layout.find(Field::residence_area);
  return village != nullptr && std::any_of(merges.begin(), merges.end(), [&](const excel::Merge& merge) {
           return merge.first_row > layout.heading_row && merge.last_row > merge.first_row &&
                  merge.first_column <= village->index && merge.last_column >= village->index;
         });
}

void check_mapping(const Mapping& mapping, const std::vector<Column>& columns) {
  for (const auto& [heading, target] : mapping.columns) {
    std::string plain = plain_value(heading);
    bool found = std::any_of(columns.begin(), columns.end(), [&](const Column& column) {
      std::string own = plain_value(column.heading);
      return own == plain || own.ends_with(plain) || plain.ends_with(own);
    });
    if (!found) throw problems::mapping_unknown_column(heading);
  }
}

}  // namespace

const std::string& text_at(const excel::Row& row, int column) {
  static const std::string kEmpty;
  return column >= 0 && static_cast<std::size_t>(column) < row.cells.size() ? row.cells[column].text : kEmpty;
}

const Column* Layout::find(Field field) const {
  auto found = std::find_if(columns.begin(), columns.end(),
                            [&](const Column& column) { return column.field == field && column.role.empty(); });
  return found == columns.end() ? nullptr : &*found;
}

bool Layout::same_columns(const Layout& other) const {
  auto same = [](const Column& left, const Column& right) {
    return left.index == right.index && left.heading == right.heading && left.field == right.field &&
           left.role == right.role && left.tick == right.tick;
  };
  return std::equal(columns.begin(), columns.end(), other.columns.begin(), other.columns.end(), same);
}

Layout find_layout(const std::vector<excel::Row>& rows, const std::vector<excel::Merge>& merges, const Words& words,
                   const Mapping& mapping, const Content& content) {
  Candidate best = best_block(rows, merges, words, mapping);
  Layout layout;
  layout.heading_row = rows[best.last].number;
  layout.first_heading_row = layout.heading_row - best.height + 1;
  layout.columns = std::move(best.recognised.columns);
  for (const excel::Row& row : rows) {
    if (row.number > layout.heading_row) break;
    auto& texts = layout.top.emplace_back();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (std::string text = compact(row.cells[i].text); !text.empty()) texts[static_cast<int>(i)] = std::move(text);
    }
  }
  check_mapping(mapping, layout.columns);
  auto sample = sample_below(rows, layout.heading_row);
  correct_by_content(layout, sample, words);
  complete_by_content(layout, sample, content);
  layout.fill_down = !merged_downwards(layout, merges) && repeats_downwards(layout, sample);
  return layout;
}

}  // namespace tanfang::ledgers
