// Keeping verdicts up to date, choosing schemes, and saying why.
#include "registry/classification.h"

#include <algorithm>

#include "registry/changes.h"
#include "registry/registry_problems.h"

namespace tanfang::registry {
namespace {

constexpr std::int64_t kPage = 1'000;
const Date kNever = *Date::from_ymd(9999, 12, 31);

/// Judges every file whose verdicts end before `end`, from the day `begin_of(file)`.
template <typename BeginOf>
Classified judge_files(audit::Work& work, Judge& judge, std::string_view county, Date end, Date until, BeginOf begin_of,
                       const std::function<void(std::int64_t)>& progress) {
  Classified done;
  for (Id after{0};;) {
    std::vector<File> files = load_files_to_classify(work.session, county, end, after, kPage);
    for (File& file : files) {
      if (judge_anew(work, judge, file, begin_of(file), std::max(until, file.classified_until))) ++done.changed;
      after = file.key.id;
    }
    update_files(work.session, files);
    done.people += static_cast<std::int64_t>(files.size());
    if (progress && !files.empty()) progress(done.people);
    if (static_cast<std::int64_t>(files.size()) < kPage) return done;
  }
}

}  // namespace

Classified classify_county(audit::Work& work, const Classifier& classifier, std::string_view county, Date through,
                           const std::function<void(std::int64_t people)>& progress) {
  auto policy = classifier.policy_of(work.session, county);
  Judge judge(policy);
  Date until = Judge::horizon(std::max(work.today(), through));
  Classified done;
  if (classified_with(work.session, county) != policy->fingerprint()) {
    done = judge_files(
        work, judge, county, kNever, until,
        [&](const File& file) { return std::max(file.registered_on, work.today()); }, progress);
    set_classified_with(work.session, county, policy->fingerprint());
  } else {
    done = judge_files(
        work, judge, county, through + 1, until, [](const File& file) { return file.classified_until; }, progress);
  }
  if (done.people == 0) {
    work.unchanged();
  } else {
    work.record({std::string(county), "people_classified", "county:" + std::string(county),
                 "{\"people\":" + std::to_string(done.people) + ",\"changed\":" + std::to_string(done.changed) +
                     ",\"schemes\":\"" + policy->fingerprint() + "\"}"});
  }
  return done;
}

void choose_schemes(audit::Work& work, const Classifier& classifier, std::string_view county,
                    const std::vector<CountyScheme>& chosen) {
  auto set = classifier.schemes();
  for (const CountyScheme& choice : chosen) {
    const schemes::Scheme& scheme = set->get(choice.scheme, work.today());
    for (const auto& [setting, value] : choice.settings) {
      bool known = std::any_of(scheme.settings.begin(), scheme.settings.end(),
                               [&](const schemes::Setting& declared) { return declared.id == setting; });
      if (!known || value.empty()) throw problems::scheme_setting(choice.scheme + "." + setting);
    }
  }
  write_chosen_schemes(work.session, county, chosen);
  // A value that the scheme cannot take shows as a mistake of the scheme: the choice is refused as a whole.
  auto policy = classifier.policy_of(work.session, county);
  std::string names;
  for (const CountyScheme& choice : chosen) {
    policy->schemes().get(choice.scheme, work.today());
    names += (names.empty() ? "\"" : ",\"") + choice.scheme + "\"";
  }
  work.record({std::string(county), "county_schemes_changed", "county:" + std::string(county),
               "{\"schemes\":[" + names + "]}"});
  classify_county(work, classifier, county, work.today());
}

}  // namespace tanfang::registry
