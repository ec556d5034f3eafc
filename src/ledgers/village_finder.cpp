#include "ledgers/village_finder.h"

#include <algorithm>
#include <array>

#include "base/area_code.h"
#include "base/text.h"
#include "ledgers/plain_words.h"

namespace tanfang::ledgers {
namespace {

using registry::AreaMatch;
using Kind = AreaMatch::Kind;

constexpr std::size_t kMostRemembered = 20'000;
constexpr std::size_t kLongestTown = 4;   // code points of a town's name written short
constexpr std::size_t kLongestName = 40;  // code points tried as a name at the beginning of an address

/// Levels written with marks between them: 临淄区/齐都镇/西关村.
std::string without_separators(std::string_view text) {
  std::string plain = compact(text);
  for (std::string_view mark : {"/", "\\", "-", ">", "|", "—", "·", ",", ";", "、", "_"})
    plain = replaced(plain, mark, "");
  return plain;
}

/// 四组12号 behind a village's name is a place inside it.
bool begins_with_group(std::string_view rest) {
  constexpr std::array<std::string_view, 14> kNumbers = {"一", "二", "三", "四", "五", "六", "七",
                                                         "八", "九", "十", "第", "东", "(",  "甲"};
  if (rest.empty()) return true;
  if (rest[0] >= '0' && rest[0] <= '9') return true;
  bool numbered = std::any_of(kNumbers.begin(), kNumbers.end(), [&](auto number) { return rest.starts_with(number); });
  return numbered && (rest.find("组") != std::string_view::npos || rest.find("队") != std::string_view::npos ||
                      rest.find("社") != std::string_view::npos || rest.find("屯") != std::string_view::npos ||
                      rest.find("号") != std::string_view::npos);
}

/// Behind 村名：, 填报单位（盖章）：, 一、, （一）, 1. stands the name.
std::string without_numbering(std::string text) {
  std::string half = half_width(text);
  if (std::size_t colon = half.find(':'); colon != std::string::npos && colon + 1 < half.size()) {
    return half.substr(colon + 1);
  }
  if (half.ends_with(":")) half.pop_back();
  constexpr std::u32string_view kNumbers = U"0123456789一二三四五六七八九十第()、.,:";
  auto read = code_points(half);
  std::u32string points(read.begin(), read.end());
  std::size_t mark = points.find_first_of(U"、.)");
  if (mark == std::u32string::npos || mark > 5 || mark + 1 >= points.size()) return half;
  for (std::size_t i = 0; i < mark; ++i) {
    if (kNumbers.find(points[i]) == std::u32string_view::npos) return half;
  }
  std::string name;
  for (char32_t c : points.substr(mark + 1)) append_utf8(name, c);
  return name;
}

bool ends_like_a_village(std::string_view name) {
  constexpr std::array<std::string_view, 6> kEnds = {"村", "社区", "村委会", "居委会", "村民委员会", "居民委员会"};
  return std::any_of(kEnds.begin(), kEnds.end(), [&](auto end) { return name.ends_with(end); });
}

}  // namespace

VillageFinder::VillageFinder(registry::AreaIndex index, std::string area)
    : index_(std::move(index)), area_(std::move(area)) {}

bool VillageFinder::is_village(std::string_view text) const {
  return index_.find_village(area_, text).kind != Kind::unknown;
}

std::string VillageFinder::inside_county(std::string text) const {
  for (std::size_t digits : {2u, 4u, 6u}) {
    const registry::Area* area =
        area_.size() >= digits ? index_.find(std::string_view(area_).substr(0, digits)) : nullptr;
    if (area != nullptr && text.starts_with(area->name) && text.size() > area->name.size())
      text.erase(0, area->name.size());
  }
  return text;
}

AreaMatch VillageFinder::by_name(const std::string& text, const std::string& town) const {
  AreaMatch match = index_.find_village(area_, text, town);
  if (match.kind != Kind::unknown || ends_like_a_village(text)) return match;
  // A name without its last word: 西关 for 西关村 or 西关社区, where there is but one.
  for (std::string_view end : {"村", "社区"}) {
    AreaMatch longer = index_.find_village(area_, text + std::string(end), town);
    if (longer.kind == Kind::unknown) continue;
    if (match.kind != Kind::unknown) return {Kind::ambiguous, ""};
    match = longer;
  }
  return match;
}

/// 白龙塔村（原大坪村）, 白龙塔行政村, 西苑居委会 for 西苑社区, 玉蟾白龙塔村 with the town's short name in front.
AreaMatch VillageFinder::by_other_form(const std::string& text, const std::string& town) const {
  std::string plain = text.substr(0, text.find_first_of("(["));
  for (std::string_view office : {"街道办事处", "街道办"}) plain = replaced(plain, office, "街道");
  for (std::string_view mark : {"镇人民政府", "镇政府"}) plain = replaced(plain, mark, "镇");
  if (plain.ends_with("行政村")) plain = replaced(plain, "行政村", "村");
  if (plain.empty()) return {};
  if (plain != text) {
    AreaMatch match = by_name(plain, town);
    if (match.kind != Kind::unknown) return match;
  }
  for (std::string_view committee : {"社区居委会", "居民委员会", "居委会", "社区"}) {
    if (!plain.ends_with(committee) || plain.size() == committee.size()) continue;
    std::string name = plain.substr(0, plain.size() - committee.size());
    for (std::string_view end : {"社区", "社区居", "居"}) {
      AreaMatch match = index_.find_village(area_, name + std::string(end), town);
      if (match.kind != Kind::unknown) return match;
    }
  }
  std::string beginning;
  for (char32_t c : code_points(plain)) {
    append_utf8(beginning, c);
    if (length_of(beginning) > kLongestTown) break;
    if (length_of(beginning) < 2 || beginning.size() == plain.size()) continue;
    if (index_.find_town(area_, beginning).kind != Kind::found) continue;
    AreaMatch match = index_.find_village(area_, plain.substr(beginning.size()), beginning);
    if (match.kind != Kind::unknown) return match;
  }
  return {};
}

AreaMatch VillageFinder::by_beginning(const std::string& text, const std::string& town, bool any_rest) const {
  auto points = code_points(text);
  std::string beginning;
  std::vector<std::size_t> ends;
  for (char32_t c : points) {
    append_utf8(beginning, c);
    ends.push_back(beginning.size());
    if (ends.size() == kLongestName) break;
  }
  for (auto end = ends.rbegin(); end != ends.rend() && *end > 3; ++end) {
    std::string name = text.substr(0, *end);
    std::string_view rest = std::string_view(text).substr(*end);
    bool may_end = begins_with_group(rest) || (any_rest && ends_like_a_village(name));
    if (!may_end) continue;
    AreaMatch match = index_.find_village(area_, name, town);
    if (match.kind != Kind::unknown) return match;
  }
  return {};
}

std::string VillageFinder::section_named(std::string_view text) const {
  std::string name = without_numbering(compact(text));
  name = name.substr(0, name.find_first_of("(["));
  if (name.empty()) return {};
  return find_village_of(name).empty() ? std::string() : name;
}

std::string VillageFinder::village_of_title(std::string_view text) const {
  std::string name = without_numbering(compact(text));
  if (name.empty()) return {};
  if (std::string found = find_village_of(name); !found.empty()) return found;
  AreaMatch match = by_beginning(inside_county(without_separators(name)), "", true);
  return match.kind == Kind::found ? match.code : std::string();
}

std::string VillageFinder::find_village_of(const std::string& name) const {
  WrittenPlace place;
  place.village = name;
  AreaMatch match = look_up(place);
  if (match.kind == Kind::found && match.code.size() == 12) return match.code;
  return match.kind == Kind::ambiguous ? name : std::string();
}

AreaMatch VillageFinder::look_up(const WrittenPlace& place) const {
  // A town that the area has not cannot narrow the search.
  std::string town = inside_county(without_separators(place.town));
  if (town.empty() && !place.village.empty()) town = inside_county(without_separators(place.path));
  if (!town.empty() && index_.find_town(area_, town).kind != Kind::found) town.clear();
  for (const std::string* written : {&place.village, &place.path}) {
    if (written->empty()) continue;
    std::string text = inside_county(without_separators(*written));
    AreaMatch match = by_name(text, town);
    if (match.kind == Kind::unknown) match = by_beginning(text, town, written == &place.path);
    if (match.kind == Kind::unknown) match = by_other_form(text, town);
    if (match.kind != Kind::unknown || written == &place.village) return match;
  }
  if (!place.address.empty()) {
    AreaMatch match = by_beginning(inside_county(without_separators(place.address)), town, true);
    if (match.kind != Kind::unknown) return match;
  }
  if (area_.size() == 12 && place.village.empty() && place.path.empty()) return {Kind::found, area_};
  return {};
}

const AreaMatch& VillageFinder::find(const WrittenPlace& place) {
  bool by_address = place.village.empty() && place.path.empty();
  std::string key = place.village + '\n' + place.town + '\n' + place.path + '\n' + (by_address ? place.address : "");
  auto known = found_.find(key);
  if (known != found_.end()) return known->second;
  if (found_.size() >= kMostRemembered) found_.clear();
  return found_[key] = look_up(place);
}

std::string VillageFinder::look_up_hukou(const std::string& written) const {
  std::string text = without_separators(written);
  if (is_area_code(text)) return text;
  AreaMatch match = by_name(inside_county(text), "");
  if (match.kind == Kind::unknown) match = by_beginning(inside_county(text), "", true);
  if (match.kind == Kind::found) return match.code;
  for (std::size_t digits : {6u, 4u}) {
    const registry::Area* area = index_.find(std::string_view(area_).substr(0, digits));
    if (area == nullptr || digits > area_.size()) continue;
    if (digits == 6 && text.find(area->name) != std::string::npos) return area->code;
    if (digits == 4 && text.ends_with(area->name))
      return area->code;  // 淄博市 alone; a county behind it may be another
  }
  return {};
}

std::string VillageFinder::hukou_code(const std::string& written) {
  auto known = hukou_.find(written);
  if (known != hukou_.end()) return known->second;
  if (hukou_.size() >= kMostRemembered) hukou_.clear();
  return hukou_[written] = look_up_hukou(written);
}

}  // namespace tanfang::ledgers
