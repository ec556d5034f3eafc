// The schemes of a county: its choice, or the shipped ones of its area, and the national floor.
#include <algorithm>
#include <filesystem>
#include <mutex>

#include "platform/files/files.h"
#include "platform/files/text_folder.h"
#include "registry/classification.h"
#include "registry/classifications_store.h"
#include "registry/publication.h"
#include "registry/trial.h"

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

/// Of the shipped schemes, those in `folders`, what the county published, and what is only tried.
std::shared_ptr<const CountyPolicy> read_policy(db::Session& session, const std::string& shipped,
                                                std::vector<std::string> folders, const std::vector<std::string>& tried,
                                                std::vector<CountyScheme> chosen, std::string_view county) {
  std::vector<std::unique_ptr<files::TextFolder>> texts;
  std::string scratch = std::filesystem::temp_directory_path().string();
  for (const PublishedScheme& published : load_published_schemes(session, county)) {
    texts.push_back(std::make_unique<files::TextFolder>(scratch, published.scheme, published.files));
    folders.push_back(texts.back()->path());
  }
  folders.insert(folders.end(), tried.begin(), tried.end());
  auto set =
      std::make_shared<const schemes::SchemeSet>(schemes::SchemeSet::load(shipped, folders, settings_of(chosen)));
  return std::make_shared<const CountyPolicy>(std::move(set), std::move(chosen), std::string(county));
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
  auto [chosen, published] = load_policy_rows(session, county);
  std::string key(county);
  for (const CountyScheme& choice : chosen) key += "\n" + choice.scheme + "\n" + write_settings(choice.settings);
  for (const PublishedScheme& each : published) key += "\n" + each.scheme + " " + each.in_force.iso() + each.digest;
  {
    std::scoped_lock lock(shelf_->mutex);
    auto found = shelf_->policies.find(key);
    if (found != shelf_->policies.end()) return found->second;
  }
  std::shared_ptr<const CountyPolicy> made;
  if (published.empty()) {
    auto set = shelf_->set_with(settings_of(chosen));
    made = std::make_shared<const CountyPolicy>(set, std::move(chosen), std::string(county));
  } else {
    made = read_policy(session, shelf_->shipped, shelf_->extra_folders, {}, std::move(chosen), county);
  }
  std::scoped_lock lock(shelf_->mutex);
  return shelf_->policies.emplace(key, std::move(made)).first->second;
}

std::shared_ptr<const CountyPolicy> trial_policy(db::Session& session, const std::string& shipped,
                                                 const std::vector<std::string>& folders,
                                                 const std::vector<std::string>& tried, std::string_view county) {
  return read_policy(session, shipped, folders, tried, chosen_schemes(session, county), county);
}

}  // namespace tanfang::registry
