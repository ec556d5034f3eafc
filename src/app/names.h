// Chinese names of codes, for tables that people read.
#pragma once

#include <string>
#include <vector>

#include "schemes/schemes.h"

namespace tanfang::app {

/// Of tiers and categories: as the area's schemes have them, else as any scheme has; the code where none does. The set
/// must outlive it.
class Names {
 public:
  Names(const schemes::SchemeSet& set, const std::string& area, Date on);
  std::string tier(const std::string& id) const;
  std::string category(const std::string& id) const;

 private:
  std::string first_name(const std::string& id, const auto& find) const;

  std::vector<const schemes::Scheme*> schemes_;
};

/// Of a state of coverage.
std::string state_name(const std::string& state);
/// Of a person's status.
std::string status_name(const std::string& status);

}  // namespace tanfang::app
