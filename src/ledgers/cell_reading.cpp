#include "ledgers/cell_reading.h"

#include <algorithm>

#include "base/text.h"
#include "ledgers/plain_words.h"

namespace tanfang::ledgers {
namespace {

constexpr int kMostChildren = 20;

Said value(std::string json) { return {Said::Kind::value, std::move(json), {}, -1, {}}; }
Said unreadable() { return {Said::Kind::unreadable, {}, {}, -1, {}}; }

std::string quoted(const std::string& text) { return '"' + text + '"'; }

/// A word of the table as the fact's value in JSON, `map` deciding its form.
template <typename Map>
Said word(const WordTable& table, const std::string& plain, Map map) {
  const std::string* found = table.find(plain);
  if (found == nullptr || *found == "unclear") return unreadable();
  if (*found == "?") return {};
  return value(map(*found));
}

Said choice(const Words& words, const std::string& table, const std::string& plain) {
  return word(words.table(table), plain, quoted);
}

Said truth(const Words& words, const std::string& table, const std::string& plain, bool yes = true) {
  return word(words.table(table), plain,
              [&](const std::string& found) { return (found == "yes") == yes ? "true" : "false"; });
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

Said read_welfare(const Words& words, const std::string& text) {
  const WordTable& table = words.table("welfare");
  std::string plain = plain_value(text);
  Said said;
  const std::string* whole = table.find(plain);
  bool understood = true;
  if (whole != nullptr) {
    said.values = {*whole};
  } else {
    understood = table.scan(plain, said.values);
  }
  auto drop = [&](std::string_view one) { return std::erase(said.values, std::string(one)) > 0; };
  bool open = drop("?");
  if (drop("unclear")) understood = said.values.empty() ? false : understood;
  bool nothing = drop("nothing");
  if (said.values.empty() && open && understood) return {};
  if (said.values.empty() && !(nothing && understood)) return unreadable();
  said.kind = understood ? Said::Kind::value : Said::Kind::unreadable;
  return said;
}

Said read_destitute(const Words& words, const std::string& plain) {
  const std::string* found = words.table("destitute").find(plain);
  if (found == nullptr || *found == "unclear") return unreadable();
  Said said = value("");
  if (*found != "none") said.values = {"destitute_" + *found};
  return said;
}

/// One cell's say on children: a number, where they live, or that there are none. `1人同镇，2人县外` gives both.
Said read_children(const Words& words, Field field, const std::string& text) {
  const WordTable& table = words.table("children_place");
  std::string plain = plain_value(text);
  if (field == Field::children_count && count_in(plain) >= 0) return {Said::Kind::value, {}, {}, count_in(plain), {}};
  if (const std::string* whole = table.find(plain)) {
    if (*whole == "no_children") return {Said::Kind::value, {}, {}, 0, {}};
    if (*whole == "?") return {Said::Kind::value, "some", {}, -1, {}};
    return {Said::Kind::value, {}, {}, -1, {{0, *whole}}};
  }
  if (int count = count_in(plain); count >= 0) return {Said::Kind::value, {}, {}, count, {}};
  std::string marked = half_width(text);
  for (std::string_view mark : {"、", ",", ";", "/", "和", " ", "\n", "。"}) marked = replaced(marked, mark, "|");
  Said said = value("");
  for (const std::string& part : split(marked, '|')) {
    std::string rest = plain_value(part);
    if (rest.empty()) continue;
    std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    int count = digits > 0 && digits <= 2 ? std::stoi(rest.substr(0, digits)) : 0;
    rest.erase(0, digits);
    for (std::string_view unit : {"个", "人", "名", "子女", "在"}) {
      if (rest.starts_with(unit)) rest.erase(0, unit.size());
    }
    std::size_t last = rest.find_last_not_of("0123456789");
    for (std::string_view unit : {"个", "人", "名"}) {
      if (!rest.ends_with(unit)) continue;
      std::string number = rest.substr(0, rest.size() - unit.size());
      last = number.find_last_not_of("0123456789");
      if (last == std::string::npos || last + 1 >= number.size()) break;
      count = std::stoi(number.substr(last + 1).substr(0, 2));
      rest = number.substr(0, last + 1);
      break;
    }
    const std::string* place = table.find(rest);
    if (place == nullptr || *place == "no_children" || *place == "?") return unreadable();
    said.places.emplace_back(count, *place);
  }
  return said.places.empty() ? unreadable() : said;
}

Said read_disability(const Words& words, Field field, const std::string& plain) {
  if (int grade = disability_grade_in(plain); grade > 0) {
    bool mixed = field == Field::disease_or_disability;
    // In a column for illnesses too, a grade counts as disability only where the cell says so: 高血压二级 is an
    // illness.
    std::size_t at = plain.find("级");
    if (!mixed || plain.find("残") != std::string::npos ||
        words.is_disability_kind(plain.substr(0, at < 3 ? 0 : at - 3))) {
      return value(std::to_string(grade));
    }
    return {};
  }
  const std::string* found = words.table("disability_grade").find(plain);
  if (found != nullptr && *found == "none") return value("0");
  return field == Field::disease_or_disability ? Said{} : unreadable();
}

Said read_claim(const Words& words, Field field, const std::string& plain) {
  if (field == Field::claim_tier) {
    const std::string* found = words.table("claim_tier").find(plain);
    return found != nullptr ? value(*found) : Said{};
  }
  if (field == Field::claim_category) {
    Said said = value("");
    words.table("claim_category").scan(plain, said.values);
    return said;
  }
  const std::string* found = words.table("yes_no").find(plain);
  return found != nullptr ? value(*found) : Said{};
}

}  // namespace

int disability_grade_in(const std::string& plain) {
  constexpr std::pair<std::string_view, int> kGrades[] = {
      {"一级", 1}, {"二级", 2}, {"三级", 3}, {"四级", 4}, {"壹级", 1}, {"贰级", 2}, {"叁级", 3},
      {"肆级", 4}, {"1级", 1},  {"2级", 2},  {"3级", 3},  {"4级", 4},  {"ⅰ级", 1},  {"ⅱ级", 2},
      {"ⅲ级", 3},  {"ⅳ级", 4},  {"Ⅰ级", 1},  {"Ⅱ级", 2},  {"Ⅲ级", 3},  {"Ⅳ级", 4}};
  constexpr std::pair<std::string_view, int> kWhole[] = {{"1", 1},  {"2", 2},  {"3", 3},  {"4", 4},
                                                         {"一", 1}, {"二", 2}, {"三", 3}, {"四", 4},
                                                         {"壹", 1}, {"贰", 2}, {"叁", 3}, {"肆", 4}};
  for (const auto& [text, grade] : kWhole) {
    if (plain == text) return grade;
  }
  int most = 0;  // the gravest of several
  for (const auto& [text, grade] : kGrades) {
    std::size_t at = plain.find(text);
    if (at == std::string::npos) continue;
    bool part_of_a_number = at > 0 && plain[at - 1] >= '0' && plain[at - 1] <= '9';
    if (!part_of_a_number && (most == 0 || grade < most)) most = grade;
  }
  return most;
}

int count_in(const std::string& plain) {
  constexpr std::u32string_view kDigits = U"零一二三四五六七八九十";
  constexpr std::u32string_view kUnits = U"个人名子女儿男孩位的共有";
  int total = 0;
  int pending = -1;
  bool any = false;
  for (char32_t c : code_points(plain)) {
    std::size_t digit = kDigits.find(c);
    if (c >= U'0' && c <= U'9') {
      pending = std::max(pending, 0) * 10 + static_cast<int>(c - U'0');
    } else if (c == U'两' || digit != std::u32string_view::npos) {
      pending = c == U'两' ? 2 : static_cast<int>(digit);
    } else if (c == U'独') {
      pending = 1;
    } else if (kUnits.find(c) == std::u32string_view::npos) {
      return -1;
    } else if (pending >= 0) {
      total += pending;
      pending = -1;
      any = true;
    }
    if (pending > kMostChildren || total > kMostChildren) return -1;
  }
  if (pending >= 0) total += pending;
  return any || pending >= 0 ? total : -1;
}

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

Said read_cell(const Words& words, Field field, const std::string& text) {
  std::string plain = plain_value(text);
  switch (field) {
    case Field::hukou_kind:
      return choice(words, "hukou_kind", plain);
    case Field::residence_kind:
      return choice(words, "residence_kind", plain);
    case Field::ability:
      return choice(words, "ability", plain);
    case Field::physical_health:
    case Field::mental_health: {
      Said said = choice(words, "health", plain);
      if (said.kind == Said::Kind::unreadable) said.kind = Said::Kind::nothing;  // an illness: a note on health
      return said;
    }
    case Field::has_spouse:
      return truth(words, "has_spouse", plain);
    case Field::hukou_place_left:
    case Field::mobility_good:
    case Field::ability_to_work:
      return truth(words, "yes_no", plain, false);
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
    case Field::disease_or_disability:
      return read_disability(words, field, plain);
    case Field::special_family: {
      Said said = truth(words, "yes_no", plain);
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
  return truth(words, "yes_no", plain);
}

}  // namespace tanfang::ledgers
