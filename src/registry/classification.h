// Verdicts of the schemes, kept with their history: who was in which tier when, and why.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "registry/people.h"
#include "schemes/schemes.h"

namespace tanfang::registry {

/// One verdict and the days it holds. The rows of one person and scheme do not overlap and follow one another from the
/// day of registration (or the day the scheme came into force) until the file's `classified_until`; they reach into the
/// future as far as time alone decides (birthdays, months away), so the tier on any day is a look-up. Why it was so:
/// `explain_person`.
struct Classification {
  std::string scheme;
  std::string version;
  Date valid_from;
  std::optional<Date> valid_to;  // the first day on which it no longer holds
  std::optional<bool> eligible;  // nullopt: unknown
  std::string tier;              // or empty
  std::vector<std::string> categories;
  std::vector<std::string> possible_categories;
  std::vector<std::string> possible_tiers;
  std::string obligations;  // JSON: [{"window","min","methods":[…]}], with "days", "event", "hours", "mark" where set
};

/// A county's choice of one scheme.
struct CountyScheme {
  std::string scheme;
  std::map<std::string, std::string> settings;  // setting -> value as in TOML
};

/// The schemes of one county, with its settings. Lives as long as somebody holds it.
class CountyPolicy {
 public:
  CountyPolicy(std::shared_ptr<const schemes::SchemeSet> set, std::vector<CountyScheme> chosen, std::string county);
  const schemes::SchemeSet& schemes() const { return *set_; }
  /// The schemes in force in `area` (inside the county) on that day: the county's choice or, where it made none, the
  /// shipped ones of the area, nearest first; the national floor last.
  std::vector<const schemes::Scheme*> in_force(std::string_view area, Date on) const;
  /// Days after which `in_force` may answer otherwise: versions that begin or end.
  const std::vector<Date>& turning_days() const { return turning_days_; }
  /// Changes when a scheme's text, a version or the county's choice changes.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  std::shared_ptr<const schemes::SchemeSet> set_;
  std::vector<CountyScheme> chosen_;
  std::string county_;
  std::vector<Date> turning_days_;
  std::string fingerprint_;
};

/// Applies the schemes to people. Made once and shared between threads.
class Classifier {
 public:
  /// Reads `shipped/schemes` and further folders of scheme folders when they are first needed.
  explicit Classifier(std::string shipped, std::vector<std::string> extra_folders = {});
  ~Classifier();
  /// The policy of a county as the database has it now.
  std::shared_ptr<const CountyPolicy> policy_of(db::Session& session, std::string_view county) const;
  /// All known schemes with their own settings.
  std::shared_ptr<const schemes::SchemeSet> schemes() const;

 private:
  struct Shelf;
  std::unique_ptr<Shelf> shelf_;
};

/// Replaces the county's choice (empty: back to the shipped schemes of its area) and works out all its verdicts anew
/// from today. Refuses `scheme.unknown`, `scheme.setting`. Records `county_schemes_changed`.
void choose_schemes(audit::Work& work, const Classifier& classifier, std::string_view county,
                    const std::vector<CountyScheme>& chosen);
std::vector<CountyScheme> chosen_schemes(db::Session& session, std::string_view county);

struct Classified {
  std::int64_t people = 0;   // looked at
  std::int64_t changed = 0;  // with another verdict
};
/// Brings all verdicts of the county up to date through `through` at least: after a new scheme or version for
/// everybody, else for whom the kept verdicts end before. Planning calls it before it opens a window that ends on
/// `through`.
Classified classify_county(audit::Work& work, const Classifier& classifier, std::string_view county, Date through,
                           const std::function<void(std::int64_t people)>& progress = {});

/// All verdicts that hold on some day of from..to, by scheme and valid_from.
std::vector<Classification> load_classifications(db::Session& session, const PersonKey& key, Date from, Date to);

/// Why a person's verdict was what it was on a day: by the facts said until then, under the version then in force.
struct Explanation {
  std::string scheme;
  std::string version;
  std::vector<schemes::Reason> reasons;
  std::vector<std::string> missing;  // facts that would settle what is unknown
};
std::vector<Explanation> explain_person(db::Session& session, const Classifier& classifier, const PersonKey& key,
                                        Date on);

}  // namespace tanfang::registry
