// Pictures of a record on sheets of their own, four a page, each above its time and place.
#include "paper/grid.h"
#include "paper/pages.h"

namespace tanfang::paper {
namespace {

using pdf::Align;
using pdf::Text;

constexpr std::size_t kOnPage = 4;
constexpr double kTop = 12 * pdf::kMillimetre;
constexpr double kCaption = 16;
constexpr double kLetters = 9;

Page begin_page(const Sheet& sheet) {
  pdf::Typesetter& setter = pdf::typesetter();
  Page page;
  double width = kWide - 2 * kCodeSide - 8;
  Text title = setter.lay_fixed(sheet.form->title.zh + "（照片）", {kTitleSize, true, Align::center}, width);
  page.head.push_back({title, kMargin + kCodeSide + 4, kTop + (kCodeSide - title.height()) / 2});
  if (sheet.filling.name.empty()) return page;
  Text name = setter.lay("姓名：" + sheet.filling.name, {kLetters, false, Align::left}, kCodeSide + width);
  page.head.push_back({name, kMargin, kTop + kCodeSide});
  return page;
}

}  // namespace

void add_photo_pages(const Sheet& sheet, std::vector<Page>& pages) {
  const double top = kTop + kCodeSide + 18;
  const double width = kWide / 2;
  const double height = (pdf::kPageHeight - top - 12 * pdf::kMillimetre - kFooter) / 2;
  for (std::size_t i = 0; i < sheet.photos.size(); ++i) {
    if (i % kOnPage == 0) pages.push_back(begin_page(sheet));
    const Photo& photo = sheet.photos[i];
    double left = kMargin + width * static_cast<double>(i % 2);
    double down = top + height * static_cast<double>(i % kOnPage / 2);
    int row = static_cast<int>(i / 2);
    pages.back().cells.push_back({{left, down, width, height - kCaption}, true, {}, &photo.content, true, row});
    Text caption = pdf::typesetter().lay(photo.caption, {kLetters, false, Align::center}, width);
    PageCell below{{left, down + height - kCaption, width, kCaption}, true, {}, nullptr, false, row};
    below.texts.push_back({caption, left, down + height - kCaption + (kCaption - caption.height()) / 2});
    pages.back().cells.push_back(std::move(below));
  }
}

}  // namespace tanfang::paper
