#include "ledgers/cell_reading.h"

#include <algorithm>

#include "base/text.h"
#include "ledgers/children_cell.h"
#include "ledgers/disability_cell.h"
#include "ledgers/plain_words.h"
#include "ledgers/welfare_cell.h"

namespace tanfang::ledgers {
namespace {

Said value(std::string json) { return {Said::Kind::value, std::move(json), {}, -1, {}}; }
Said unreadable() { return {Said::Kind::unreadable, {}, {}, -1, {}}; }

std::string quoted(const std::string& text) { return '"' + text + '"'; }

/// The word that a text is; of 是（2人） and 良好（高血压） what stands before the bracket, unless the rest takes it
/// back.
const std::string* find_word(const Words& words, const WordTable& table, const std::string& text) {
  if (const std::string* whole = table.find(plain_answer(text))) return whole;
  std::string closed = compact(text);
  std::size_t bracket = closed.find_first_of("([");
  if (bracket == std::string::npos || bracket == 0) return nullptr;
  if (denies_or_doubts(words, plain_value(closed.substr(bracket)))) return nullptr;
  return table.find(plain_value(closed.substr(0, bracket)));
}

/// A word of the table as the fact's value in JSON, `map` deciding its form.
template <typename Map>
Said word(const Words& words, const WordTable& table, const std::string& text, Map map) {
  const std::string* found = find_word(words, table, text);
  if (found == nullptr || *found == "unclear") return unreadable();
  if (*found == "?") return {};
  return value(map(*found));
}

Said choice(const Words& words, const std::string& table, const std::string& text) {
  return word(words, words.table(table), text, quoted);
}

Said truth(const Words& words, const std::string& table, const std::string& text, bool yes = true) {
  return word(words, words.table(table), text,
              [&](const std::string& found) { return (found == "yes") == yes ? "true" : "false"; });
}

/// Yes or no in a column that has words of its own besides.
Said own_truth(const Words& words, const std::string& table, const std::string& text) {
  Said said = truth(words, table, text);
  return said.kind == Said::Kind::unreadable ? truth(words, "yes_no", text) : said;
}

/// 2.0 is 2; a number below zero or with a fraction counts nothing. False for such a one.
bool mend_number(std::string& text) {
  std::string plain = compact(text);
  std::size_t digits = plain.find_first_not_of("+-");
  if (digits == std::string::npos || digits > 1) return true;
  std::size_t end = plain.find_first_not_of("0123456789", digits);
  if (end == digits) return true;
  std::string fraction = end == std::string::npos ? "" : plain.substr(end);
  bool whole = fraction.empty() || fraction == ".";
  if (!whole && (fraction[0] != '.' || fraction.find_first_not_of("0123456789", 1) != std::string::npos)) return true;
  if (plain[0] == '-') return plain.find_first_not_of("-0.") == std::string::npos;
  if (!whole && fraction.find_first_not_of("0.") != std::string::npos) return false;
  text = plain.substr(digits, end == std::string::npos ? std::string::npos : end - digits);
  return true;
}

Said read_living_with(const Words& words, const std::string& plain) {
  Said said;
  const WordTable& table = words.table("living_with");
  const std::string* whole = table.find(plain);
  if (whole != nullptr) {
    said.values = {*whole};
  } else if (!table.scan(plain, said.values) || said.values.empty()) {
    return unreadable();
  }
  auto holds = [&](std::string_view one) {
    return std::find(said.values.begin(), said.values.end(), one) != said.values.end();
  };
  if (holds("?")) return {};
  // 独居 beside 子女 contradicts itself.
  if (holds("nobody") && said.values.size() > 1) return unreadable();
  if (holds("nobody")) said.values.clear();
  said.kind = Said::Kind::value;
  return said;
}

Said read_destitute(const Words& words, const std::string& plain) {
  const std::string* found = words.table("destitute").find(plain);
  if (found == nullptr || *found == "unclear") return unreadable();
  Said said = value("");
  if (*found != "none") said.values = {"destitute_" + *found};
  return said;
}

Said grade_or_nothing(const GradeSaid& said) { return said.grade > 0 ? value(std::to_string(said.grade)) : Said{}; }

/// In a column for illnesses too, a grade counts as disability only where the cell says so: 高血压二级 is an illness.
Said read_disease_or_disability(const Words& words, const std::string& text) {
  std::string marked = half_width(text);
  for (std::string_view mark : {"、", ",", ";", "/", "+", "和", "\n", "。"}) marked = replaced(marked, mark, "|");
  auto parts = split(marked, '|');
  GradeSaid gravest;
  for (const std::string& part : parts) {
    std::string plain = plain_value(part);
    GradeSaid said = read_grade(words, plain);
    bool alone = parts.size() == 1 && said.whole && said.level;
    bool named = said.kind && said.grade > 0 && (said.whole || said.level) && !denies_or_doubts(words, plain);
    if ((alone || named) && (gravest.grade == 0 || said.grade < gravest.grade)) gravest = said;
  }
  if (gravest.grade > 0) return grade_or_nothing(gravest);
  const std::string* found = words.table("disability_grade").find(plain_value(text));
  return found != nullptr && *found == "none" ? value("0") : Said{};
}

Said read_disability(const Words& words, const std::string& plain) {
  const std::string* found = words.table("disability_grade").find(plain);
  if (found != nullptr) return *found == "none" ? value("0") : unreadable();
  GradeSaid said = read_grade(words, plain);
  bool named = said.kind && said.level && !denies_or_doubts(words, plain);
  return said.whole || named ? grade_or_nothing(said) : unreadable();
}

Said read_claim(const Words& words, Field field, const std::string& plain) {
  if (field == Field::claim_category) {
    Said said = value("");
    bool understood = words.table("claim_category").scan(plain, said.values);
    if (!understood && denies_or_doubts(words, plain)) said.values.clear();
    if (!understood) said.kind = Said::Kind::unreadable;
    return said;
  }
  const std::string* found = words.table(field == Field::claim_tier ? "claim_tier" : "yes_no").find(plain);
  if (found != nullptr || field == Field::claim_tier) return found != nullptr ? value(*found) : unreadable();
  // 独居 in a column headed 独居; 中度 in one headed 失能, 二级 in one headed 重残 say more than yes.
  const std::string* category = words.table("claim_category").find(plain);
  Said said = value("yes");
  if (field == Field::claim_impaired || field == Field::claim_severely_disabled) {
    bool ability = field == Field::claim_impaired;
    said.fact = ability ? choice(words, "ability", plain).value : read_disability(words, plain).value;
    if (ability && said.fact == "\"intact\"") said.value = "no";
    if (!said.fact.empty()) return said;
  }
  bool itself = category != nullptr && to_text(field) == "claim." + *category;
  return itself ? said : unreadable();
}

}  // namespace

bool is_read_from_words(Field field) {
  return field >= Field::hukou_kind && field != Field::hukou_area && field != Field::health_note &&
         field != Field::disability_note;
}

Said read_corrected(const Words& words, Field field, const std::string& given) {
  if (given == "unknown") return {};
  auto list = [&](const std::string& table, std::string_view nothing) {
    Said said = value("");
    for (std::string& one : split(given, ',')) {
      if (!words.table(table).gives(one)) return unreadable();
      if (one != nothing) said.values.push_back(std::move(one));
    }
    return said;
  };
  auto one_of = [&](const std::string& table) {
    return words.table(table).gives(given) ? value(quoted(given)) : unreadable();
  };
  switch (field) {
    case Field::hukou_kind:
      return one_of("hukou_kind");
    case Field::residence_kind:
      return one_of("residence_kind");
    case Field::ability:
      return one_of("ability");
    case Field::physical_health:
    case Field::mental_health:
      return one_of("health");
    case Field::living_with:
      return list("living_with", "nobody");
    case Field::welfare:
      return list("welfare", "nothing");
    case Field::welfare_destitute:
      return list("welfare", "nothing");
    case Field::claim_category:
      return list("claim_category", "");
    case Field::claim_tier:
      return value(given);
    case Field::disability_grade:
    case Field::disease_or_disability:
      return given.size() == 1 && given[0] >= '0' && given[0] <= '4' ? value(given) : unreadable();
    case Field::children:
    case Field::children_count:
    case Field::children_lives_in: {
      if (int count = count_in(given); count >= 0) return {Said::Kind::value, {}, {}, count, {}};
      if (given == "no_children") return {Said::Kind::value, {}, {}, 0, {}};
      if (!words.table("children_place").gives(given)) return unreadable();
      return {Said::Kind::value, {}, {}, -1, {{0, given}}};
    }
    default:
      break;
  }
  if (field >= Field::claim_category) return given == "yes" || given == "no" ? value(given) : unreadable();
  return given == "true" || given == "false" ? value(given) : unreadable();
}

Said read_cell(const Words& words, Field field, const std::string& written) {
  std::string text = written;
  if (!mend_number(text)) return unreadable();
  std::string plain = plain_answer(text);
  switch (field) {
    case Field::hukou_kind:
      return choice(words, "hukou_kind", text);
    case Field::residence_kind:
      return choice(words, "residence_kind", text);
    case Field::ability:
      return choice(words, "ability", text);
    case Field::physical_health:
    case Field::mental_health: {
      Said said = choice(words, "health", text);
      if (said.kind == Said::Kind::unreadable) said.kind = Said::Kind::nothing;  // an illness: a note on health
      return said;
    }
    case Field::has_spouse:
      return truth(words, "has_spouse", text);
    case Field::hukou_place_left:
    case Field::mobility_good:
    case Field::ability_to_work:
      return truth(words, "yes_no", text, false);
    case Field::lives_at_hukou_place:
      return own_truth(words, "lives_at_hukou_place", text);
    case Field::welfare_low_income:
      return own_truth(words, "low_income", text);
    case Field::children_away_half_year:
    case Field::children_away:
      return own_truth(words, "away", text);
    case Field::living_with:
      return read_living_with(words, plain);
    case Field::welfare:
      return read_welfare(words, text);
    case Field::welfare_destitute:
      return read_destitute(words, plain);
    case Field::children:
    case Field::children_count:
    case Field::children_lives_in:
      return read_children(words, field, text);
    case Field::disability_grade:
      return read_disability(words, plain);
    case Field::disease_or_disability:
      return read_disease_or_disability(words, text);
    case Field::special_family: {
      Said said = truth(words, "yes_no", text);
      bool denied =
          plain.starts_with("非") || plain.starts_with("不") || plain.starts_with("未") || plain.starts_with("无");
      for (std::string_view kind : {"失独", "伤残", "死亡", "特殊家庭", "特扶"}) {
        if (!denied && plain.find(kind) != std::string::npos) return value("true");
      }
      return said;
    }
    default:
      break;
  }
  if (field >= Field::claim_category) return read_claim(words, field, plain);
  return truth(words, "yes_no", text);
}

}  // namespace tanfang::ledgers
