#include "ledgers/heading_block.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "ledgers/own_facts.h"
#include "ledgers/plain_words.h"
#include "ledgers/tick_groups.h"

namespace tanfang::ledgers {
namespace {

/// One row of a heading block with merged cells filled; `origin` tells cells of one merged block from equal texts.
struct Line {
  struct Label {
    std::string text;
    int origin = -1;
  };
  std::map<int, Label> labels;
};

const excel::Merge* merge_over(const std::vector<excel::Merge>& merges, int row, int column) {
  for (const excel::Merge& merge : merges) {
    if (merge.first_row > row) break;
    if (row <= merge.last_row && column >= merge.first_column && column <= merge.last_column) return &merge;
  }
  return nullptr;
}

std::string text_of(const std::vector<excel::Row>& rows, int number, int column) {
  for (const excel::Row& row : rows) {
    if (row.number == number) return trimmed(text_at(row, column));
    if (row.number > number) break;
  }
  return {};
}

Line read_line(const std::vector<excel::Row>& rows, const std::vector<excel::Merge>& merges, int number, int width) {
  Line line;
  for (int column = 0; column < width; ++column) {
    const excel::Merge* merge = merge_over(merges, number, column);
    int from_row = merge != nullptr ? merge->first_row : number;
    int from_column = merge != nullptr ? merge->first_column : column;
    std::string text = text_of(rows, from_row, from_column);
    if (!text.empty()) line.labels[column] = {text, from_row * 20'000 + from_column};
  }
  return line;
}

/// Files without merges leave a group's name in its first column only: it reaches right while the row below has
/// headings of its own and this row has none.
void spread_groups(Line& upper, const Line& lower, int width) {
  Line::Label group;
  for (int column = 0; column < width; ++column) {
    bool below = lower.labels.contains(column) && lower.labels.at(column).origin != group.origin;
    auto own = upper.labels.find(column);
    if (own != upper.labels.end()) {
      group = below ? own->second : Line::Label{};
    } else if (below && !group.text.empty()) {
      upper.labels[column] = group;
    } else {
      group = {};
    }
  }
}

/// A group's name is short and has no colon: 填报单位：… and titles stand above headings too.
bool names_a_group(const std::string& text) {
  constexpr std::size_t kLongest = 60;  // bytes
  return text.size() <= kLongest && text.find(':') == std::string::npos && text.find("：") == std::string::npos;
}

/// Groups tell that the rows above belong to the headings.
double worth_of_groups(const std::vector<Heading>& headings) {
  double worth = 0;
  for (const Heading& heading : headings) worth += heading.group.empty() ? 0 : 0.1;
  return worth;
}

/// A title over nearly all columns is no group.
void drop_titles(Line& line, int width) {
  std::map<int, int> widths;
  for (const auto& [column, label] : line.labels) ++widths[label.origin];
  std::erase_if(line.labels,
                [&](const auto& entry) { return width > 3 && widths[entry.second.origin] * 5 >= width * 4; });
}

bool is_elders(const Column& column) { return column.role.empty() && column.field != Field::ignore; }

double weight(Field field) {
  switch (field) {
    case Field::ignore:
      return 0;
    case Field::serial:
      return 0.5;
    case Field::citizen_number:
      return 3;
    case Field::name:
    case Field::residence_area:
    case Field::area_path:
      return 2;
    default:
      return 1;
  }
}

/// Gives each column its field; of several that ask the same, the strongest and then the first is the elder's.
class Assignment {
 public:
  explicit Assignment(const std::vector<Heading>& headings) : headings_(headings), columns_(headings.size()) {}

  void take(std::size_t i, const HeadingMatch& match) {
    Column& column = columns_[i];
    column.field = match.field;
    column.role = match.role;
    column.known = match.strength > 0;
    if (match.another) {
      context_ = kNobody;
      return;
    }
    if (match.strength == 0 || match.field == Field::ignore || match.field == Field::own_fact) {
      context_.clear();
      return;
    }
    if (!match.role.empty()) {
      context_ = match.role;
      return;
    }
    Field as_contact = HeadingWords::contact_field(match.field);
    bool beside_contact = match.generic && as_contact != Field::ignore && !context_.empty();
    auto holder = holders_.find(match.field);
    bool taken = holder != holders_.end();
    if (beside_contact && (taken || match.field == Field::phone)) {
      column.field = context_ == kNobody ? Field::ignore : as_contact;
      column.role = context_ == kNobody ? "" : context_;
    } else if (taken && match.strength <= strengths_[holder->second]) {
      column.field = Field::ignore;
    } else {
      if (taken) columns_[holder->second].field = Field::ignore;
      holders_[match.field] = i;
      strengths_[i] = match.strength;
      if (as_contact != Field::phone) context_.clear();
    }
  }

  void take_tick(std::size_t i, Field field) {
    columns_[i].field = field;
    columns_[i].known = true;
    columns_[i].tick = headings_[i].text;
    holders_.emplace(field, i);
    strengths_.emplace(i, 4);
    context_.clear();
  }

  std::vector<Column> finish() {
    std::map<std::string, int> counts;
    for (const Heading& heading : headings_) ++counts[heading.text];
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Heading& heading = headings_[i];
      columns_[i].index = heading.column;
      bool twice = !heading.group.empty() && (counts[heading.text] > 1 || !columns_[i].tick.empty());
      columns_[i].heading = twice ? heading.group + "/" + heading.text : heading.text;
    }
    return std::move(columns_);
  }

 private:
  const std::vector<Heading>& headings_;
  std::vector<Column> columns_;
  std::map<Field, std::size_t> holders_;
  std::map<std::size_t, int> strengths_;
  static inline const std::string kNobody = "-";  // somebody whose columns are not kept
  std::string context_;                        // the role of the column to the left
};

/// What a mapping says of a heading, under its own text or with its group.
const std::string* mapped(const std::map<std::string, std::string>& columns, const Heading& heading) {
  for (const auto& [text, target] : columns) {
    std::string plain = plain_value(text);
    if (plain == plain_value(heading.text) || plain == plain_value(heading.group + heading.text)) return &target;
  }
  return nullptr;
}

/// What a heading is: as the mapping says, as the words know it, or as a fact that the scheme declares itself.
HeadingMatch match_heading(const Heading& heading, const Words& words, const Mapping& mapping) {
  const std::string* corrected = mapped(mapping.columns, heading);
  const std::string* remembered = corrected == nullptr ? mapped(mapping.remembered, heading) : nullptr;
  if (const std::string* target = corrected != nullptr ? corrected : remembered) {
    Column column;
    if (!parse_target(*target, column) && find_own(mapping.own_facts, *target) != nullptr) {
      column.field = Field::own_fact;
      column.role = *target;
    }
    // What was remembered of another ledger yields to a heading that names the field in full.
    return {column.field, std::move(column.role), corrected != nullptr ? 4 : 2, false};
  }
  HeadingMatch match = words.headings().match(heading.text, heading.group);
  if (match.strength > 0) return match;
  auto* own = own_fact_of_heading(mapping.own_facts, heading.text);
  return own != nullptr ? HeadingMatch{Field::own_fact, own->name, 3, false} : match;
}

}  // namespace

std::vector<Heading> read_headings(const std::vector<excel::Row>& rows, const std::vector<excel::Merge>& merges,
                                   std::size_t last, int height) {
  int bottom = rows[last].number;
  int width = 0;
  std::vector<Line> lines;
  for (const excel::Row& row : rows) {
    if (row.number > bottom - height && row.number <= bottom)
      width = std::max(width, static_cast<int>(row.cells.size()));
  }
  for (int number = bottom - height + 1; number <= bottom; ++number) {
    lines.push_back(read_line(rows, merges, number, width));
  }
  for (std::size_t i = lines.size() - 1; i > 0; --i) {
    spread_groups(lines[i - 1], lines[i], width);
    drop_titles(lines[i - 1], width);
  }

  std::vector<Heading> headings;
  for (int column = 0; column < width; ++column) {
    Heading heading{column, {}, {}, -1};
    int origin = -1;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      auto label = line->labels.find(column);
      if (label == line->labels.end() || label->second.origin == origin) continue;
      origin = label->second.origin;
      if (heading.text.empty()) {
        heading.text = label->second.text;
      } else if (names_a_group(label->second.text)) {
        if (heading.group.empty()) heading.group_origin = origin;
        heading.group = label->second.text + (heading.group.empty() ? "" : "/") + heading.group;
      }
    }
    if (!heading.text.empty()) headings.push_back(std::move(heading));
  }
  return headings;
}

Recognised recognise(const std::vector<Heading>& headings, const Words& words, const Mapping& mapping) {
  Recognised recognised;
  Assignment assignment(headings);
  std::vector<HeadingMatch> matches;
  std::vector<Field> ticks = find_ticks(headings, words);
  for (std::size_t i = 0; i < headings.size(); ++i) {
    matches.push_back(match_heading(headings[i], words, mapping));
    const HeadingMatch& match = matches.back();
    if (ticks[i] != Field::ignore && match.strength < 4) {
      assignment.take_tick(i, ticks[i]);
    } else {
      assignment.take(i, match);
    }
  }
  recognised.columns = assignment.finish();
  for (std::size_t i = 0; i < headings.size(); ++i) {
    const Column& column = recognised.columns[i];
    double known = is_elders(column) ? weight(column.field) : matches[i].strength > 0 ? 0.3 : 0;
    if (!column.tick.empty()) {
      bool further = i > 0 && headings[i - 1].group_origin == headings[i].group_origin;
      recognised.score += further ? 0.5 : 1;
      continue;
    }
    recognised.score += matches[i].strength == 1 ? known / 2 : known;
  }
  recognised.named = recognised.score;
  recognised.score += worth_of_groups(headings);
  return recognised;
}

}  // namespace tanfang::ledgers
