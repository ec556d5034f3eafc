#include "app/field/parcels.h"

#include <boost/json.hpp>

#include "app/field/kinds.h"
#include "app/field/parcels_problems.h"
#include "platform/json/json.h"

namespace tanfang::app::field {
namespace {

struct Row {
  std::string_view name;
  KindFunction function;
};
constexpr Row kKinds[] = {
    {"attachment", receive_attachment},
    {"visit", receive_visit},
    {"household_result", receive_household_result},
    {"proposal", receive_proposal},
    {"emergency", receive_emergency},
};

constexpr std::int64_t kDayMilliseconds = 86'400'000;

}  // namespace

KindFunction find_kind(std::string_view kind) {
  for (const Row& row : kKinds) {
    if (row.name == kind) return row.function;
  }
  return nullptr;
}

std::vector<std::string> parcel_kinds() {
  std::vector<std::string> names;
  for (const Row& row : kKinds) names.emplace_back(row.name);
  return names;
}

boost::json::object content_of(const Parcel& parcel) {
  boost::json::value content = json::parse(parcel.content);
  if (!content.is_object()) throw parcel_content();
  return std::move(content.get_object());
}

std::optional<Instant> moved_instant(const Parcel& parcel, std::string_view text) {
  auto instant = parse_instant(text);
  if (instant) instant->milliseconds += parcel.clock_off;
  return instant;
}

int days_off(std::int64_t clock_off) {
  std::int64_t half = clock_off < 0 ? -kDayMilliseconds / 2 : kDayMilliseconds / 2;
  return static_cast<int>((clock_off + half) / kDayMilliseconds);
}

std::optional<Date> moved_date(const Parcel& parcel, std::string_view text) {
  auto date = Date::parse(text);
  if (!date) return std::nullopt;
  return *date + days_off(parcel.clock_off);
}

}  // namespace tanfang::app::field
