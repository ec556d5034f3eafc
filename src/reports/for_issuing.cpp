#include "reports/for_issuing.h"

#include <map>

#include "reports/registry_counts_store.h"
#include "reports/reports_shared.h"
#include "reports/reports_store.h"

namespace tanfang::reports {

std::vector<RegistryPart> count_registry(db::Session& session, const std::string& area, Date from, Date to) {
  require_area(session, area);
  int digits = area.size() >= 9 ? 12 : 9;
  std::map<std::string, std::string> names;
  for (auto& [code, name] : store::load_area_names(session, area)) names.emplace(std::move(code), std::move(name));
  std::map<std::string, std::int64_t> to_refresh;
  for (const RegistryPart& part : store::count_to_refresh(session, area, digits))
    to_refresh[part.area] = part.to_refresh;
  std::vector<RegistryPart> parts = store::count_files(session, area, digits, from, to);
  for (RegistryPart& part : parts) {
    part.name = names.contains(part.area) ? names[part.area] : part.area;
    part.to_refresh = to_refresh[part.area];
  }
  return parts;
}

}  // namespace tanfang::reports
