#include "registry/area_names.h"

#include "base/text.h"

namespace tanfang::registry {
namespace {

bool take_off_end(std::string& name, std::string_view end) {
  if (name.size() <= end.size() || !name.ends_with(end)) return false;
  name.resize(name.size() - end.size());
  return true;
}

}  // namespace

std::string plain_area_name(std::string_view name) {
  std::string plain = without_spaces(half_width(name));
  for (std::string_view committee : {"村民委员会", "村委会"}) {
    if (!plain.ends_with(committee)) continue;
    plain.resize(plain.size() - committee.size());
    plain += "村";
  }
  for (std::string_view committee : {"居民委员会", "居委会"}) take_off_end(plain, committee);
  // 前坎村村民委员会 has become 前坎村村.
  while (plain.ends_with("村村")) plain.resize(plain.size() - std::string_view("村").size());
  return plain;
}

std::string plain_town_name(std::string_view name) {
  std::string plain = without_spaces(half_width(name));
  take_off_end(plain, "人民政府");
  take_off_end(plain, "办事处");
  return plain;
}

std::string short_town_name(std::string_view plain) {
  std::string name(plain);
  for (std::string_view kind : {"街道", "镇", "乡"}) {
    if (name.ends_with(kind) && length_of(name) >= length_of(kind) + 2) {
      take_off_end(name, kind);
      break;
    }
  }
  return name;
}

}  // namespace tanfang::registry
