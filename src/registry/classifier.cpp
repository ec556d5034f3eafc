// The schemes of a county: its choice, or the shipped ones of its area, and the national floor.
#include <algorithm>
#include <filesystem>
#include <mutex>

#include "platform/files/files.h"
#include "registry/classification.h"
#include "registry/classifications_store.h"

namespace tanfang::registry {
namespace {

std::string text_of(const schemes::Scheme& scheme) {
  std::string text = scheme.id + " " + scheme.version + " " + scheme.in_force.iso() + "\n";
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(scheme.folder, error)) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) text += files::read_whole(path.string());
  return text;
}

bool is_in_force(const schemes::Scheme& scheme, Date on) {
  return scheme.in_force <= on && (!scheme.until || on <= *scheme.until);
}

schemes::SettingValues settings_of(const std::vector<CountyScheme>& chosen) {
  schemes::SettingValues values;
  for (const CountyScheme& choice : chosen) {
    if (!choice.settings.empty()) values[choice.scheme] = choice.settings;
  }
  return values;
}

}  // namespace

CountyPolicy::CountyPolicy(std::shared_ptr<const schemes::SchemeSet> set, std::vector<CountyScheme> chosen,
                           std::string county)
    : set_(std::move(set)), chosen_(std::move(chosen)), county_(std::move(county)) {
  std::string texts;
  for (const auto& scheme : set_->all()) {
    turning_days_.push_back(scheme->in_force);
    if (scheme->until) turning_days_.push_back(*scheme->until + 1);
    texts += text_of(*scheme);
  }
  for (const CountyScheme& choice : chosen_) {
    texts += choice.scheme + "\n";
    for (const auto& [setting, value] : choice.settings) texts += setting + "=" + value + "\n";
  }
  std::sort(turning_days_.begin(), turning_days_.end());
  turning_days_.erase(std::unique(turning_days_.begin(), turning_days_.end()), turning_days_.end());
  fingerprint_ = crypto::to_hex(crypto::sha256(texts));
}

std::vector<const schemes::Scheme*> CountyPolicy::in_force(std::string_view area, Date on) const {
  std::vector<const schemes::Scheme*> of_area = set_->in_area(area, on);
  if (chosen_.empty()) return of_area;
  std::vector<const schemes::Scheme*> schemes;
  for (const CountyScheme& choice : chosen_) {
    const schemes::Scheme& scheme = set_->get(choice.scheme, on);
    if (is_in_force(scheme, on) && !scheme.national_floor) schemes.push_back(&scheme);
  }
  for (const schemes::Scheme* scheme : of_area) {
    if (scheme->national_floor) schemes.push_back(scheme);
  }
  return schemes;
}

struct Classifier::Shelf {
  std::string shipped;
  std::vector<std::string> extra_folders;
  std::mutex mutex;
  std::map<schemes::SettingValues, std::shared_ptr<const schemes::SchemeSet>> sets;
  /// By what they were made of: reading the folders for the fingerprint costs more than the look at the table.
  std::map<std::string, std::shared_ptr<const CountyPolicy>> policies;

  std::shared_ptr<const schemes::SchemeSet> set_with(const schemes::SettingValues& settings) {
    std::scoped_lock lock(mutex);
    auto& set = sets[settings];
    if (!set) {
      set = std::make_shared<const schemes::SchemeSet>(schemes::SchemeSet::load(shipped, extra_folders, settings));
    }
    return set;
  }
};

Classifier::Classifier(std::string shipped, std::vector<std::string> extra_folders)
    : shelf_(std::make_unique<Shelf>()) {
  shelf_->shipped = std::move(shipped);
  shelf_->extra_folders = std::move(extra_folders);
}

Classifier::~Classifier() = default;

std::shared_ptr<const schemes::SchemeSet> Classifier::schemes() const { return shelf_->set_with({}); }

std::shared_ptr<const CountyPolicy> Classifier::policy_of(db::Session& session, std::string_view county) const {
  std::vector<CountyScheme> chosen = chosen_schemes(session, county);
  std::string key(county);
  for (const CountyScheme& choice : chosen) key += "\n" + choice.scheme + "\n" + write_settings(choice.settings);
  auto set = shelf_->set_with(settings_of(chosen));
  std::scoped_lock lock(shelf_->mutex);
  auto& policy = shelf_->policies[key];
  if (!policy) policy = std::make_shared<const CountyPolicy>(set, std::move(chosen), std::string(county));
  return policy;
}

}  // namespace tanfang::registry
