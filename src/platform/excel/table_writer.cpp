#include "platform/excel/table_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/problem.h"
#include "base/text.h"
#include "platform/excel/sheet_xml.h"
#include "platform/files/zip_stream.h"

namespace tanfang::excel {
namespace {

constexpr std::size_t kLongestName = 31;
constexpr std::size_t kLongestText = 32'767;
constexpr int kMostRows = 1'048'576;
/// Rows that go to be packed together.
constexpr std::size_t kPiece = 32 * 1024;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw Failure("cannot write the table " + path + ": " + why);
}

/// What a sheet may be called, else what it is called by default.
std::string name_of(const std::string& wanted) {
  bool good =
      !wanted.empty() && length_of(wanted) <= kLongestName && wanted.find_first_of("[]:*?/\\'") == std::string::npos;
  return good ? wanted : "Sheet1";
}

CellStyle style_of(Look look) {
  return look == Look::title ? CellStyle::title : look == Look::heading ? CellStyle::heading : CellStyle::text;
}

Instant same_for_all() { return *parse_instant("1980-01-01T00:00"); }

}  // namespace

/// A file beside the goal that only the owner may read; renamed when it is whole, else gone.
struct TableWriter::Book {
  std::string path;
  int file = -1;
  files::ZipStream zip;
  SheetLook look;
  std::string piece;
  bool begun = false;

  explicit Book(const std::string& goal)
      : path(goal + ".XXXXXX"), zip([this](std::string_view bytes) { write(bytes); }, same_for_all()) {
    file = ::mkostemp(path.data(), O_CLOEXEC);
    if (file < 0) fail(goal, std::strerror(errno));
  }
  ~Book() {
    if (file < 0) return;
    ::close(file);
    ::unlink(path.c_str());
  }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      ssize_t count = ::write(file, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) fail(path, std::strerror(errno));
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void begin() {
    if (begun) return;
    begun = true;
    zip.begin_packed(kSheetPart);
    zip.pack(head_of_sheet(look));
  }

  void send_piece() {
    zip.pack(piece);
    piece.clear();
  }
};

TableWriter::TableWriter(const std::string& path, const std::string& sheet_name)
    : book_(std::make_unique<Book>(path)), path_(path) {
  book_->look.name = name_of(sheet_name);
}

TableWriter::~TableWriter() = default;

void TableWriter::set_width(int column, double characters) {
  std::vector<double>& widths = book_->look.widths;
  auto place = static_cast<std::size_t>(column);
  if (widths.size() <= place) widths.resize(place + 1);
  widths[place] = characters;
}

void TableWriter::set_page(bool landscape, int heading_rows) {
  book_->look.paged = true;
  book_->look.landscape = landscape;
  book_->look.heading_rows = heading_rows;
}

void TableWriter::filter_from_last_row(int columns) {
  book_->look.filter_row = row_ - 1;
  book_->look.filter_columns = columns;
}

void TableWriter::merge_in_next_row(int first_column, int last_column) {
  book_->look.merges.push_back({row_, row_, first_column, last_column});
}

void TableWriter::add_row(const std::vector<Cell>& cells, Look look) {
  if (row_ >= kMostRows) fail(path_, "too many rows");
  book_->begin();
  std::string& out = book_->piece;
  std::size_t last = cells.size();
  const std::vector<Merge>& merges = book_->look.merges;
  for (auto merge = merges.rbegin(); merge != merges.rend() && merge->first_row == row_; ++merge) {
    last = std::max(last, static_cast<std::size_t>(merge->last_column) + 1);
  }
  open_row(out, row_);
  for (std::size_t column = 0; column < last; ++column)
    add_cell(column, column < cells.size() ? cells[column] : Cell{}, look);
  close_row(out);
  if (out.size() >= kPiece) book_->send_piece();
  ++row_;
}

void TableWriter::add_cell(std::size_t column, const Cell& cell, Look look) {
  std::string& out = book_->piece;
  if (cell.kind == CellKind::empty) {
    if (look != Look::plain) add_blank(out, row_, column, style_of(look));
  } else if (cell.kind == CellKind::number || cell.kind == CellKind::date) {
    if (!std::isfinite(cell.number)) fail(path_, "no number");
    CellStyle style = look == Look::plain ? CellStyle::none : style_of(look);
    add_number(out, row_, column, cell.number, cell.kind == CellKind::date ? CellStyle::date : style);
  } else {
    if (cell.text.size() > kLongestText && length_of(cell.text) > kLongestText) fail(path_, "too long a text");
    add_text(out, row_, column, cell.text, style_of(look));
  }
}

void TableWriter::close() {
  book_->begin();
  book_->send_piece();
  book_->look.rows = row_;
  book_->zip.pack(tail_of_sheet(book_->look));
  book_->zip.end_packed();
  for (const auto& [name, content] : parts_beside_sheet(book_->look)) book_->zip.add(name, content);
  book_->zip.finish();
  if (::close(std::exchange(book_->file, -1)) != 0 || ::rename(book_->path.c_str(), path_.c_str()) != 0) {
    int error = errno;
    ::unlink(book_->path.c_str());
    fail(path_, std::strerror(error));
  }
}

}  // namespace tanfang::excel
