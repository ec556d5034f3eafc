// Names and words of methods and windows; small look-ups of a scheme.
#include <array>

#include "base/lunar.h"
#include "base/solar_terms.h"
#include "base/text.h"
#include "schemes/program.h"
#include "schemes/schemes.h"

namespace tanfang::schemes {
namespace {

constexpr std::array<std::string_view, kMethodCount> kMethods = {"home",      "phone",      "video",
                                                                 "encounter", "monitoring", "other"};
constexpr std::array<std::string_view, 8> kWindows = {"week",      "half_month", "month",    "quarter",
                                                      "half_year", "year",       "interval", "after_event"};

}  // namespace

std::string_view name_of(Method method) { return kMethods[static_cast<std::size_t>(method)]; }

std::optional<Method> parse_method(std::string_view name) {
  for (std::size_t i = 0; i < kMethods.size(); ++i) {
    if (kMethods[i] == name) return static_cast<Method>(i);
  }
  return std::nullopt;
}

const Words& words_of(Method method) {
  static const std::array<Words, kMethodCount> kWords = {
      Words{"上门", "home visit"},       {"电话", "phone"}, {"视频", "video"}, {"路遇", "encounter"},
      {"远程监测", "remote monitoring"}, {"其他", "other"}};
  return kWords[static_cast<std::size_t>(method)];
}

std::string join_methods(MethodSet methods) {
  std::string out;
  for (int i = 0; i < kMethodCount; ++i) {
    if (!methods.holds(static_cast<Method>(i))) continue;
    if (!out.empty()) out.push_back(',');
    out.append(kMethods[static_cast<std::size_t>(i)]);
  }
  return out;
}

std::optional<MethodSet> parse_methods(std::string_view joined) {
  MethodSet out;
  if (joined.empty()) return out;
  for (const std::string& name : split(joined, ',')) {
    auto method = parse_method(name);
    if (!method) return std::nullopt;
    out.insert(*method);
  }
  return out;
}

std::string_view name_of(Window window) { return kWindows[static_cast<std::size_t>(window)]; }

std::optional<Window> parse_window(std::string_view name) {
  for (std::size_t i = 0; i < kWindows.size(); ++i) {
    if (kWindows[i] == name) return static_cast<Window>(i);
  }
  return std::nullopt;
}

bool Season::contains(Date date) const {
  int from = from_month * 100 + from_day;
  int to = to_month * 100 + to_day;
  int day = date.month() * 100 + date.day();
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}

std::optional<Date> Festival::in_year(int year) const {
  switch (kind) {
    case Kind::calendar:
      return Date::from_ymd(year, month, day);
    case Kind::lunar:
      return lunar_day_in(year, month, day);
    case Kind::solar_term:
      return solar_term_in(year, term);
    case Kind::dates:
      break;
  }
  for (Date date : dates) {
    if (date.year() == year) return date;
  }
  return std::nullopt;
}

const Tier* Scheme::find_tier(std::string_view name) const {
  for (const Tier& tier : tiers) {
    if (tier.id == name) return &tier;
  }
  return nullptr;
}

const Category* Scheme::find_category(std::string_view name) const {
  for (const Category& category : categories) {
    if (category.id == name) return &category;
  }
  return nullptr;
}

const Words* Program::label_of(std::uint32_t node) const {
  for (const NodeLabel& label : labels) {
    if (label.node == node) return &label.words;
  }
  return nullptr;
}

std::vector<std::string> category_ids(const Scheme& scheme, std::uint64_t categories) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < scheme.categories.size(); ++i) {
    if (categories >> i & 1) out.push_back(scheme.categories[i].id);
  }
  return out;
}

std::vector<std::string> tier_ids(const Scheme& scheme, std::uint32_t tiers) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < scheme.tiers.size(); ++i) {
    if (tiers >> i & 1) out.push_back(scheme.tiers[i].id);
  }
  return out;
}

}  // namespace tanfang::schemes
