// Lists of people by columns that are data. Inside the folder only.
#pragma once

#include "app/exports/exports.h"

namespace tanfang::app::exports {

/// The register in the columns of the scheme's registration form, or of what its record form asks of the file.
Export registry_list(db::Session& session, const Ground& ground, const Order& order);
/// By a template.
Export template_list(db::Session& session, const Ground& ground, const Order& order, const Template& made);

/// The names of towns and villages of one county.
class Places {
 public:
  Places(db::Session& session, const std::string& county, Date on);
  std::string town(const std::string& area) const { return name(area, 9); }
  std::string village(const std::string& area) const { return name(area, 12); }
  std::string county() const;

 private:
  std::string name(const std::string& area, std::size_t digits) const;

  std::string county_;
  registry::AreaIndex areas_;
};

}  // namespace tanfang::app::exports
