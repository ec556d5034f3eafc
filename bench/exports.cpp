// The register of 100,000 people as Excel, beside a plain loop of libxlsxwriter over the same cells.
#include <xlsxwriter.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "bench.h"
#include "bench_folder.h"
#include "county/invented_county.h"
#include "platform/excel/table.h"
#include "program_run.h"

namespace tanfang::bench {
namespace {

constexpr int kPeople = 100'000;

std::vector<excel::Row> rows_of(const std::string& path) {
  auto book = excel::open_workbook(path);
  auto reader = book->read(0);
  std::vector<excel::Row> rows;
  excel::Row row;
  while (reader->next(row)) rows.push_back(row);
  return rows;
}

void write_plainly(const std::vector<excel::Row>& rows, const std::string& path) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  lxw_row_t number = 0;
  for (const excel::Row& row : rows) {
    lxw_col_t column = 0;
    for (const excel::Cell& cell : row.cells) {
      bool numeric = cell.kind == excel::CellKind::number || cell.kind == excel::CellKind::date;
      if (numeric) worksheet_write_number(sheet, number, column, cell.number, nullptr);
      if (cell.kind == excel::CellKind::text) {
        worksheet_write_string(sheet, number, column, cell.text.c_str(), nullptr);
      }
      ++column;
    }
    ++number;
  }
  if (workbook_close(book) != LXW_NO_ERROR) throw std::runtime_error("the plain loop failed");
}

void run(Report& report) {
  Folder folder;
  { county::InventedCounty county(folder.path(), kPeople); }
  ProgramRun made = run_program({"--data", folder.path(), "--now", "2024-03-31T18:00", "export", "registry", "--area",
                                 "510521", "--out", folder.file("register.xlsx")});
  report.at_most("register of 100,000 people", made.seconds, "s", 5);
  report.at_most("peak resident memory", made.peak_megabytes, "MB", 50);
  std::vector<excel::Row> rows = rows_of(folder.file("register.xlsx"));
  if (rows.size() != kPeople + 2) throw std::runtime_error("not everybody is in the register");
  double plain = seconds_of([&] { write_plainly(rows, folder.file("plain.xlsx")); });
  report.note("a plain loop over the same cells, which are in memory", plain, "s");
  report.note("the register ÷ the plain loop", made.seconds / plain, "");
}

const Benchmark kExports("exports", "the register of 100,000 people as Excel", run);

}  // namespace
}  // namespace tanfang::bench
