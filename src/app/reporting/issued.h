// Reports that were issued: frozen, the same ever after, and restated only with what changed and why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/reporting/builders.h"
#include "audit/audit.h"

namespace tanfang::app::reporting {

struct Issued {
  std::string county;
  Id id;
  Asked asked;
  int number = 1;  // of its issues
  std::string title;
  std::string content;  // JSON of the report; lists do not fill it
  std::string digest;   // SHA-256 of the content, 64 hexadecimal digits
  Instant issued_at;
  std::string issued_by;

  /// `第 2 次印发` and the id, as the papers bear it.
  std::string label() const;
};

/// Takes the figures as they are and keeps them. Where they read as they did at the last issue that one is given, and
/// nothing changes. Otherwise `reason` is asked for (`report.reason_missing`), and the report says which figures
/// changed and why. Records `report_issued` with the digest. Throws as `build`.
Issued issue(audit::Work& work, const planning::Policies& policies, const Asked& asked, const std::string& reason);

struct IssuedFilter {
  std::string area;  // reports of it and of areas in it
  std::string kind;  // or empty
  Id before{};       // older than this one; zero: from the newest on
  int limit = 50;
};
/// The newest first.
std::vector<Issued> list_issued(db::Session& session, const IssuedFilter& filter);
/// Below an area of two to twelve digits, with its content. Throws Problem `report.unknown`, `report.damaged`.
Issued load_issued(db::Session& session, const std::string& within, Id id);

}  // namespace tanfang::app::reporting
