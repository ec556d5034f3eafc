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
