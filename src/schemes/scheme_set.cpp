#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "base/area_code.h"
#include "schemes/loader.h"
#include "schemes/schemes_problems.h"

namespace tanfang::schemes {
namespace {

bool earlier(const std::shared_ptr<const Scheme>& left, const std::shared_ptr<const Scheme>& right) {
  return std::tie(left->id, left->in_force) < std::tie(right->id, right->in_force);
}

bool in_force(const Scheme& scheme, Date on) { return scheme.in_force <= on && (!scheme.until || on <= *scheme.until); }

std::vector<FieldProblem> as_fields(const std::vector<SchemeMistake>& mistakes) {
  std::vector<FieldProblem> out;
  for (const SchemeMistake& mistake : mistakes) {
    if (mistake.error)
      out.push_back({mistake.file + ":" + std::to_string(mistake.line), "scheme.invalid", mistake.text});
  }
  return out;
}

}  // namespace

SchemeSet SchemeSet::load(const std::string& shipped, const std::vector<std::string>& extra_folders,
                          const SettingValues& settings) {
  for (const std::string& folder : extra_folders) {
    if (!std::filesystem::is_directory(folder)) throw folder_missing(folder);
  }
  LoadedSchemes loaded = load_schemes(shipped + "/schemes", extra_folders, settings);
  SchemeSet set;
  set.vocabulary_ = loaded.vocabulary;
  set.mistakes_ = loaded.mistakes.sorted();
  for (LoadedScheme& each : loaded.schemes) {
    if (each.scheme) {
      set.schemes_.push_back(each.scheme);
    } else if (!each.id.empty()) {
      std::vector<SchemeMistake>& broken = set.broken_[each.id];
      broken.insert(broken.end(), each.mistakes.begin(), each.mistakes.end());
    }
  }
  std::sort(set.schemes_.begin(), set.schemes_.end(), earlier);
  return set;
}

void SchemeSet::check(std::string_view id) const {
  auto broken = broken_.find(id);
  if (broken != broken_.end()) throw scheme_invalid(id, as_fields(broken->second));
  std::set<std::string> known;
  for (const auto& scheme : schemes_) known.insert(scheme->id);
  if (!known.contains(std::string(id))) throw scheme_unknown(id, fmt::format("{}", fmt::join(known, ", ")));
}

const Scheme& SchemeSet::get(std::string_view id, Date on) const {
  const Scheme* first = nullptr;
  const Scheme* chosen = nullptr;
  std::optional<Date> ended;
  bool broken = !broken_.empty() && broken_.contains(id);
  for (const auto& scheme : schemes_) {
    if (broken || scheme->id != id) continue;
    if (!first) first = scheme.get();
    if (in_force(*scheme, on)) chosen = scheme.get();
    if (scheme->until && *scheme->until < on) ended = std::max(ended, scheme->until);
  }
  if (chosen) return *chosen;
  if (ended) throw scheme_ended(id, ended->iso());
  if (!first) check(id);
  return *first;
}

std::vector<const Scheme*> SchemeSet::in_area(std::string_view area, Date on) const {
  std::vector<const Scheme*> out;
  for (const auto& scheme : schemes_) {
    bool local = !scheme->area.empty() && area.starts_with(scheme->area);
    if ((!local && !scheme->national_floor) || !in_force(*scheme, on)) continue;
    // Ordered by id and date: a later version takes the place of the one before it.
    if (!out.empty() && out.back()->id == scheme->id) out.pop_back();
    out.push_back(scheme.get());
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Scheme* left, const Scheme* right) { return left->area.size() > right->area.size(); });
  return out;
}

}  // namespace tanfang::schemes
