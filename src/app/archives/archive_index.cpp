#include "app/archives/archive_index.h"

#include <fmt/format.h>

#include <array>

#include "platform/pdf/document.h"

namespace tanfang::app::archives {
namespace {

using pdf::Align;

constexpr double kLeft = 20 * pdf::kMillimetre;
constexpr double kWide = pdf::kPageWidth - 2 * kLeft;
constexpr double kTop = 25 * pdf::kMillimetre;
constexpr double kRow = 19;
constexpr int kLinesOnPage = 34;
constexpr double kLetters = 9.5;

struct Column {
  const char* head;
  double width;  // of the page's
  Align align;
};
constexpr std::array<Column, 7> kColumns{{{"序号", 0.06, Align::center},
                                          {"村（社区）", 0.18, Align::left},
                                          {"姓名", 0.13, Align::left},
                                          {"探访日期", 0.13, Align::center},
                                          {"表单", 0.33, Align::left},
                                          {"册", 0.06, Align::center},
                                          {"页码", 0.11, Align::center}}};
/// As the file's name begins.
std::string volume_text(std::int64_t volume) { return fmt::format("{:03}", volume); }

class IndexDrawing {
 public:
  IndexDrawing(const Cover& cover, pdf::Document& document) : cover_(cover), document_(document) {}

  void draw_cover() {
    double top = 80 * pdf::kMillimetre;
    top = write(cover_.place, {26, true, Align::center}, top) + 14;
    std::string month = fmt::format("{}年{}月", cover_.month.substr(0, 4), std::stoi(cover_.month.substr(5)));
    top = write(month + "探访记录归档", {22, true, Align::center}, top) + 60;
    std::string made = format_instant(cover_.asked_at).substr(0, 10);
    for (const std::string& line :
         {cover_.copies > 1 ? fmt::format("第 {} 份（一式 {} 份）", cover_.copy, cover_.copies) : "一式 1 份",
          fmt::format("探访记录：{} 份", cover_.records),
          fmt::format("共 {} 册 {} 页（不含封面、目录）", cover_.volumes, cover_.pages), "归档日期：" + made, "归档人：" + cover_.asked_by,
          "归档编号：" + cover_.archive}) {
      top = write(line, {13, false, Align::center}, top) + 10;
    }
    write("册号是文件名开头的编号，也印在每页右下角；页码在册内连续编排。", {10, false, Align::center}, top + 30);
    document_.end_page();
  }

  void add(const IndexLine& line) {
    if (on_page_ == 0) begin_page();
    std::string village = line.village == village_ ? "" : line.village;
    village_ = line.village;
    std::string pages =
        line.pages > 1 ? fmt::format("{}—{}", line.page, line.page + line.pages - 1) : std::to_string(line.page);
    write_row({std::to_string(line.number), village, line.name, line.visited_on, line.form, volume_text(line.volume),
               pages},
              false);
    if (++on_page_ == kLinesOnPage) end_page();
  }

  void end() {
    if (on_page_ > 0) end_page();
  }

 private:
  /// Where it ends.
  double write(const std::string& text, const pdf::Style& style, double top) {
    pdf::Text laid = pdf::typesetter().lay(text, style, kWide);
    document_.begin("P");
    document_.text(laid, kLeft, top);
    document_.end("P");
    return top + laid.height();
  }

  void begin_page() {
    write("目　录", {15, true, Align::center}, kTop - 30);
    top_ = kTop;
    village_.clear();
    document_.begin("Table");
    std::array<std::string, kColumns.size()> heads;
    for (std::size_t i = 0; i < kColumns.size(); ++i) heads[i] = kColumns[i].head;
    write_row(heads, true);
  }

  /// On one line each: what is too long is set smaller.
  void write_row(const std::array<std::string, kColumns.size()>& texts, bool heading) {
    double left = kLeft;
    const char* element = heading ? "TH" : "TD";
    document_.begin("TR");
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      double width = kColumns[i].width * kWide;
      pdf::Style style{kLetters, heading, heading ? Align::center : kColumns[i].align};
      pdf::Text text = pdf::typesetter().lay(texts[i], style, width - 6);
      while (text.height() > kRow && style.size > 4) {
        style.size -= 0.5;
        text = pdf::typesetter().lay(texts[i], style, width - 6);
      }
      document_.begin(element);
      document_.text(text, left + 3, top_ + (kRow - text.height()) / 2);
      document_.end(element);
      frames_.push_back({left, top_, width, kRow});
      left += width;
    }
    document_.end("TR");
    top_ += kRow;
  }

  void end_page() {
    document_.end("Table");
    document_.frames(frames_, 0.5);
    frames_.clear();
    write(fmt::format("目录第{}页", ++page_), {8, false, Align::center}, pdf::kPageHeight - 10 * pdf::kMillimetre - 8);
    document_.end_page();
    on_page_ = 0;
  }

  const Cover& cover_;
  pdf::Document& document_;
  std::vector<pdf::Box> frames_;
  std::string village_;
  double top_ = kTop;
  int on_page_ = 0;
  int page_ = 0;
};

}  // namespace

std::string draw_index(const Cover& cover, const std::function<bool(IndexLine&)>& next) {
  std::string bytes;
  pdf::Document document([&](std::string_view part) { bytes += part; },
                         {cover.place + cover.month + "探访记录归档", cover.archive, cover.asked_at});
  IndexDrawing drawing(cover, document);
  drawing.draw_cover();
  for (IndexLine line; next(line);) drawing.add(line);
  drawing.end();
  document.finish();
  return bytes;
}

}  // namespace tanfang::app::archives
