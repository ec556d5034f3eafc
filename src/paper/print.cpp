// Pages to PDF: in reading order, each page with its code, its number and its copy's.
#include <fmt/format.h>

#include "base/id.h"
#include "base/text.h"
#include "paper/pages.h"
#include "paper/paper.h"

namespace tanfang::paper {
namespace {

constexpr double kHair = 0.5;
constexpr double kSmall = 8;
constexpr std::string_view kMark = "TF1";

struct Place {
  int page = 1;
  int pages = 1;
  Copy copy;
};

void draw_cell(pdf::Document& document, const PageCell& cell) {
  for (const Placed& text : cell.texts) document.text(text.text, text.left, text.top);
  if (cell.picture == nullptr) return;
  const pdf::Box& box = cell.box;
  pdf::PictureFault fault = document.picture(*cell.picture, {box.left + 2, box.top + 1, box.width - 4, box.height - 2});
  if (fault == pdf::PictureFault::none || !cell.tells_fault) return;
  std::string why = "照片未能打印：" + pdf::reason_of(fault).zh;
  document.text(pdf::typesetter().lay(why, {kSmall, false, pdf::Align::center}, box.width), box.left,
                box.top + box.height / 2);
}

/// Cells of one row after another; those of no row are paragraphs. A cell that spans rows is read with its first.
void draw_cells(pdf::Document& document, const std::vector<PageCell>& cells) {
  bool in_table = false;
  int row = -1;
  auto leave = [&](bool table) {
    if (row >= 0) document.end("TR");
    row = -1;
    if (in_table && table) document.end("Table");
    in_table = in_table && !table;
  };
  for (const PageCell& cell : cells) {
    if (cell.row < 0) leave(true);
    if (cell.row >= 0 && !in_table) document.begin("Table");
    in_table = cell.row >= 0;
    if (cell.row > row) {
      leave(false);
      document.begin("TR");
      row = cell.row;
    }
    const char* element = cell.row < 0 ? "P" : cell.heading ? "TH" : "TD";
    document.begin(element);
    draw_cell(document, cell);
    document.end(element);
  }
  leave(true);
}

void draw_head(pdf::Document& document, const std::vector<Placed>& texts) {
  const char* element = "H1";
  for (const Placed& text : texts) {
    document.begin(element);
    document.text(text.text, text.left, text.top);
    document.end(element);
    element = "P";
  }
}

void draw_foot(pdf::Document& document, const Sheet& sheet, const Place& place) {
  pdf::Typesetter& setter = pdf::typesetter();
  double top = pdf::kPageHeight - 10 * pdf::kMillimetre - kSmall;
  auto write = [&](const std::string& text, pdf::Align align) {
    document.begin("P");
    document.text(setter.lay_fixed(text, {kSmall, false, align}, kWide), kMargin, top);
    document.end("P");
  };
  write(sheet.form->cite, pdf::Align::left);
  write(fmt::format("第{}页共{}页", place.page, place.pages), pdf::Align::center);
  std::string right;
  if (place.copy.of > 1) right = fmt::format("第{}份共{}份", place.copy.number, place.copy.of);
  if (place.copy.volume > 0) {
    right += fmt::format("{}第{}册第{}页", right.empty() ? "" : "　", place.copy.volume,
                         place.copy.first_page + place.page - 1);
  }
  if (!right.empty()) write(right, pdf::Align::right);
}

void draw_page(pdf::Document& document, const Sheet& sheet, const Page& page, const Place& place) {
  draw_head(document, page.head);
  draw_cells(document, page.cells);
  std::vector<pdf::Box> frames;
  for (const PageCell& cell : page.cells) {
    if (cell.framed) frames.push_back(cell.box);
  }
  document.frames(frames, kHair);
  draw_foot(document, sheet, place);
  PageCode code{sheet.form->id, sheet.form->version, sheet.filling.person, sheet.filling.record, place.page};
  document.qr(code_text(code), {pdf::kPageWidth - kMargin - kCodeSide, 12 * pdf::kMillimetre, kCodeSide, kCodeSide});
  document.end_page();
}

/// `scheme/form`, in characters that are written.
bool is_form_id(std::string_view text) {
  return text.find('/') != std::string_view::npos && is_valid_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

}  // namespace

std::string code_text(const PageCode& code) {
  return fmt::format("{}|{}|{}|{}|{}|{}", kMark, code.form, code.version, code.person, code.record, code.page);
}

std::optional<PageCode> read_code(std::string_view text) {
  std::vector<std::string> parts = split(text, '|');
  if (parts.size() != 6 || parts[0] != kMark || !is_form_id(parts[1])) return std::nullopt;
  auto number = [](const std::string& digits) {
    bool fits = !digits.empty() && digits.size() <= 5 && digits.find_first_not_of("0123456789") == std::string::npos;
    return fits ? std::stoi(digits) : 0;
  };
  PageCode code{parts[1], number(parts[2]), parts[3], parts[4], number(parts[5])};
  for (const std::string& id : {code.person, code.record}) {
    if (!id.empty() && !parse_id(id)) return std::nullopt;
  }
  if (code.version == 0 || code.page == 0) return std::nullopt;
  return code;
}

struct LaidOut::State {
  const std::vector<Sheet>& sheets;
  std::vector<std::vector<Page>> pages;  // by sheet
  int count = 0;
};

LaidOut::LaidOut(const std::vector<Sheet>& sheets) : state_(new State{sheets, {}, 0}) {
  for (const Sheet& sheet : sheets) {
    state_->pages.push_back(make_pages(sheet));
    state_->count += static_cast<int>(state_->pages.back().size());
  }
}

LaidOut::LaidOut(LaidOut&&) noexcept = default;
LaidOut::~LaidOut() = default;

int LaidOut::pages() const { return state_->count; }

void LaidOut::draw(pdf::Document& document, const Copy& copy) const {
  int number = 0;
  for (std::size_t i = 0; i < state_->sheets.size(); ++i) {
    for (const Page& page : state_->pages[i]) {
      draw_page(document, state_->sheets[i], page, {++number, state_->count, copy});
    }
  }
}

int print(pdf::Document& document, const std::vector<Sheet>& sheets, const Copy& copy) {
  LaidOut laid(sheets);
  laid.draw(document, copy);
  return laid.pages();
}

int print(pdf::Document& document, const std::vector<Sheet>& sheets, int copies) {
  LaidOut laid(sheets);
  for (int copy = 1; copy <= copies; ++copy) laid.draw(document, {copy, copies, 0});
  return laid.pages() * copies;
}

std::string print_pdf(const std::vector<Sheet>& sheets, int copies, Instant made_at) {
  std::string bytes;
  const forms::Form& form = *sheets.front().form;
  pdf::Document document([&](std::string_view part) { bytes += part; }, {form.title.zh, form.id, made_at});
  print(document, sheets, copies);
  document.finish();
  return bytes;
}

}  // namespace tanfang::paper
