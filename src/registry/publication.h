// Schemes that a county published: read beside the shipped ones, for this county alone.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "base/date.h"

namespace tanfang::registry {

/// One version of a scheme, as texts of its folder.
struct PublishedScheme {
  std::string county;
  std::string scheme;
  Date in_force;
  std::string digest;  // of the files
  Instant published_at;
  std::string asked_by;
  std::string approved_by;
  std::map<std::string, std::string> files;  // text by path
};

/// From the next look on every process knows it; verdicts and what is owed follow with the next classification. Records
/// `scheme_published`. Throws Problem `scheme.published` where the county has a version of that day.
void publish_scheme(audit::Work& work, const PublishedScheme& published);
/// By scheme and day in force, with their files.
std::vector<PublishedScheme> load_published_schemes(db::Session& session, std::string_view county);

}  // namespace tanfang::registry
