// Finding the code of a written village or town.
#include <algorithm>
#include <unordered_map>

#include "base/area_code.h"
#include "base/text.h"
#include "registry/area_file.h"
#include "registry/area_names.h"
#include "registry/areas_store.h"

namespace tanfang::registry {

struct AreaIndex::Content {
  std::vector<Area> areas;  // by code
  // Positions in `areas`, by plain name; towns also under their short name.
  std::unordered_multimap<std::string, std::size_t> villages;
  std::unordered_multimap<std::string, std::size_t> towns;

  /// The positions of codes that begin with `prefix`, as [first, last).
  std::pair<std::size_t, std::size_t> range(std::string_view prefix) const {
    auto first = std::lower_bound(areas.begin(), areas.end(), prefix,
                                  [](const Area& area, std::string_view code) { return area.code < code; });
    auto last =
        std::partition_point(first, areas.end(), [&](const Area& area) { return area.code.starts_with(prefix); });
    return {static_cast<std::size_t>(first - areas.begin()), static_cast<std::size_t>(last - areas.begin())};
  }
};

namespace {

AreaMatch match_of(const std::vector<std::string>& codes) {
  if (codes.empty()) return {};
  if (codes.size() > 1) return {AreaMatch::Kind::ambiguous, ""};
  return {AreaMatch::Kind::found, codes.front()};
}

using Names = std::unordered_multimap<std::string, std::size_t>;

/// Codes of that name inside `area`, each once.
std::vector<std::string> named(const std::vector<Area>& areas, const Names& names, const std::string& name,
                               std::string_view area) {
  std::vector<std::string> codes;
  auto [first, last] = names.equal_range(name);
  for (; first != last; ++first) {
    const std::string& code = areas[first->second].code;
    bool known = std::find(codes.begin(), codes.end(), code) != codes.end();
    if (code.starts_with(area) && !known) codes.push_back(code);
  }
  return codes;
}

/// The part of `written` behind `name`, or empty where it is not in it or ends it.
std::string behind(const std::string& written, const std::string& name) {
  std::size_t at = written.find(name);
  return at == std::string::npos ? "" : written.substr(at + name.size());
}

/// Codes that begin with `within`, or that lie above it.
bool belongs(std::string_view code, std::string_view within) {
  return code.starts_with(within) || within.starts_with(code);
}

}  // namespace

AreaIndex AreaIndex::from_areas(std::vector<Area> areas) {
  auto content = std::make_shared<Content>();
  content->areas = std::move(areas);
  std::sort(content->areas.begin(), content->areas.end(),
            [](const Area& left, const Area& right) { return left.code < right.code; });
  for (std::size_t i = 0; i < content->areas.size(); ++i) {
    const Area& area = content->areas[i];
    if (area.code.size() == 12) content->villages.emplace(plain_area_name(area.name), i);
    if (area.code.size() != 9) continue;
    std::string plain = plain_town_name(area.name);
    std::string brief = short_town_name(plain);
    content->towns.emplace(plain, i);
    if (brief != plain) content->towns.emplace(brief, i);
  }
  AreaIndex index;
  index.content_ = std::move(content);
  return index;
}

AreaIndex AreaIndex::from_csv(const std::string& path, std::string_view within) {
  return from_areas(read_area_file(path, [&](std::string_view code) { return belongs(code, within); }));
}

AreaIndex AreaIndex::from_table(db::Session& session, std::string_view within, Date on) {
  return from_areas(load_areas(session, within, on));
}

AreaMatch AreaIndex::find_town(std::string_view area, std::string_view written) const {
  std::string text = plain_town_name(written);
  if (text.size() == 9 && is_area_code(text) && text.starts_with(area) && find(text)) {
    return {AreaMatch::Kind::found, text};
  }
  return match_of(named(content_->areas, content_->towns, text, area));
}

AreaMatch AreaIndex::find_village(std::string_view area, std::string_view written, std::string_view town) const {
  const std::vector<Area>& areas = content_->areas;
  std::string text = plain_area_name(written);
  if (text.size() == 12 && is_area_code(text) && text.starts_with(area) && find(text)) {
    return {AreaMatch::Kind::found, text};
  }
  std::vector<std::string> scopes{std::string(area)};
  if (!town.empty() && area.size() < 9) {
    scopes = named(areas, content_->towns, plain_town_name(town), area);
  }
  std::vector<std::string> codes;
  for (const std::string& scope : scopes) {
    std::vector<std::string> found = named(areas, content_->villages, text, scope);
    codes.insert(codes.end(), found.begin(), found.end());
  }
  if (!codes.empty()) return match_of(codes);
  // 泸县兆雅镇大寨村: what stands behind the name of one of the towns.
  auto [first, last] = content_->range(area.substr(0, 9));
  for (std::size_t i = first; i < last; ++i) {
    if (areas[i].code.size() != 9) continue;
    std::string village = behind(text, plain_town_name(areas[i].name));
    if (village.empty()) continue;
    std::string_view scope = area.size() > 9 ? area : std::string_view(areas[i].code);
    std::vector<std::string> found = named(areas, content_->villages, plain_area_name(village), scope);
    codes.insert(codes.end(), found.begin(), found.end());
  }
  return match_of(codes);
}

const Area* AreaIndex::find(std::string_view code) const {
  auto [first, last] = content_->range(code);
  return first < last && content_->areas[first].code == code ? &content_->areas[first] : nullptr;
}

std::vector<Area> AreaIndex::below(std::string_view area, int level) const {
  auto [first, last] = content_->range(area);
  std::vector<Area> found;
  for (std::size_t i = first; i < last; ++i) {
    const std::string& code = content_->areas[i].code;
    if (code.size() > area.size() && (level == 0 || code.size() == static_cast<std::size_t>(level))) {
      found.push_back(content_->areas[i]);
    }
  }
  return found;
}

std::string AreaIndex::full_name(std::string_view code, int from_level) const {
  std::string name;
  for (std::size_t digits : {2u, 4u, 6u, 9u, 12u}) {
    if (digits < static_cast<std::size_t>(from_level) || digits > code.size()) continue;
    if (const Area* area = find(code.substr(0, digits))) name += area->name;
  }
  return name;
}

}  // namespace tanfang::registry
