#include "ledgers/children_cell.h"

#include <algorithm>

#include "base/text.h"
#include "ledgers/plain_words.h"

namespace tanfang::ledgers {
namespace {

constexpr int kMostChildren = 20;
constexpr std::u32string_view kDigits = U"零一二三四五六七八九十";
constexpr std::u32string_view kFormal = U"零壹贰叁肆伍陆柒捌玖拾";
constexpr std::u32string_view kUnits = U"个人名子女儿男孩位的共有";

Said of_count(int count) { return {Said::Kind::value, {}, {}, count, {}}; }
Said unreadable() { return {Said::Kind::unreadable, {}, {}, -1, {}}; }

bool counts(char32_t c) {
  return (c >= U'0' && c <= U'9') || c == U'两' || c == U'独' || kDigits.find(c) != std::u32string_view::npos ||
         kFormal.find(c) != std::u32string_view::npos || kUnits.find(c) != std::u32string_view::npos;
}

/// Takes `一子`, `2人`, `子女` off the beginning; what follows says where.
int take_count(std::string& rest) {
  std::string number;
  std::string behind;
  for (char32_t c : code_points(rest)) append_utf8(behind.empty() && counts(c) ? number : behind, c);
  rest = behind;
  return std::max(count_in(number), 0);
}

/// 县外2人.
int take_count_behind(std::string& rest) {
  for (std::string_view unit : {"个", "人", "名"}) {
    if (!rest.ends_with(unit)) continue;
    std::string number = rest.substr(0, rest.size() - unit.size());
    std::size_t last = number.find_last_not_of("0123456789");
    if (last == std::string::npos || last + 1 >= number.size()) return 0;
    rest = number.substr(0, last + 1);
    return std::stoi(number.substr(last + 1).substr(0, 2));
  }
  return 0;
}

/// The code that a province's or city's name begins with: 广东省深圳市宝安区.
std::string code_of_place(const Words& words, std::string_view plain) {
  const WordTable& table = words.table("far_place");
  std::string code;
  const std::string* found = nullptr;
  while (std::size_t length = table.word_at(plain, found)) {
    if (found->size() > code.size()) code = *found;
    plain.remove_prefix(length);
  }
  return code;
}

bool add_part(const Words& words, std::string rest, Said& said, int& total) {
  const WordTable& table = words.table("children_place");
  int count = 0;
  if (table.find(rest) == nullptr) {
    count = take_count(rest);
    if (rest.empty()) {
      if (count == 0 || (total > 0 && total != count)) return false;
      total = count;
      return true;
    }
    for (std::string_view joint : {"全部", "均", "都", "全", "皆", "现", "居住", "住", "在", "于"}) {
      if (rest.starts_with(joint) && table.find(rest) == nullptr) rest.erase(0, joint.size());
    }
    if (int behind = take_count_behind(rest); behind > 0) count = behind;
  }
  const std::string* place = table.find(rest);
  std::string far = place == nullptr ? code_of_place(words, rest) : "";
  if (far.empty() && (place == nullptr || *place == "no_children" || *place == "?")) return false;
  std::pair<int, std::string> one{count, far.empty() ? *place : "@" + far};
  // 县外（广东） says it twice.
  bool again = count == 0 && !said.places.empty() && said.places.back().first == 0 &&
               (said.places.back().second == one.second || (!far.empty() && said.places.back().second == "elsewhere"));
  if (!again) said.places.push_back(std::move(one));
  return true;
}

}  // namespace

int count_in(const std::string& plain) {
  int total = 0;
  int pending = -1;
  bool any = false;
  for (char32_t c : code_points(plain)) {
    std::size_t digit = std::min(kDigits.find(c), kFormal.find(c));
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

Said read_children(const Words& words, Field field, const std::string& text) {
  const WordTable& table = words.table("children_place");
  std::string plain = plain_value(text);
  bool split_up = half_width(text).find('(') != std::string::npos;
  if (field == Field::children_count && !split_up && count_in(plain) >= 0) return of_count(count_in(plain));
  if (const std::string* whole = table.find(plain)) {
    if (*whole == "no_children") return of_count(0);
    if (*whole == "?") return {Said::Kind::value, "some", {}, -1, {}};
    return {Said::Kind::value, {}, {}, -1, {{0, *whole}}};
  }
  if (int count = count_in(plain); count >= 0 && !split_up) return of_count(count);
  std::string marked = half_width(text);
  for (std::string_view mark : {"、", ",", ";", "/", "和", " ", "\n", "。", "(", ")", "（", "）"}) {
    marked = replaced(marked, mark, "|");
  }
  Said said{Said::Kind::value, {}, {}, -1, {}};
  int total = 0;
  for (const std::string& part : split(marked, '|')) {
    std::string one = plain_value(part);
    if (!one.empty() && !add_part(words, one, said, total)) return unreadable();
  }
  if (total > 0) said.count = total;
  return said.places.empty() && total == 0 ? unreadable() : said;
}

std::string place_seen_from(const std::string& area, const std::string& place) {
  if (!place.starts_with("@")) return place;
  return area.empty() || area.starts_with(place.substr(1)) ? std::string() : "elsewhere";
}

Said children_in(const std::string& area, const std::string& code) {
  constexpr std::size_t kTown = 9;
  if (code.size() < kTown || area.size() < kTown) return unreadable();
  bool near = area.substr(0, kTown) == code.substr(0, kTown);
  return {Said::Kind::value, {}, {}, -1, {{0, near ? "same_town" : "same_county"}}};
}

}  // namespace tanfang::ledgers
