// Lists that leave the house as Excel: the registry, a county's own template, records, what is owed, what was found.
//
// Rows are read and written page by page. What is personal is masked unless a reason is given; then the sheet is packed
// into an encrypted ZIP whose password is told once and kept nowhere. The trail keeps every export.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/exports/columns.h"
#include "audit/audit.h"
#include "forms/forms.h"
#include "planning/planning.h"
#include "platform/excel/table.h"
#include "registry/registry.h"

namespace tanfang::app::exports {

enum class What { registry, left_behind, upward, visits, obligations, findings, needs };
std::string_view to_text(What what);
std::optional<What> parse_what(std::string_view text);
const std::vector<std::string>& kinds();

struct Order {
  What what = What::registry;
  std::string area;  // county, town or village
  Date from;         // visits, findings, needs; obligations: the month of `from`
  Date to;
  std::string template_id;  // upward
  std::string reason;       // empty: masked
  bool masked() const { return reason.empty(); }
};

/// What exports are made with. All of it must outlive them.
struct Ground {
  const forms::Catalog& forms;
  const Templates& templates;
  const planning::Policies& policies;
  const crypto::KeyRing& keys;
  Instant now;
};

enum class CellType { text, number, date };

struct Column {
  std::string heading;
  CellType type = CellType::text;
  double width = 12;      // characters
  bool personal = false;  // masked unless a reason is given
};

using Cells = std::vector<excel::Cell>;
using TakeRow = std::function<void(const Cells&)>;

/// One list, ready to be read.
struct Export {
  std::string title;
  std::vector<Column> columns;
  std::function<void(db::Session&, const TakeRow&)> rows;
};

/// Throws Problem `export.template`, `export.period`, `area.unknown`; its rows `month.not_open`, `export.too_many`.
Export prepare(db::Session& session, const Ground& ground, const Order& order);

/// Writes the sheet at `path`; returns the number of rows.
std::int64_t write_sheet(db::Session& session, const Export& list, const std::string& path);

/// Records `list_exported`, with the reason where there is one. Throws Problem `export.reason_missing` where it is too
/// short: call it before anything is handed out.
void note(audit::Work& work, const Order& order, std::int64_t rows);
void require_reason(const std::string& reason);

/// 100 bits in 20 letters and digits that are not taken for one another.
std::string new_password();

/// What a file of the order is called: `名册-510521-2026-11-23`.
std::string file_name(const Export& list, const Order& order, Instant now);

/// The templates by id, with those that the county's schemes bring.
std::string left_behind_template(db::Session& session, const Ground& ground, const std::string& area);

}  // namespace tanfang::app::exports
