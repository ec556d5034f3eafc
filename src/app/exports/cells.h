// Cells of an export. Inside the folder only.
#pragma once

#include <string>

#include "base/date.h"
#include "platform/excel/table.h"

namespace tanfang::app::exports {

inline excel::Cell text_cell(std::string text) {
  if (text.empty()) return {};
  return {excel::CellKind::text, 0, std::move(text)};
}
inline excel::Cell number_cell(double number) { return {excel::CellKind::number, number, ""}; }
inline excel::Cell date_cell(Date day) {
  return {excel::CellKind::date, static_cast<double>(day - Date::from_days(-25'569)), ""};
}

}  // namespace tanfang::app::exports
