#include "ledgers/tick_groups.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "ledgers/cell_reading.h"
#include "ledgers/children_cell.h"
#include "ledgers/plain_words.h"

namespace tanfang::ledgers {
namespace {

/// What a group's name asks when values stand below it: 失能 over 轻度 | 中度 asks how much, not whether.
Field asked_by(const HeadingMatch& group) {
  if (!group.role.empty() || group.strength == 0) return Field::ignore;
  switch (group.field) {
    case Field::claim_impaired:
      return Field::ability;
    case Field::claim_severely_disabled:
    case Field::disability_note:
      return Field::disability_grade;
    case Field::hukou_area:
      return Field::hukou_kind;
    case Field::area_path:
      return Field::residence_kind;
    default:
      return is_read_from_words(group.field) && group.field != Field::own_fact ? group.field : Field::ignore;
  }
}

bool is_set(Field field) {
  return field == Field::living_with || field == Field::welfare || field == Field::welfare_destitute ||
         field == Field::claim_category;
}

bool is_answer(const Words& words, Field field, const Heading& heading) {
  std::string plain = plain_value(heading.text);
  if (plain.find_first_not_of("0123456789") == std::string::npos) return false;  // columns numbered below the headings
  HeadingMatch own = words.headings().match(heading.text, heading.group);
  bool identity = own.strength == 3 && own.field != Field::ignore && own.field < Field::hukou_kind;
  bool says_more = field == Field::claim_category && own.strength == 3;
  if (identity || says_more || !own.role.empty()) return false;
  Said said = read_cell(words, field, heading.text);
  if (said.kind != Said::Kind::value) return false;
  return field != Field::claim_category || !said.values.empty();
}

}  // namespace

std::vector<Field> find_ticks(const std::vector<Heading>& headings, const Words& words) {
  std::vector<Field> fields(headings.size(), Field::ignore);
  for (std::size_t first = 0; first < headings.size();) {
    std::size_t end = first + 1;
    while (end < headings.size() && headings[first].group_origin >= 0 &&
           headings[end].group_origin == headings[first].group_origin) {
      ++end;
    }
    if (end - first > 1) {
      const std::string& group = headings[first].group;
      Field field = asked_by(words.headings().match(group.substr(group.rfind('/') + 1), ""));
      for (std::size_t i = first; i < end && field != Field::ignore; ++i) {
        if (is_answer(words, field, headings[i])) fields[i] = field;
      }
    }
    first = end;
  }
  return fields;
}

Said read_tick(const Words& words, const Column& column, const std::string& text) {
  Said meant = read_cell(words, column.field, column.tick);
  std::string plain = plain_answer(text);
  if (meant.places.size() == 1) {
    int count = count_in(plain);
    if (count == 0) return {};
    if (count > 1) meant.places[0].first = count;
    if (count > 0) return meant;
  }
  const std::string* answer = words.table("yes_no").find(plain);
  if (answer != nullptr) return *answer == "yes" ? meant : Said{};
  if (plain == plain_value(column.tick)) return meant;
  return read_cell(words, column.field, text);
}

void add_tick(Said& sum, const Said& said, Field field) {
  if (said.kind == Said::Kind::nothing) return;
  if (sum.kind == Said::Kind::nothing) {
    sum = said;
    return;
  }
  bool both = sum.kind == Said::Kind::value && said.kind == Said::Kind::value;
  if (both && is_set(field) && !sum.values.empty() && !said.values.empty()) {
    sum.values.insert(sum.values.end(), said.values.begin(), said.values.end());
  } else if (both && !sum.places.empty() && !said.places.empty()) {
    sum.places.insert(sum.places.end(), said.places.begin(), said.places.end());
  } else if (!both || is_set(field) || sum.value != said.value || sum.count != said.count) {
    sum = {Said::Kind::unreadable, {}, {}, -1, {}};
  }
}

}  // namespace tanfang::ledgers
