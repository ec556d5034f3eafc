// Verdicts of the schemes, kept with their history: who was in which tier when, and why.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"
#include "registry/people.h"

namespace tanfang::schemes {
class Library;
}

namespace tanfang::registry {

/// One verdict and the days it holds. The rows of one person and scheme do not overlap and have no holes from the day
/// of registration until `Standing::classified_until`; they reach into the future as far as time alone decides
/// (birthdays, months away), so the tier on any day is a look-up.
struct Classification {
  std::string scheme;
  std::string version;  // of the scheme: its first day in force
  Date valid_from;
  std::optional<Date> valid_to;  // the first day on which it no longer holds
  std::optional<bool> eligible;  // nullopt: unknown
  std::string tier;              // or empty
  std::vector<std::string> categories;
  std::vector<std::string> possible_categories;
  std::vector<std::string> possible_tiers;
  std::vector<std::string> missing;
  std::string obligations;  // JSON as `classify` prints it: [{"window","min","methods":[…]}]
  std::string rules;        // the rules behind it, by id, separated by spaces
};

/// One scheme in force for a county.
struct CountyScheme {
  std::string scheme;
  bool floor = false;       // the national floor, below the local ones
  std::string below_floor;  // report (default) or add: what the floor asks beyond the local schemes
  std::string settings;     // a JSON object of the county's choices, `{}` by default
};

/// Applies the schemes of a library to people. Made once and shared between threads.
class Classifier {
 public:
  explicit Classifier(std::shared_ptr<const schemes::Library> library);
  ~Classifier();
  const schemes::Library& library() const { return *library_; }

 private:
  std::shared_ptr<const schemes::Library> library_;
};

/// The county's choice (`county_schemes`), else the shipped schemes whose area covers the county; always with the
/// national floor, last.
std::vector<CountyScheme> schemes_in_force(db::Session& session, const Classifier& classifier, std::string_view county);
/// Replaces the county's choice and works out all its verdicts anew from today. Refuses `scheme.unknown`,
/// `scheme.setting`. Records `county_schemes_changed`.
void choose_schemes(audit::Work& work, const Classifier& classifier, std::string_view county,
                    const std::vector<CountyScheme>& schemes);

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

}  // namespace tanfang::registry
