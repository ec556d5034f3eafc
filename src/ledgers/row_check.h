// One row of a ledger, repaired in form and checked in substance.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/problem.h"
#include "ledgers/layout.h"
#include "ledgers/ledgers.h"
#include "ledgers/row_facts.h"
#include "ledgers/village_finder.h"
#include "registry/registry.h"

namespace tanfang::ledgers {

struct CheckedRow {
  int number = 0;
  int part = 0;  // which of the sheets read, the first is 0
  registry::PersonStatement person;
  Claims claims;
  std::vector<std::string> reasons;  // why it is refused; empty where it is taken
  std::vector<int> unreadable;       // columns with a value that could not be read (`value.unknown`); the row is taken
  bool repaired = false;             // full-width digits, spaces, a small x were mended
  bool has_number = false;           // the citizen number is whole, so `person` has number, birth date and sex
  std::optional<Date> born;          // by the citizen number or, where it is not whole, as written
};

class RowChecker {
 public:
  /// `section`: the village of the section that the row stands in, where sections name it.
  RowChecker(const Words& words, const Layout& layout, const Mapping& mapping, VillageFinder& villages, Date today);

  CheckedRow check(const excel::Row& row, const std::string& section = {});
  /// A row of nobody: totals, signatures, repeated headings, numbered columns, empty rows.
  bool is_nobody(const excel::Row& row) const;

 private:
  bool repeats_top(const excel::Row& row) const;
  bool is_signature(const excel::Row& row, const std::string& first) const;
  bool repeats_heading(const std::string& text, Field field) const;
  const excel::Cell& cell(const excel::Row& row, const Column* column) const;
  std::string text(const excel::Row& row, const Column* column) const;
  void check_name(const excel::Row& row, CheckedRow& out) const;
  void check_number(const excel::Row& row, CheckedRow& out) const;
  void check_place(const excel::Row& row, const std::string& section, CheckedRow& out);
  void read_contacts(const excel::Row& row, CheckedRow& out) const;

  const Words& words_;
  const Layout& layout_;
  const Mapping& mapping_;
  VillageFinder& villages_;
  Date today_;
  RowFactsReader facts_;
  const Column* name_;
  const Column* number_;
  const Column* sex_;
  const Column* birth_date_;
  const Column* phone_;
  const Column* address_;
  const Column* village_;
  const Column* village_code_;
  const Column* path_;
  const Column* town_;
  std::vector<const Column*> contacts_;
};

}  // namespace tanfang::ledgers
