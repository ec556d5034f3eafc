// Rows of `classifications` and `county_schemes`.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/classification.h"
#include "registry/publication.h"

namespace tanfang::registry {

/// A verdict as it is written: lists as words between spaces.
struct ClassificationRow {
  Id person;
  std::string scheme;
  std::string version;
  Date valid_from;
  std::optional<Date> valid_to;
  std::optional<bool> eligible;
  std::string tier;
  std::string categories;
  std::string possible_categories;
  std::string possible_tiers;
  std::string obligations;

  bool says_the_same(const ClassificationRow& other) const;
};

void insert_classifications(db::Session& session, std::string_view county, std::span<const ClassificationRow> rows);
/// All rows of a person, by scheme and valid_from.
std::vector<ClassificationRow> load_classification_rows(db::Session& session, const PersonKey& key);
/// Removes the rows that begin on `from` or later and ends on `from` those that would still hold then.
void cut_classifications(db::Session& session, const PersonKey& key, Date from);
/// Gives a row another end.
void end_classification(db::Session& session, const PersonKey& key, const ClassificationRow& row);

/// Rows that touch from..to of the people between two ids, by person, scheme and valid_from.
void for_each_classification(db::Session& session, std::string_view county, Id first, Id last, Date from, Date to,
                             const std::function<void(Id person, Classification&&)>& visit);

/// `{"setting":"value"}` and back.
std::string write_settings(const std::map<std::string, std::string>& settings);
/// What makes a county's policy, in one look, as every record asks for it: its choice, and the versions it published
/// (scheme, day in force and digest only).
struct PolicyRows {
  std::vector<CountyScheme> chosen;
  std::vector<PublishedScheme> published;
};
PolicyRows load_policy_rows(db::Session& session, std::string_view county);
void write_chosen_schemes(db::Session& session, std::string_view county, const std::vector<CountyScheme>& chosen);

}  // namespace tanfang::registry
